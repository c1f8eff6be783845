import type { Transaction } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';
import { NotGranted } from './throttle';

/** How rows without a variant get theirs, where an execution has any. */
export interface VariantChoice {
  /** Of a draw of its own: whoever waited has nothing to do with who was in the test. */
  readonly salt: string;
}

/** Nothing where everybody has a variant from the expansion on. */
export const variantChoiceOf = ({ experiment, salt }: FrozenPlan): VariantChoice | undefined =>
  experiment && experiment.mode !== 'SPLIT' ? { salt: `rollout:${salt}:` } : undefined;

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
  { execNo, salt, now }: VariantChoice & { readonly execNo: number; readonly now: Date | undefined },
): Promise<Row[]> {
  const undecided = rows.filter(({ seq, variant_no }) => seq !== null && variant_no === null);
  if (undecided.length === 0) return [...rows];
  const chosen = await tx.query<{ seq: number; variant_no: number }>(
    CHOOSE_SQL,
    [
      undecided.map(() => execNo),
      undecided.map(({ seq }) => seq),
      undecided.map(({ external_id: externalId }) => externalId),
      salt,
      now,
    ],
    'choose-variants',
  );
  if (chosen.length < undecided.length) throw new NotGranted();
  const variants = new Map(chosen.map(({ seq, variant_no }) => [seq, variant_no]));
  return rows.map((row) => ({ ...row, variant_no: row.variant_no ?? variants.get(row.seq ?? 0) ?? null }));
}

const NOW = 'coalesce($5::timestamptz, statement_timestamp())';

// Rows are joined by their whole key, as everywhere: of a fresh execution the planner expects no rows.
const CHOOSE_SQL = `
with wanted as materialized (
  select * from unnest($1::bigint[], $2::int[], $3::text[]) as w (exec_no, seq, external_id)
),
arms as materialized (
  select (w.value ->> 'no')::smallint as no, sum((w.value ->> 'weight')::int) over (order by w.ordinality) as up_to
  from campaign.execution e join campaign.allocation_epoch a on a.exec_no = e.exec_no and a.epoch = e.epoch
  cross join lateral jsonb_array_elements(a.weights) with ordinality w
  where e.exec_no = $1[1] and (w.value ->> 'weight')::int > 0
),
drawn as materialized (
  select w.exec_no, w.seq, (
    select a.no from arms a where campaign.hash_bucket($4, w.external_id) < a.up_to order by a.up_to limit 1) as no
  from wanted w
),
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
