import type { Transaction } from '../adapters/postgres';
import { audienceSql, type JudgementScope } from '../dispatch/audience-sql';
import { judgementSql } from '../dispatch/judgement-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { RemoteList } from '../remote-list/remote-list';
import { SqlParameters } from '../segment/sql-parameters';
import { DISPOSITION, reasonName } from '../shared/ledger-codes';
import { type EverybodyOf, everybody } from './everybody';

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

/** Counts whom the plan would reach if it started then, by the very gates that expansion uses; exact. */
export async function estimate(transaction: Transaction, plan: FrozenPlan, whose: EverybodyOf): Promise<Estimate> {
  const groups: Group[] = [];
  const each: (readonly number[])[] = [];
  for await (const scope of everybody(transaction, plan, whose)) {
    groups.push(...(await judgePart(transaction, plan, scope)));
    each.push(await countEach(transaction, plan, scope));
  }
  return {
    ...sumOf(plan, groups),
    perAudience: (each[0] ?? []).map((_, index) => total(each.map((part) => part[index] ?? 0))),
  };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

function sumOf(plan: FrozenPlan, groups: readonly Group[]): Omit<Estimate, 'perAudience'> {
  const sum = (wanted: (group: Group) => boolean): number => total(groups.filter(wanted).map(({ n }) => n));
  const of = (name: keyof typeof DISPOSITION) => sum(({ disposition }) => disposition === DISPOSITION[name]);
  const skipped = groups.filter(({ disposition }) => disposition === DISPOSITION.skipped);
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].sort((one, other) => one - other);
  return {
    people: sum(() => true),
    sent: of('queued'),
    control: of('control'),
    heldOut: of('held_out'),
    skipped: reasons.map((no) => ({
      reason: reasonName.get(no) ?? String(no),
      count: sum(({ disposition, reason }) => disposition === DISPOSITION.skipped && reason === no),
    })),
    lists: plan.lists ?? [],
    variants: plan.variants.map(({ id, no }) => ({ id, count: sum(({ variant_no }) => variant_no === no) })),
  };
}

function judgePart(transaction: Transaction, plan: FrozenPlan, scope: JudgementScope): Promise<Group[]> {
  const parameters = new SqlParameters();
  const sql = `with ${judgementSql(plan, scope, parameters)}
    select variant_no, disposition, reason, count(*) as n from judged group by 1, 2, 3 order by 1, 2, 3`;
  return transaction.query<Group>(sql, parameters.values);
}

async function countEach(
  transaction: Transaction,
  plan: FrozenPlan,
  scope: JudgementScope,
): Promise<readonly number[]> {
  const parameters = new SqlParameters();
  // Each by itself, as only then an index may answer it.
  const counts = [...plan.include, ...plan.exclude].map((audience) => {
    const { from, where } = audienceSql({ ...plan, include: [audience], exclude: [] }, scope, parameters);
    return `(select count(*) from ${from} where ${where})`;
  });
  const sql = `select array[${counts.join(', ')}]::int8[] as counts`;
  const [row] = await transaction.query<{ counts: number[] }>(sql, parameters.values);
  return row?.counts ?? [];
}
