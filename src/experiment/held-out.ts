import type { LoaderDefinition } from '../graphql/loaders';
import { EXECUTION_KIND, REASON } from '../shared/ledger-codes';

/** Eligible people of a campaign who were held out, and how many of them reached a goal. */
export interface HeldOutCount {
  readonly goal: string;
  readonly successes: number;
  readonly total: number;
}

// Held-out people are found by their exceptions: a share of the audience, where counting messages would read all of it.
// Counters do not tell them from people who were skipped before a variant was drawn.
const HELD_OUT_SQL = `
select e.campaign_no as "campaignNo", g.value ->> 'eventType' as goal, count(*)::int as total,
  count(*) filter (where m.outcome_mask & (1 << ((g.value ->> 'no')::int - 1)) <> 0)::int as successes
from campaign.execution e
join campaign.message_exception x on x.exec_no = e.exec_no and x.reason = ${REASON.held_out}
join campaign.message m on m.exec_no = x.exec_no and m.seq = x.seq and m.eligible
cross join lateral jsonb_array_elements(e.goals) g
where e.campaign_no = any($1::int8[]) and e.kind <> ${EXECUTION_KIND.TEST} group by 1, 2`;

/** By the campaign's number. */
export const heldOutOf: LoaderDefinition<number, readonly HeldOutCount[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<HeldOutCount & { campaignNo: number }>(HELD_OUT_SQL, [numbers]);
    const byCampaign = Map.groupBy(rows, ({ campaignNo }) => campaignNo);
    return new Map(numbers.map((no) => [String(no), byCampaign.get(no) ?? []]));
  },
};
