import { DomainError } from '../shared/errors';
import { parseInstant } from '../shared/instant';
import { isStorable } from '../shared/storable-text';
import type { Operator, RuleLimits, Scalar } from './rule.types';
import type { FieldKind, RuleField } from './rule-field';

/** A value still to be judged: the field and operator it belongs to, and where it stands in the tree. */
export interface GivenValue {
  readonly field: RuleField;
  readonly operator: Operator;
  readonly input: unknown;
  readonly path: string;
  readonly limits: RuleLimits;
}

/** The value of a condition, when it is of the kind that its field and operator call for. */
export const readValue = (given: GivenValue): Scalar | readonly Scalar[] => {
  if (given.operator === 'in' || given.operator === 'not_in') return readList(given);
  if (given.operator === 'between') return readPair(given);
  if (given.operator === 'exists') return given.input === undefined ? true : expect(given, isBoolean, 'true or false');
  if (given.operator === 'within_last') return expect(given, isDays, 'a whole number of days, 1 to 36500');
  return readScalar(given);
};

const readScalar = (given: GivenValue): Scalar => {
  if (given.operator === 'before' || given.operator === 'after') return expect(given, isInstant, A_TIME);
  if (given.operator === 'starts_with' || given.operator === 'has_tag') return expect(given, isText, A_TEXT);
  const [test, words] = isOrder(given.operator) ? ORDERED[given.field.kind] : COMPARED[given.field.kind];
  return expect(given, test, words);
};

const readList = (given: GivenValue): readonly Scalar[] => {
  const { input, path, limits } = given;
  if (!Array.isArray(input) || input.length === 0) throw wrong(path, 'a list with at least one value');
  if (input.length > limits.listLength) throw wrong(path, `at most ${limits.listLength} values`);
  return input.map((item, index) =>
    readScalar({ ...given, operator: 'equals', input: item, path: `${path}[${index}]` }),
  );
};

const readPair = (given: GivenValue): readonly Scalar[] => {
  const { input, path } = given;
  if (!Array.isArray(input) || input.length !== 2) throw wrong(path, 'a list of two values: from and to');
  const pair = input.map((item, index) => readScalar({ ...given, input: item, path: `${path}[${index}]` }));
  if (typeof pair[0] !== typeof pair[1]) throw wrong(`${path}[1]`, 'a value of the same type as the first');
  return pair;
};

type Test = (input: unknown) => input is Scalar;
type Expectation = readonly [Test, string];

const A_TEXT = 'a text';
const A_TIME = 'a time such as 2026-01-31 or 2026-01-31T09:00:00Z';

const isText = (input: unknown): input is string => typeof input === 'string' && isStorable(input);
const isBoolean = (input: unknown): input is boolean => typeof input === 'boolean';
const isNumber = (input: unknown): input is number => typeof input === 'number' && Number.isFinite(input);
const isInstant = (input: unknown): input is string => isText(input) && parseInstant(input) !== undefined;
const isDays = (input: unknown): input is number =>
  Number.isInteger(input) && Number(input) >= 1 && Number(input) <= 36_500;
const isOrdered = (input: unknown): input is Scalar => isText(input) || isNumber(input);
const isScalar = (input: unknown): input is Scalar => isOrdered(input) || isBoolean(input);
const isOrder = (operator: Operator): boolean => /^(greater|less)_than|^between$/.test(operator);

const TEXT: Expectation = [isText, A_TEXT];
const ORDERED: Readonly<Record<FieldKind, Expectation>> = {
  text: TEXT,
  tags: TEXT,
  boolean: [isBoolean, 'true or false'],
  time: [isInstant, A_TIME],
  // Never asked for: a behaviour is within days, or there at all.
  behaviour: [isBoolean, 'true or false'],
  attribute: [isOrdered, 'a number or a text'],
};
const COMPARED: Readonly<Record<FieldKind, Expectation>> = {
  ...ORDERED,
  attribute: [isScalar, 'a text, a number, true or false'],
};

const expect = (given: GivenValue, test: Test, words: string): Scalar => {
  if (!test(given.input)) throw wrong(given.path, words);
  if (typeof given.input === 'string' && given.input.length > given.limits.textLength) {
    throw wrong(given.path, `at most ${given.limits.textLength} characters`);
  }
  return given.input;
};

const wrong = (path: string, words: string): DomainError =>
  new DomainError('AUDIENCE_INVALID_RULE', `expected ${words}`, path);
