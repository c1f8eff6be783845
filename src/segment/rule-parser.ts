import { DomainError } from '../shared/errors';
import { isStorable } from '../shared/storable-text';
import { type Condition, OPERATORS, type Operator, RULE_LIMITS, type Rule, type RuleLimits } from './rule.types';
import { findField, KNOWN_FIELDS, operatorsOf } from './rule-field';
import { readValue } from './rule-value';

/** A rule out of anything that came from outside; AUDIENCE_INVALID_RULE names the place that is wrong. */
export const parseRule = (input: unknown, limits: RuleLimits = RULE_LIMITS): Rule => parseNode(input, '', 1, limits);

/** Why a rule is refused, with its path: `all[1].any[0].value`. */
const invalidRule = (path: string, message: string): DomainError =>
  new DomainError('AUDIENCE_INVALID_RULE', message, path);

const parseNode = (input: unknown, path: string, level: number, limits: RuleLimits): Rule => {
  const node = readObject(input, path);
  if (!('all' in node || 'any' in node || 'not' in node)) return parseCondition(node, path, limits);
  return { ...parseGroup(node, path, level, limits), ...parsePriority(node, path) };
};

const parseGroup = (node: Record<string, unknown>, path: string, level: number, limits: RuleLimits): Rule => {
  onlyKey(node, path);
  if (level > limits.levels) throw invalidRule(path, `rules are nested more than ${limits.levels} levels deep`);
  if ('not' in node) return { not: parseNode(node.not, at(path, 'not'), level + 1, limits) };
  return 'all' in node
    ? { all: parseList(node.all, at(path, 'all'), level, limits) }
    : { any: parseList(node.any, at(path, 'any'), level, limits) };
};

// An empty group is refused rather than read as "everyone": a lost rule must not widen an audience.
const parseList = (input: unknown, path: string, level: number, limits: RuleLimits): Rule[] => {
  if (!Array.isArray(input)) throw invalidRule(path, 'a list of rules is expected');
  if (input.length === 0) throw invalidRule(path, 'a group needs at least one rule');
  if (input.length > limits.perLevel) throw invalidRule(path, `a group holds at most ${limits.perLevel} rules`);
  return input.map((child, index) => parseNode(child, `${path}[${index}]`, level + 1, limits));
};

const parseCondition = (node: Record<string, unknown>, path: string, limits: RuleLimits): Condition => {
  for (const key of Object.keys(node)) {
    if (!['field', 'operator', 'value', 'priority'].includes(key))
      throw invalidRule(at(path, key), `a rule has no ${shown(key)}`);
  }
  const { field: name, operator } = node;
  const field = isName(name, limits) ? findField(name) : undefined;
  if (!field) throw invalidRule(at(path, 'field'), `${unknown('field', name)}: ${KNOWN_FIELDS}`);
  const taken = operatorsOf(field);
  if (!isOperator(operator))
    throw invalidRule(at(path, 'operator'), `${unknown('operator', operator)}: ${taken.join(', ')}`);
  if (!taken.includes(operator)) {
    const message = `${shown(name)} does not take the operator ${operator}; it takes ${taken.join(', ')}`;
    throw invalidRule(at(path, 'operator'), message);
  }
  const value = readValue({ field, operator, input: node.value, path: at(path, 'value'), limits });
  return { field: String(name), operator, value, ...parsePriority(node, path) };
};

const HIGHEST_PRIORITY = 1_000;

const parsePriority = ({ priority }: Record<string, unknown>, path: string): { readonly priority?: number } => {
  if (priority === undefined || priority === null) return {};
  if (typeof priority === 'number' && Number.isInteger(priority) && priority >= 0 && priority <= HIGHEST_PRIORITY)
    return { priority };
  throw invalidRule(at(path, 'priority'), `a whole number from 0 to ${HIGHEST_PRIORITY} is expected`);
};

const readObject = (input: unknown, path: string): Record<string, unknown> => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidRule(path, 'a rule is {all}, {any}, {not} or {field, operator, value}');
  }
  return input as Record<string, unknown>;
};

const onlyKey = (node: Record<string, unknown>, path: string): void => {
  if (Object.keys(node).filter((key) => key !== 'priority').length > 1)
    throw invalidRule(path, 'a group has exactly one of all, any and not');
};

const isName = (name: unknown, limits: RuleLimits): name is string =>
  typeof name === 'string' && name.length <= limits.textLength && isStorable(name);

const isOperator = (operator: unknown): operator is Operator => OPERATORS.includes(operator as Operator);

const at = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const unknown = (what: 'field' | 'operator', given: unknown): string =>
  given === undefined ? `a rule needs its ${what}` : `there is no ${what} ${shown(given)}`;

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 80);
