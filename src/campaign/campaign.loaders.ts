import type { LoaderDefinition } from '../graphql/loaders';
import type { CampaignType } from './campaign.types';

/** What a campaign's row is made of, in the graph's words. */
const campaignColumn = {
  id: 'c.id',
  organizationId: 'o.id',
  name: 'c.name',
  description: 'c.description',
  type: 'c.type',
  purpose: 'c.purpose',
  status: 'upper(c.status)',
  pausedFrom: 'upper(c.paused_from)',
  approval: 'upper(c.approval)',
  throttle: 'c.throttle',
  approvalRow: 'c.approval_record',
  scheduledAt: "(c.schedule ->> 'at')::timestamptz",
  missedReason: "c.schedule ->> 'missed'",
  waitsForPlace: "coalesce((c.schedule ->> 'waitsForPlace')::boolean, false)",
  recurrence: "(c.schedule -> 'recurrence') || jsonb_build_object('passed', c.schedule -> 'passed')",
  trackOpens: "coalesce((c.delivery ->> 'trackOpens')::boolean, true)",
  trackClicks: "coalesce((c.delivery ->> 'trackClicks')::boolean, true)",
  expiresAfterHours: "coalesce((c.delivery ->> 'expiresAfterHours')::int, 72)",
  onQuietHours: "coalesce(c.delivery ->> 'onQuietHours', 'DEFER')",
  sendWindows: 'c.send_windows',
  excludeWeekends: 'c.exclude_weekends',
  localTime: 'c.local_time',
  strictVariables: "coalesce((c.delivery ->> 'strictVariables')::boolean, false)",
  channelStrategy: "coalesce(c.delivery ->> 'channelStrategy', 'FIRST_ELIGIBLE')",
  personalizationRuleId: "c.delivery ->> 'personalizationRuleId'",
  schedulingRuleId: "c.delivery ->> 'schedulingRuleId'",
  assignment: 'c.assignment',
  experiment: 'c.experiment',
  winner: 'c.winner',
  conversionGoals: 'c.conversion_goals',
  audienceCap: 'c.audience_cap',
  holdoutPercentage: 'c.holdout_percentage::float8',
  budget: 'c.budget',
  guardrails: 'c.guardrails',
  guardrailTrip: 'c.guardrail_trip',
  priority: 'c.priority',
  tags: 'c.tags',
  metadata: 'c.metadata',
  startAt: 'c.start_at',
  endAt: 'c.end_at',
  version: 'c.version',
  createdBy: 'c.created_by',
  createdAt: 'c.created_at',
  updatedBy: 'c.updated_by',
  updatedAt: 'c.updated_at',
  pausedBy: 'c.paused_by',
  pausedAt: 'c.paused_at',
  pauseReason: 'c.pause_reason',
  cancelledBy: 'c.cancelled_by',
  cancelledAt: 'c.cancelled_at',
  cancelReason: 'c.cancel_reason',
  startedAt: 'c.started_at',
  completedAt: 'c.completed_at',
  archivedAt: 'c.archived_at',
  clonedFromId: 'c.cloned_from',
  campaignNo: 'c.campaign_no',
  nameKey: 'lower(c.name)',
  changedKey: '(extract(epoch from c.updated_at) * 1000000)::int8',
} as const satisfies Readonly<Record<string, string>>;
export type CampaignColumn = keyof typeof campaignColumn;
export const everyCampaignColumn = Object.keys(campaignColumn) as CampaignColumn[];

export const isCampaignColumn = (name: string): name is CampaignColumn => Object.hasOwn(campaignColumn, name);

/** Some columns of a campaign's row. */
export const selectCampaign = (columns: readonly CampaignColumn[]): string =>
  columns.map((name) => `${campaignColumn[name]} as "${name}"`).join(', ');

/** A campaign's row. */
export const campaignColumns = selectCampaign(everyCampaignColumn);

export const campaignTables = 'campaign.campaign c join campaign.organization o on o.org_no = c.org_no';

/** Campaigns by their public id, archived ones included: messages and executions lead to them for years. */
export const campaignById: LoaderDefinition<string, CampaignType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${campaignColumns} from ${campaignTables} where c.id = any($1) and c.org_no = campaign.current_org()`;
    const rows = await transaction.query<CampaignType>(sql, [ids], 'campaigns by id');
    return new Map(rows.map((row) => [row.id, row]));
  },
};
