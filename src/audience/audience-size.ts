import { audienceSql } from '../dispatch/audience-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { DomainError } from '../shared/errors';

/**
 * How many people a plan means now; more than an execution may have are refused (BR-CAM-002). The count stops one past
 * the limit, so that a directory of any size costs no more than the largest audience allowed.
 */
export async function audienceSize(scope: Scope, plan: FrozenPlan): Promise<number> {
  const parameters = new SqlParameters();
  const orgNo = scope.viewer.organizationNo;
  const everybody = { orgNo, asOf: scope.now(), afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER };
  const { from, where } = audienceSql(plan, everybody, parameters);
  const counted = `select 1 from ${from} where ${where} limit ${parameters.bind(scope.maxAudience + 1)}`;
  const [row] = await scope.judge((transaction) =>
    transaction.query<{ n: number }>(`select count(*) as n from (${counted}) people`, parameters.values),
  );
  const people = row?.n ?? 0;
  if (people > scope.maxAudience) throw audienceTooLarge(scope.maxAudience);
  return people;
}

/** The refusal of an audience with more people than these. */
export const audienceTooLarge = (most: number): DomainError =>
  new DomainError(
    'AUDIENCE_TOO_LARGE',
    `the audience has more than ${most} people: narrow it, or raise MAX_AUDIENCE`,
    'audiences',
  );
