import type { Transaction } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';
import { mayHaveIndex, plainPart } from '../segment/plain-part';
import { SqlParameters } from '../segment/sql-parameters';
import { audienceSql, type JudgementScope } from './audience-sql';
import type { OpenExecution, StepScope } from './expansion-sql';
import { isAboutBehaviour, isRule, readPast } from './past-executions';

/** A stretch of the directory that one step judges, and how it does. */
export interface Stretch {
  readonly scope: StepScope & { readonly upperContactNo: number };
  /** Contacts in it, counted no further than it matters. */
  readonly size: number;
}

/** A stretch has so many contacts at most for each person that a step may judge. */
const REACH = 4;
/** Sets are read for every contact of a stretch: where fewer than one in so many comes into question, look-ups are cheaper. */
const SPARSE = 10;

/**
 * The next stretch of an execution whose audience depends on behaviour; it ends where `people` are found whom the rules
 * mean so far as they are about something else. Sets of the people in it are read once and joined, or those few are looked
 * up. A step that finds nobody moves on all the same.
 */
export async function nextStretch(
  tx: Transaction,
  execution: OpenExecution,
  people: number,
): Promise<Stretch | undefined> {
  if (!isAboutBehaviour(execution.plan)) return undefined;
  const plan = plainPlan(execution.plan);
  const scope = {
    orgNo: execution.org_no,
    afterContactNo: execution.cursor_contact_no,
    upperContactNo: execution.upper_contact_no,
    asOf: execution.created_at,
    limit: people,
  };
  const reach = isFoundByIndex(plan) ? scope.upperContactNo : await reachOf(tx, scope);
  const { upperContactNo, size, few } = await readCandidates(tx, plan, { ...scope, upperContactNo: reach });
  if (few) return { size, scope: { upperContactNo, contacts: few } };
  return { size, scope: { upperContactNo, sets: { past: await readPast(tx, execution.plan, scope.orgNo) } } };
}

const plainPlan = (plan: FrozenPlan): FrozenPlan => ({
  ...plan,
  include: plan.include.map((audience) => (isRule(audience) ? plainPart(audience) : audience)),
  exclude: plan.exclude.filter((audience) => !isAboutBehaviour({ include: [], exclude: [audience] })),
});

const isFoundByIndex = ({ include }: FrozenPlan): boolean =>
  include.some((audience) => !isRule(audience) || mayHaveIndex(audience));

type LimitedScope = JudgementScope & { readonly limit: number };

// Rules that no index answers are held against so many contacts at a time, however few of them they mean.
async function reachOf(tx: Transaction, scope: LimitedScope): Promise<number> {
  const [last] = await tx.query<{ contact_no: number }>(
    `select contact_no from campaign.contact where org_no = $1 and contact_no > $2 and contact_no <= $3
     order by contact_no offset $4 limit 1`,
    [scope.orgNo, scope.afterContactNo, scope.upperContactNo, REACH * scope.limit - 1],
    'expand-reach',
  );
  return last?.contact_no ?? scope.upperContactNo;
}

/** Where the people end who come into question; their numbers, where there are few. */
interface Candidates {
  readonly upperContactNo: number;
  readonly size: number;
  readonly few: readonly number[] | null;
}

async function readCandidates(tx: Transaction, plan: FrozenPlan, scope: LimitedScope): Promise<Candidates> {
  const parameters = new SqlParameters();
  const { from, where, orderBy } = audienceSql(plan, scope, parameters);
  const limit = `${parameters.bind(scope.limit)}::int8`;
  const sql = `with candidate as materialized (select c.contact_no from ${from} where ${where} ${orderBy} limit ${limit}),
    found as (
      select count(*) as n, case when count(*) < ${limit} then ${parameters.bind(scope.upperContactNo)}::int8
        else max(contact_no) end as "upperContactNo" from candidate
    ),
    counted as (
      select *, (select count(*) from (
          select from campaign.contact p where p.org_no = ${parameters.bind(scope.orgNo)}
            and p.contact_no > ${parameters.bind(scope.afterContactNo)} and p.contact_no <= "upperContactNo"
          limit ${SPARSE} * n + 1
        ) passed) as size
      from found
    )
    select "upperContactNo", size,
      case when size > ${SPARSE} * n then array(select contact_no from candidate) end as few
    from counted`;
  const rows = await tx.query<Candidates>(sql, parameters.values);
  return rows[0] ?? { upperContactNo: scope.upperContactNo, size: 0, few: [] };
}

/**
 * Runs a statement that joins sets: all of them are read in the order of people's numbers, each by its index, and merged.
 * Statistics play no part in that: of a ledger that has just grown they know nothing, and what was planned for a few people
 * would read an execution of a million for each stretch.
 */
export async function inOrder<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  const set = (value: string) => ORDERED.map((name) => `set local ${name} to ${value}`).join('; ');
  await tx.query(set('off'));
  const result = await work();
  await tx.query(set('default'));
  return result;
}

const ORDERED = ['enable_nestloop', 'enable_sort', 'jit'];
