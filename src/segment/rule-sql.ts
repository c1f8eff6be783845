import { attributeSql } from './attribute-sql';
import { behaviourSql } from './behaviour-sql';
import { columnSql } from './column-sql';
import type { PeopleSets } from './people-sets';
import type { Condition, Rule } from './rule.types';
import { findField } from './rule-field';
import { inOrder } from './rule-order';
import type { SqlParameters } from './sql-parameters';

/** What a rule is judged by, beside the person. */
export interface RuleContext {
  /** What `within_last` counts back from: without it the start of the transaction, which differs from one batch to the next. */
  readonly now?: Date | undefined;
  /** Of a statement about everybody, which is to join them. */
  readonly sets?: PeopleSets | undefined;
  /** Whether nothing but "and" stands between the rule and the statement's WHERE. */
  readonly isConjunct?: boolean;
}

/**
 * The rule as a boolean SQL expression over campaign.contact as `c`: true or false for every contact, never null.
 * Names of columns come from our own table of fields; keys, values and times become parameters.
 */
export const compileRule = (rule: Rule, parameters: SqlParameters, context: RuleContext = {}): string => {
  const within = (inner: RuleContext) => (child: Rule) => compileRule(child, parameters, inner);
  const apart = within({ ...context, isConjunct: false });
  if ('all' in rule)
    return rule.all.length === 0 ? 'true' : `(${inOrder(rule.all).map(within(context)).join(' and ')})`;
  if ('any' in rule) return rule.any.length === 0 ? 'false' : `(${inOrder(rule.any).map(apart).join(' or ')})`;
  if ('not' in rule) return `(not ${'field' in rule.not ? within(context)(rule.not) : apart(rule.not)})`;
  return compileCondition(rule, parameters, context);
};

// A negation is compiled as the opposite of its twin, so that a missing value is on exactly one side.
const compileCondition = (condition: Condition, parameters: SqlParameters, context: RuleContext): string => {
  const { field: name, operator, value } = condition;
  if (operator === 'not_equals')
    return `(not ${compileCondition({ ...condition, operator: 'equals' }, parameters, context)})`;
  if (operator === 'not_in') return `(not ${compileCondition({ ...condition, operator: 'in' }, parameters, context)})`;
  if (operator === 'exists' && value === false) {
    return `(not ${compileCondition({ ...condition, value: true }, parameters, context)})`;
  }
  const field = findField(name);
  if (!field) throw new Error(`unparsed rule: field ${name}`);
  const rest = { operator, value, parameters };
  if (field.kind === 'attribute') return attributeSql({ path: field.path, ...rest, now: context.now });
  return field.kind === 'behaviour'
    ? behaviourSql({ ...field, ...rest, context })
    : columnSql({ ...field, ...rest, now: context.now });
};
