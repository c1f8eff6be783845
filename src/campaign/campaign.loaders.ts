import type { LoaderDefinition } from '../graphql/loaders';
import type { CampaignType } from './campaign.types';

/** A campaign's row in the graph's words. */
export const campaignColumns = `c.id, o.id as "organizationId", c.name, c.description, c.type, c.purpose,
  upper(c.status) as status, upper(c.paused_from) as "pausedFrom", upper(c.approval) as approval, c.throttle,
  c.approval_record as "approvalRow",
  (c.schedule ->> 'at')::timestamptz as "scheduledAt", c.schedule ->> 'missed' as "missedReason",
  coalesce((c.schedule ->> 'waitsForPlace')::boolean, false) as "waitsForPlace",
  (c.schedule -> 'recurrence') || jsonb_build_object('passed', c.schedule -> 'passed') as recurrence,
  coalesce((c.delivery ->> 'trackOpens')::boolean, true) as "trackOpens",
  coalesce((c.delivery ->> 'trackClicks')::boolean, true) as "trackClicks",
  coalesce((c.delivery ->> 'expiresAfterHours')::int, 72) as "expiresAfterHours",
  coalesce(c.delivery ->> 'onQuietHours', 'DEFER') as "onQuietHours",
  coalesce(c.delivery ->> 'channelStrategy', 'FIRST_ELIGIBLE') as "channelStrategy",
  c.assignment, c.experiment, c.winner, c.conversion_goals as "conversionGoals", c.holdout_percentage::float8 as "holdoutPercentage",
  c.budget, c.priority, c.tags, c.metadata, c.start_at as "startAt", c.end_at as "endAt", c.version,
  c.created_by as "createdBy", c.created_at as "createdAt", c.updated_by as "updatedBy", c.updated_at as "updatedAt",
  c.paused_by as "pausedBy", c.paused_at as "pausedAt", c.pause_reason as "pauseReason",
  c.cancelled_by as "cancelledBy", c.cancelled_at as "cancelledAt", c.cancel_reason as "cancelReason",
  c.started_at as "startedAt", c.completed_at as "completedAt", c.cloned_from as "clonedFromId",
  c.campaign_no as "campaignNo", lower(c.name) as "nameKey",
  (extract(epoch from c.updated_at) * 1000000)::int8 as "changedKey"`;

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
