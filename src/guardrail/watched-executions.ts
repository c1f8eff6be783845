import { EXECUTION_KIND, REASON } from '../shared/ledger-codes';
import type { GuardrailCounts } from './guardrail-counts';
import type { GuardrailTrip, WatchedExecution } from './guardrail-trip';
import type { Guardrails } from './guardrails';
import { costSql, spentSql } from './spent-sql';

/** A row of {@link WATCHED_SQL}. */
export interface WatchedRow {
  readonly exec_no: string | number;
  readonly campaign_id: string;
  readonly org_no: number;
  readonly organization_id: string;
  readonly guardrails: Guardrails | null;
  readonly guardrail_trip: GuardrailTrip | null;
  readonly counts: GuardrailCounts;
  readonly budget_used_up: boolean;
}

/** Executions looked at in one round at most. */
const ROUND = 5_000;

/**
 * Executions that send and whose campaigns watch themselves, with what the ledger counts of them; `and` narrows them
 * down. One that is aside sends at each login, while its campaign waits for the next occurrence. A budget is used up when
 * something waits by a channel of which it does not pay one more message.
 */
export const watchedSql = (and: string): string => `
select e.exec_no, c.id as campaign_id, e.org_no, o.id as organization_id, c.guardrails, c.guardrail_trip, n.counts,
  coalesce(c.budget is not null and exists (select 1 from jsonb_each_text(n.queued) q (channel, waiting)
    where q.waiting::bigint > 0 and ${costSql('c.budget', 'q.channel::int')}
      > (c.budget ->> 'amount')::numeric - ${spentSql('c.campaign_no', 'c.budget')}), false) as budget_used_up
from campaign.execution e join campaign.campaign c using (campaign_no) join campaign.organization o on o.org_no = e.org_no
cross join lateral (
  select json_build_object('sent', coalesce(sum(k.sent), 0), 'delivered', coalesce(sum(k.delivered), 0),
    'refused', (select coalesce(sum(r.n), 0) from campaign.reason_counter r
      where r.exec_no = e.exec_no and r.reason = ${REASON.refused}), 'complained', coalesce(sum(k.complained), 0),
    'bouncedHard', coalesce(sum(k.bounced_hard), 0), 'unsubscribed', coalesce(sum(k.unsubscribed), 0)) as counts,
    coalesce(jsonb_object_agg(k.channel, k.queued), '{}') as queued
  from (select channel, sum(sent) as sent, sum(delivered) as delivered,
      sum(complained) as complained, sum(bounced_hard) as bounced_hard, sum(unsubscribed) as unsubscribed,
      sum(queued) as queued
    from campaign.counter where exec_no = e.exec_no and goal = 0 and segment_no = 0 group by channel) k
) n
where e.status = 'running' and (c.status in ('running', 'active') or c.status = 'scheduled' and e.aside)
  and e.kind <> ${EXECUTION_KIND.TEST}
  and (c.budget is not null or c.guardrails is not null) ${and}
order by e.exec_no limit ${ROUND}`;

/** A row in the words of the rule. */
export const viewWatched = (row: WatchedRow): WatchedExecution => ({
  execNo: Number(row.exec_no),
  guardrails: row.guardrails,
  trip: row.guardrail_trip,
  counts: row.counts,
  budgetUsedUp: row.budget_used_up,
});
