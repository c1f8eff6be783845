import type { LoaderDefinition } from '../graphql/loaders';
import type { TriggerCondition } from './trigger';
import type { CONDITION_OPERATORS, TriggerType } from './trigger.types';

type Row = Omit<TriggerType, 'conditions'> & { campaignNo: number; conditions: readonly TriggerCondition[] };

/** The triggers of a campaign, by its number, in their order. */
export const triggersOfCampaign: LoaderDefinition<number, TriggerType[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const sql = `select id, campaign_no as "campaignNo", event_type as "eventType", conditions,
        delay_minutes as "delayMinutes", frequency_count as "frequencyCount", frequency_hours as "frequencyHours",
        heeds_quiet_hours as "heedsQuietHours", enabled
      from campaign.trigger where campaign_no = any($1::int8[]) order by campaign_no, position`;
    const rows = await transaction.query<Row>(sql, [numbers]);
    const grouped = Map.groupBy(rows, ({ campaignNo }) => String(campaignNo));
    return new Map([...grouped].map(([key, group]) => [key, group.map(viewTrigger)]));
  },
};

const viewTrigger = ({ campaignNo: _, conditions, ...row }: Row): TriggerType => ({
  ...row,
  conditions: conditions.map(({ operator, ...condition }) => ({
    ...condition,
    operator: operator.toUpperCase() as keyof typeof CONDITION_OPERATORS,
  })),
});
