import type { LoaderDefinition } from '../graphql/loaders';
import { EXECUTION_KIND } from '../shared/ledger-codes';

/** What people of one variant brought towards one goal: the sums that mean and variance are made of. */
export interface ValueSpread {
  readonly variantNo: number;
  readonly goal: string;
  readonly sum: number;
  readonly sumOfSquares: number;
}

// Of those who got the winner after a test nobody: they were not drawn. Of each message's person first, then of their squares: two orders of one person are one value. Only outcomes are read,
// never all messages.
const SPREAD_SQL = `
select e.campaign_no as "campaignNo", m.variant_no as "variantNo", g.value ->> 'eventType' as goal,
  sum(o.value)::float8 as sum, sum(o.value * o.value)::float8 as "sumOfSquares"
from campaign.execution e
join lateral (
  select exec_no, seq, goal, sum(value) as value from campaign.outcome where exec_no = e.exec_no group by 1, 2, 3
) o on true
join campaign.message m on m.exec_no = o.exec_no and m.seq = o.seq and m.variant_no is not null
  and (m.phase = 0 or e.experiment ->> 'mode' is distinct from 'TEST_THEN_ROLLOUT')
join lateral jsonb_array_elements(e.goals) g on (g.value ->> 'no')::int = o.goal
where e.campaign_no = any($1::int8[]) and e.kind <> ${EXECUTION_KIND.TEST} group by 1, 2, 3`;

/** The spreads of a campaign's outcomes, by its number. */
export const valueSpreadOf: LoaderDefinition<number, readonly ValueSpread[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<ValueSpread & { campaignNo: number }>(SPREAD_SQL, [numbers]);
    const byCampaign = Map.groupBy(rows, ({ campaignNo }) => String(campaignNo));
    return new Map(numbers.map((no) => [String(no), byCampaign.get(String(no)) ?? []]));
  },
};
