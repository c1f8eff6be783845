import { attributeSql } from './attribute-sql';
import { behaviourSql } from './behaviour-sql';
import { columnSql } from './column-sql';
import type { Condition, Rule } from './rule.types';
import { findField } from './rule-field';
import type { SqlParameters } from './sql-parameters';

/**
 * The rule as a boolean SQL expression over campaign.contact as `c`: true or false for every contact, never null.
 * Names of columns come from our own table of fields; keys, values and `now` become parameters. `now` is what
 * `within_last` counts back from: without it the start of the transaction, which differs from one batch to the next.
 */
export const compileRule = (rule: Rule, parameters: SqlParameters, now?: Date): string => {
  const compile = (child: Rule): string => compileRule(child, parameters, now);
  if ('all' in rule) return rule.all.length === 0 ? 'true' : `(${rule.all.map(compile).join(' and ')})`;
  if ('any' in rule) return rule.any.length === 0 ? 'false' : `(${rule.any.map(compile).join(' or ')})`;
  if ('not' in rule) return `(not ${compile(rule.not)})`;
  return compileCondition(rule, parameters, now);
};

// A negation is compiled as the opposite of its twin, so that a missing value is on exactly one side.
const compileCondition = (condition: Condition, parameters: SqlParameters, now?: Date): string => {
  const { field: name, operator, value } = condition;
  if (operator === 'not_equals')
    return `(not ${compileCondition({ ...condition, operator: 'equals' }, parameters, now)})`;
  if (operator === 'not_in') return `(not ${compileCondition({ ...condition, operator: 'in' }, parameters, now)})`;
  if (operator === 'exists' && value === false) {
    return `(not ${compileCondition({ ...condition, value: true }, parameters, now)})`;
  }
  const field = findField(name);
  if (!field) throw new Error(`unparsed rule: field ${name}`);
  const rest = { operator, value, parameters, now };
  if (field.kind === 'attribute') return attributeSql({ path: field.path, ...rest });
  return field.kind === 'behaviour' ? behaviourSql({ ...field, ...rest }) : columnSql({ ...field, ...rest });
};
