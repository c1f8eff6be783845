import type { Transaction } from '../adapters/postgres';
import { audienceCondition, judgementSql, peopleOf } from '../dispatch/judgement-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { RemoteList } from '../remote-list/remote-list';
import { SqlParameters } from '../segment/sql-parameters';
import { DISPOSITION, reasonName } from '../shared/ledger-codes';

/** How many people something would come to. */
export interface Estimate {
  /** Members of each audience by itself, in the order of includes, then excludes. */
  readonly perAudience: readonly number[];
  readonly people: number;
  readonly sent: number;
  readonly control: number;
  readonly heldOut: number;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly variants: readonly { readonly id: string; readonly count: number }[];
  /** What was read of audiences that other services keep. */
  readonly lists: readonly RemoteList[];
}

interface Group {
  readonly variant_no: number | null;
  readonly disposition: number;
  readonly reason: number;
  readonly n: number;
}

/** Whose directory, and when it starts. */
export interface EstimateScope {
  readonly orgNo: number;
  readonly asOf: Date;
}

/** Counts whom the plan would reach if it started then, by the very gates that expansion uses; exact. */
export async function estimate(transaction: Transaction, plan: FrozenPlan, scope: EstimateScope): Promise<Estimate> {
  const groups = await judgeAll(transaction, plan, scope);
  const sum = (wanted: (group: Group) => boolean): number =>
    groups.filter(wanted).reduce((total, group) => total + group.n, 0);
  const of = (name: keyof typeof DISPOSITION) => sum(({ disposition }) => disposition === DISPOSITION[name]);
  const skipped = groups.filter(({ disposition }) => disposition === DISPOSITION.skipped);
  return {
    perAudience: await countEach(transaction, plan, scope),
    people: sum(() => true),
    sent: of('queued'),
    control: of('control'),
    heldOut: of('held_out'),
    skipped: skipped.map(({ reason, n }) => ({ reason: reasonName.get(reason) ?? String(reason), count: n })),
    lists: plan.lists ?? [],
    variants: plan.variants.map(({ id, no }) => ({ id, count: sum(({ variant_no }) => variant_no === no) })),
  };
}

function judgeAll(transaction: Transaction, plan: FrozenPlan, scope: EstimateScope): Promise<Group[]> {
  const parameters = new SqlParameters();
  const everybody = { ...scope, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER };
  const sql = `with ${judgementSql(plan, everybody, parameters)}
    select variant_no, disposition, reason, count(*) as n from judged group by 1, 2, 3 order by 1, 2, 3`;
  return transaction.query<Group>(sql, parameters.values);
}

async function countEach(
  transaction: Transaction,
  plan: FrozenPlan,
  { orgNo, asOf }: EstimateScope,
): Promise<readonly number[]> {
  const parameters = new SqlParameters();
  const living = `c.org_no = ${parameters.bind(orgNo)} and not c.shadow and c.erased_at is null`;
  // Each by itself, as only then an index may answer it.
  const counts = [...plan.include, ...plan.exclude].map((audience) => {
    const alone = { ...plan, include: [audience], exclude: [] };
    const people = peopleOf(alone, { orgNo, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER }, parameters);
    return `(select count(*) from ${people} where ${living} and ${audienceCondition(alone, parameters, asOf)})`;
  });
  const sql = `select array[${counts.join(', ')}]::int8[] as counts`;
  const [row] = await transaction.query<{ counts: number[] }>(sql, parameters.values);
  return row?.counts ?? [];
}
