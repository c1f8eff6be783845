import type { FrozenAudience, FrozenPlan } from '../execution/frozen-plan';
import type { Condition } from '../segment/rule.types';
import { conditionsOf, impliedBy } from '../segment/rule-account';
import { findField } from '../segment/rule-field';
import { compileRule } from '../segment/rule-sql';
import type { SqlParameters } from '../segment/sql-parameters';

/** One condition of a plan's audiences, or a list of people, as it stands in an account. */
interface Asked {
  /** Whether it holds of every member; null where that differs. */
  readonly implied: boolean | null;
  /** Its bit in `message.rules_held`, where a member's own answer is kept. */
  readonly bit: number | null;
  readonly condition?: Condition;
}

/** More bits than a number holds exactly are not kept. */
const MOST_BITS = 52;

/**
 * Everything that an account of a member answers, in its order. That somebody belongs to an audience tells most of it: of
 * rules joined by "and" all hold. Of the others a bit is kept of each member, but for behaviour, which is looked up.
 */
function askedOf({ include, exclude }: FrozenPlan): Asked[] {
  let bits = 0;
  const open = [...asIncluded(include, true), ...asIncluded(exclude, false)];
  return open.map(({ implied, condition }) => {
    const isKept = implied === null && condition !== undefined && isOwn(condition) && bits < MOST_BITS;
    return { implied, bit: isKept ? bits++ : null, ...(condition && { condition }) };
  });
}

const asIncluded = (audiences: readonly FrozenAudience[], holds: boolean): Omit<Asked, 'bit'>[] =>
  audiences.flatMap((audience): Omit<Asked, 'bit'>[] => {
    if ('remote' in audience || 'named' in audience) return [{ implied: holds }];
    const implied = impliedBy(audience, holds);
    return conditionsOf(audience).map((condition, index) => ({ implied: implied[index] ?? null, condition }));
  });

const isOwn = ({ field }: Condition): boolean => findField(field)?.kind !== 'behaviour';

/** What is to be kept of a member `c`, as SQL; nothing where their membership tells it all. */
export function rulesHeldSql(plan: FrozenPlan, parameters: SqlParameters, asOf?: Date): string | undefined {
  const kept = askedOf(plan).flatMap(({ bit, condition }) =>
    bit === null || !condition ? [] : [`(${compileRule(condition, parameters, { now: asOf })})::int::int8 << ${bit}`],
  );
  return kept.length === 0 ? undefined : kept.map((bit) => `(${bit})`).join(' | ');
}

/** Whether anything is to be kept of members. */
export const keepsRulesHeld = (plan: FrozenPlan): boolean => askedOf(plan).some(({ bit }) => bit !== null);

/** What held of a member when they were judged, in the order of their account; null where that was not kept. */
export const heldOfMember = (plan: FrozenPlan, held: number | null): (boolean | null)[] =>
  askedOf(plan).map(({ implied, bit }) =>
    bit === null || held === null ? implied : Math.floor(held / 2 ** bit) % 2 === 1,
  );
