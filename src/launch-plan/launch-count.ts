import type { Transaction } from '../adapters/postgres';
import { dueTimes } from '../dispatch/expansion-sql';
import { audienceCondition, judgementSql, peopleOf } from '../dispatch/judgement-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { releaseOf } from '../experiment/release';
import { SqlParameters } from '../segment/sql-parameters';
import { DISPOSITION } from '../shared/ledger-codes';
import { missingSql } from './missing-variable';

/** People who would be judged alike, in the same zone, with the same due time. */
export interface PlannedGroup {
  readonly variant_no: number | null;
  readonly disposition: number;
  readonly reason: number;
  readonly due_at: Date;
  readonly time_zone: string;
  /** Null also where it was not asked for. */
  readonly locale: string | null;
  readonly n: number;
  /** How many of them lack a variable, in the order in which the variables were asked for. */
  readonly missing: readonly number[];
}

/** Whose directory, when it starts, how many people at most, and which variables to look for. */
export interface LaunchQuestion {
  readonly orgNo: number;
  readonly now: Date;
  readonly most: number;
  readonly variables: readonly string[];
  /** Whether people who read another language are counted apart. */
  readonly byLocale: boolean;
}

/** Judges everybody by the statement of the expansion, with its due times, and counts instead of writing. */
export function countLaunch(tx: Transaction, plan: FrozenPlan, question: LaunchQuestion): Promise<PlannedGroup[]> {
  const parameters = new SqlParameters();
  const everybody = { orgNo: question.orgNo, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER };
  const judgement = judgementSql(plan, { ...everybody, asOf: question.now, limit: question.most }, parameters);
  const now = `${parameters.bind(question.now)}::timestamptz`;
  const zone = parameters.bind(plan.quietHours?.timeZone ?? 'UTC');
  const queued = `t.disposition = ${DISPOSITION.queued}`;
  const missing = question.variables.map(
    (variable) => `count(*) filter (where ${queued} and ${missingSql(variable, parameters)})`,
  );
  const person = missing.length > 0 ? 'join campaign.contact c using (contact_no)' : '';
  const sql = `with ${judgement}, ${dueTimes(plan, now, parameters, releaseOf(plan.experiment, question.now))}
    select t.variant_no, t.disposition, t.reason, t.due_at, coalesce(t.time_zone, ${zone}) as time_zone,
      ${question.byLocale ? `case when ${queued} then t.locale end` : 'null::text'} as locale,
      count(*) as n, array[${missing.join(', ')}]::int8[] as missing
    from timed t ${person} group by 1, 2, 3, 4, 5, 6 order by 4, 5, 1, 2, 3, 6`;
  return tx.query<PlannedGroup>(sql, parameters.values);
}

/** Those whom the includes mean, and an exclude leaves out; counted up to the same limit. */
export async function countExcluded(
  tx: Transaction,
  plan: FrozenPlan,
  { orgNo, now, most }: LaunchQuestion,
): Promise<number> {
  if (plan.exclude.length === 0) return 0;
  const parameters = new SqlParameters();
  const kept = audienceCondition(plan, parameters, now);
  const meant = audienceCondition({ ...plan, exclude: [] }, parameters, now);
  const sql = `select count(*) as n from (
    select 1 from ${peopleOf(plan, { orgNo, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER }, parameters)}
    where c.org_no = ${parameters.bind(orgNo)} and not c.shadow and c.erased_at is null and ${meant} and not (${kept})
    limit ${parameters.bind(most)}) people`;
  const [row] = await tx.query<{ n: number }>(sql, parameters.values);
  return row?.n ?? 0;
}

/** When people of the zones may be written to, for so many days from now. */
export async function readOpenHours(
  tx: Transaction,
  { timeZone, from, until }: NonNullable<FrozenPlan['quietHours']>,
  { zones, now, days }: { readonly zones: readonly string[]; readonly now: Date; readonly days: number },
): Promise<ReadonlyMap<string, readonly OpenHours[]>> {
  const sql = `select z.zone, h.opens, h.closes from unnest($1::text[]) as z (zone)
    cross join lateral campaign.open_hours($2::timestamptz, z.zone, $3, $4::time, $5::time, $6::int) h`;
  const rows = await tx.query<OpenHours & { zone: string }>(sql, [zones, now, timeZone, from, until, days]);
  return Map.groupBy(rows, ({ zone }) => zone);
}

/** From the first minute on, up to the last and not beyond. */
export interface OpenHours {
  readonly opens: Date;
  readonly closes: Date;
}
