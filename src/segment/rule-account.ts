import type { Condition, Rule } from './rule.types';
import { findField } from './rule-field';
import { inOrder } from './rule-order';
import { compileRule, type RuleContext } from './rule-sql';
import { describeRule } from './rule-words';
import type { SqlParameters } from './sql-parameters';

/** One rule of a tree, or a group of them, with what it says of a person; in the order of evaluation, a group before its rules. */
export interface RuleAccount {
  /** Where it stands in the tree: `all[1].not`; empty for the whole. */
  readonly path: string;
  readonly rule: string;
  /** Null where it is no longer known. */
  readonly result: boolean | null;
  /** What the person has there; nothing of groups, of behaviour, and of what is not known of them. */
  readonly value?: unknown;
}

/** What a contact `c` says to a condition, as SQL: whether it holds, and what they have in its field. */
export interface ConditionSql {
  readonly result: string;
  readonly value: string;
}

/** The answers of one person, in the order of `conditionsOf`. */
export interface Answer {
  /** Null where it is no longer known. */
  readonly result: boolean | null;
  readonly value: unknown;
}

/** The conditions of a rule, as they come in its account, each compiled by itself as it is within the rule. */
export const conditionsSql = (rule: Rule, parameters: SqlParameters, context: RuleContext): ConditionSql[] =>
  conditionsOf(rule).map((condition) => ({
    result: compileRule(condition, parameters, context),
    value: valueSql(condition, parameters),
  }));

/**
 * What of its conditions a rule tells by itself, of people of whom it is known whether it holds: all of an "all" that holds
 * do, and none of an "any" that does not. Null where that leaves it open.
 */
export function impliedBy(rule: Rule, holds: boolean | null): (boolean | null)[] {
  if ('field' in rule) return [holds];
  const parts = partsOf(rule);
  if ('not' in rule) return parts.flatMap(({ part }) => impliedBy(part, holds === null ? null : !holds));
  const settles = holds === 'all' in rule || parts.length === 1;
  return parts.flatMap(({ part }) => impliedBy(part, settles ? holds : null));
}

/** The conditions of a rule, in the order of its account. */
export function conditionsOf(rule: Rule): Condition[] {
  return 'field' in rule ? [rule] : partsOf(rule).flatMap(({ part }) => conditionsOf(part));
}

/** The account of a rule, made of the next answers, one for each of its conditions. */
export function accountOf(rule: Rule, answers: Iterator<Answer, unknown>, path = ''): RuleAccount[] {
  if ('field' in rule) {
    const { result, value } = nextOf(answers);
    return [{ path, rule: describeRule(rule), result, ...(value !== null && { value }) }];
  }
  const parts = partsOf(rule).map(({ part, key }) => accountOf(part, answers, path === '' ? key : `${path}.${key}`));
  const results = parts.map(([first]) => first?.result === true);
  return [{ path, ...joined(rule, results) }, ...parts.flat()];
}

/** The next of the answers, of which there are as many as conditions. */
export function nextOf(answers: Iterator<Answer, unknown>): Answer {
  const next = answers.next();
  if (next.done) throw new RangeError('a condition has no answer');
  return next.value;
}

function joined(rule: Exclude<Rule, Condition>, results: readonly boolean[]): { rule: string; result: boolean } {
  if ('all' in rule) return { rule: 'all of these', result: results.every((one) => one) };
  return 'any' in rule
    ? { rule: 'any of these', result: results.some((one) => one) }
    : { rule: 'not', result: results[0] !== true };
}

function partsOf(rule: Exclude<Rule, Condition>): { part: Rule; key: string }[] {
  if ('not' in rule) return [{ part: rule.not, key: 'not' }];
  const [name, parts] = 'all' in rule ? (['all', rule.all] as const) : (['any', rule.any] as const);
  const keyed = parts.map((part, index) => ({ part, key: `${name}[${index}]`, priority: part.priority }));
  return [...inOrder(keyed)];
}

// A token opens a telephone: that there is one is all that anybody needs to see.
function valueSql({ field: name }: Condition, parameters: SqlParameters): string {
  const field = findField(name);
  if (field === undefined || field.kind === 'behaviour') return 'null::jsonb';
  if (field.kind === 'attribute') return `c.attributes #> ${parameters.bind(field.path)}::text[]`;
  return field.column === 'push_token' ? 'to_jsonb(c.push_token is not null)' : `to_jsonb(c.${field.column})`;
}
