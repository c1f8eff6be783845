import type { Transaction } from '../adapters/postgres';
import { audienceSql } from '../dispatch/audience-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { DomainError } from '../shared/errors';
import { drawCap } from './audience-cap';
import { type EverybodyOf, everybody } from './everybody';

/** The audience of a start: how many people it has now, and the plan with its cap drawn. */
export interface SettledAudience {
  readonly plan: FrozenPlan;
  readonly people: number;
}

/** Counts whom a plan means now, and draws its cap; more people than an execution may have are refused (BR-CAM-002). */
export async function settleAudience(scope: Scope, plan: FrozenPlan): Promise<SettledAudience> {
  const whose = { orgNo: scope.viewer.organizationNo, asOf: scope.now() };
  const settled = await scope.judge(async (tx) =>
    plan.audienceCap
      ? drawCap(tx, plan, whose)
      : { plan, people: await countMembers(tx, plan, { ...whose, most: scope.maxAudience }) },
  );
  if (settled.people > scope.maxAudience) throw audienceTooLarge(scope.maxAudience);
  return settled;
}

// No further than one part past the limit: a directory of any size costs little more than the largest audience allowed.
async function countMembers(
  tx: Transaction,
  plan: FrozenPlan,
  { most, ...whose }: EverybodyOf & { readonly most: number },
): Promise<number> {
  let people = 0;
  for await (const part of everybody(tx, plan, whose)) {
    const parameters = new SqlParameters();
    const { from, where } = audienceSql(plan, part, parameters);
    const [row] = await tx.query<{ n: number }>(`select count(*) as n from ${from} where ${where}`, parameters.values);
    people += row?.n ?? 0;
    if (people > most) break;
  }
  return people;
}

/** The refusal of an audience with more people than these. */
export const audienceTooLarge = (most: number): DomainError =>
  new DomainError(
    'AUDIENCE_TOO_LARGE',
    `the audience has more than ${most} people: narrow it, cap it, or raise MAX_AUDIENCE`,
    'audiences',
  );
