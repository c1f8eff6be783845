import type { Transaction } from '../adapters/postgres';
import { audienceSql, type JudgementScope } from '../dispatch/audience-sql';
import { judgementSql } from '../dispatch/judgement-sql';
import { columnsOf } from '../dispatch/ways-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { RemoteList } from '../remote-list/remote-list';
import { SqlParameters } from '../segment/sql-parameters';
import { DISPOSITION, reasonName } from '../shared/ledger-codes';
import { drawCap } from './audience-cap';
import { type ChannelReach, type JudgedAlike, reachOf } from './channel-reach';
import { type EverybodyOf, everybody } from './everybody';

/** How many people something would come to. */
export interface Estimate {
  /** Members of each audience by itself, in the order of includes, then excludes. */
  readonly perAudience: readonly number[];
  /** Those in every include and in no exclude; with a cap, those of them who are drawn. */
  readonly people: number;
  /** Those whom the cap leaves out; no part of `people`. */
  readonly overCap: number;
  readonly sent: number;
  readonly control: number;
  readonly heldOut: number;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly variants: readonly { readonly id: string; readonly count: number }[];
  readonly messages: number;
  readonly channels: readonly ChannelReach[];
  /** What was read of audiences that other services keep. */
  readonly lists: readonly RemoteList[];
}

/** With a column for what each channel says. */
interface Group extends JudgedAlike, Readonly<Record<string, number | null>> {
  readonly variant_no: number | null;
  readonly disposition: number;
  readonly reason: number;
  readonly channel: number;
  readonly n: number;
  readonly people: number;
}

/** Counts whom the plan would reach if it started then, by the very gates that expansion uses; exact. */
export async function estimate(transaction: Transaction, wanted: FrozenPlan, whose: EverybodyOf): Promise<Estimate> {
  const { plan, overCap } = await drawCap(transaction, wanted, whose);
  const groups: Group[] = [];
  const each: (readonly number[])[] = [];
  for await (const scope of everybody(transaction, plan, whose)) {
    groups.push(...(await judgePart(transaction, plan, scope)));
    each.push(await countEach(transaction, plan, scope));
  }
  return {
    ...sumOf(plan, groups),
    overCap,
    perAudience: (each[0] ?? []).map((_, index) => total(each.map((part) => part[index] ?? 0))),
  };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

function sumOf(plan: FrozenPlan, groups: readonly Group[]): Omit<Estimate, 'perAudience' | 'overCap'> {
  const sum = (wanted: (group: Group) => boolean): number => total(groups.filter(wanted).map(({ people }) => people));
  const of = (name: keyof typeof DISPOSITION) => sum(({ disposition }) => disposition === DISPOSITION[name]);
  const skipped = groups.filter(({ disposition, people }) => disposition === DISPOSITION.skipped && people > 0);
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].sort((one, other) => one - other);
  const channels = reachOf(plan.channels, groups, (group, column) => group[column] ?? 0);
  return {
    people: sum(() => true),
    sent: of('queued'),
    control: of('control'),
    heldOut: of('held_out'),
    skipped: reasons.map((no) => ({
      reason: reasonName.get(no) ?? String(no),
      count: sum(({ disposition, reason }) => disposition === DISPOSITION.skipped && reason === no),
    })),
    messages: total(channels.map(({ messages }) => messages)),
    channels,
    lists: plan.lists ?? [],
    variants: plan.variants.map(({ id, no }) => ({ id, count: sum(({ variant_no }) => variant_no === no) })),
  };
}

function judgePart(transaction: Transaction, plan: FrozenPlan, scope: JudgementScope): Promise<Group[]> {
  const parameters = new SqlParameters();
  const { channel, alike, people, stops } = columnsOf(plan);
  const keys = ['variant_no', 'disposition', 'reason', ...stops].join(', ');
  const sql = `with ${judgementSql(plan, { ...scope, tellsStops: true }, parameters)}
    select ${keys}, ${channel} as channel, count(*) as n, ${people()} as people from judged
    group by ${keys}${alike} order by 1, 2, 3`;
  return transaction.query<Group>(sql, parameters.values);
}

async function countEach(
  transaction: Transaction,
  plan: FrozenPlan,
  scope: JudgementScope,
): Promise<readonly number[]> {
  const parameters = new SqlParameters();
  const { audienceCap: _, ...uncapped } = plan;
  // Each by itself, as only then an index may answer it.
  const counts = [...plan.include, ...plan.exclude].map((audience) => {
    const { from, where } = audienceSql({ ...uncapped, include: [audience], exclude: [] }, scope, parameters);
    return `(select count(*) from ${from} where ${where})`;
  });
  const sql = `select array[${counts.join(', ')}]::int8[] as counts`;
  const [row] = await transaction.query<{ counts: number[] }>(sql, parameters.values);
  return row?.counts ?? [];
}
