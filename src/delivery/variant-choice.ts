import type { Transaction } from '../adapters/postgres';
import { isSpread } from '../dispatch/ways-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { CHOOSE_SPREAD_SQL, DRAWN, NOW } from './spread-choice-sql';
import { NotGranted } from './throttle';

/** How rows without a variant get theirs, where an execution has any. */
export interface VariantChoice {
  /** Of a draw of its own: whoever waited has nothing to do with who was in the test. */
  readonly salt: string;
  /** A person may have several messages, which get one variant. */
  readonly isSpread: boolean;
}

/** Nothing where everybody has a variant from the expansion on. */
export function variantChoiceOf(plan: FrozenPlan): VariantChoice | undefined {
  const { experiment, salt } = plan;
  if (!experiment || experiment.mode === 'SPLIT') return undefined;
  return { salt: `rollout:${salt}:`, isSpread: isSpread(plan) };
}

/**
 * Taken first in a claim where a person may have several messages: else two claims would draw for one person at a time,
 * maybe by two epochs.
 */
export const chooseInTurn = (tx: Transaction, execNo: number): Promise<unknown> =>
  tx.query("select pg_advisory_xact_lock(hashtextextended('campaign.choose_variants', $1::bigint))", [execNo]);

/** What choosing needs of a guarded row. */
interface Undecided {
  readonly seq: number | null;
  readonly variant_no: number | null;
  readonly external_id: string;
}

/**
 * Gives each row that the guard has just marked in flight, and that has no variant, its own: from the epoch in force, in
 * the guard's transaction. Set once: a retry, a resume, another holder find it there and keep it, so the same key has the
 * same body. A person's outcomes count from now on, and what the row counts for moves from no variant to this one, in the
 * counters too. Crash before the commit: the row is queued and undecided as before. Without an epoch nobody is claimed.
 */
export async function chooseVariants<Row extends Undecided>(
  tx: Transaction,
  rows: readonly Row[],
  { execNo, salt, isSpread: spreads, now }: VariantChoice & { readonly execNo: number; readonly now: Date | undefined },
): Promise<Row[]> {
  const undecided = rows.filter(({ seq, variant_no }) => seq !== null && variant_no === null);
  if (undecided.length === 0) return [...rows];
  const chosen = await tx.query<{ seq: number; variant_no: number }>(
    spreads ? CHOOSE_SPREAD_SQL : CHOOSE_SQL,
    [
      undecided.map(() => execNo),
      undecided.map(({ seq }) => seq),
      undecided.map(({ external_id: externalId }) => externalId),
      salt,
      now,
    ],
    spreads ? 'choose-spread-variants' : 'choose-variants',
  );
  if (chosen.length < undecided.length) throw new NotGranted();
  const variants = new Map(chosen.map(({ seq, variant_no }) => [seq, variant_no]));
  return rows.map((row) => ({ ...row, variant_no: row.variant_no ?? variants.get(row.seq ?? 0) ?? null }));
}

const CHOOSE_SQL = `
with ${DRAWN},
chosen as (
  update campaign.message m set variant_no = d.no, judged_at = ${NOW}
  from drawn d where m.exec_no = d.exec_no and m.seq = d.seq and m.variant_no is null and d.no is not null
  returning m.exec_no, m.seq, m.org_no, m.channel, m.variant_no, m.eligible
),
counted as (
  insert into campaign.counter as counter
    (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, audience, people, eligible, in_flight)
  select c.exec_no, s.variant_no, c.channel, 0, 0, date_trunc('minute', ${NOW}), min(c.org_no),
    sum(s.sign), sum(s.sign), sum(s.sign * c.eligible::int), sum(s.sign)
  from chosen c cross join lateral (values (0, -1), (c.variant_no, 1)) s (variant_no, sign)
  group by c.exec_no, s.variant_no, c.channel order by 1, 2, 3
  on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
  set audience = counter.audience + excluded.audience, people = counter.people + excluded.people,
    eligible = counter.eligible + excluded.eligible, in_flight = counter.in_flight + excluded.in_flight
)
select seq, variant_no from chosen`;
