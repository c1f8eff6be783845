import { parseInstant } from '../shared/instant';
import { asInstant, COMPARISONS, lastDays } from './comparison-sql';
import type { Operator, Scalar } from './rule.types';
import type { SqlParameters } from './sql-parameters';

/** A condition on what lies at `path` in the attributes. */
interface AttributeCondition {
  readonly path: readonly string[];
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
  readonly parameters: SqlParameters;
  readonly now?: Date | undefined;
}

/** Beyond this many values one pass over the rows is dearer to plan as an index search for each. */
const INDEXED_VALUES = 20;

export const attributeSql = (condition: AttributeCondition): string => {
  const { operator, value } = condition;
  if (operator === 'equals') return equalsSql(condition, value as Scalar);
  if (operator === 'in') return inSql(condition, value as readonly Scalar[]);
  if (operator === 'contains') return containsSql(condition, value as Scalar);
  if (operator === 'exists') return `((jsonb_typeof(${found(condition)}) <> 'null') is true)`;
  if (operator === 'starts_with')
    return textSql(condition, (text) => `starts_with(${text}, ${bind(condition, value)}::text)`);
  if (operator === 'before' || operator === 'after' || operator === 'within_last') return instantSql(condition);
  return orderSql(condition);
};

const bind = ({ parameters }: AttributeCondition, value: unknown): string => parameters.bind(value);
const json = (condition: AttributeCondition, value: unknown): string =>
  `${bind(condition, JSON.stringify(value))}::jsonb`;
const found = (condition: AttributeCondition): string => `(c.attributes #> ${bind(condition, condition.path)}::text[])`;

// PostgreSQL's paths step into arrays with such keys, containment does not.
const stepsIntoArrays = (path: readonly string[]): boolean => path.some((key) => /^\s*[+-]?\d+\s*$/.test(key));

// Containment is what the index on attributes answers; a path deeper than that is compared by value.
const equalsSql = (condition: AttributeCondition, value: Scalar): string =>
  stepsIntoArrays(condition.path)
    ? `((${found(condition)} = ${json(condition, value)}) is true)`
    : `(c.attributes @> ${json(condition, nest(condition.path, value))})`;

const inSql = (condition: AttributeCondition, values: readonly Scalar[]): string =>
  values.length <= INDEXED_VALUES
    ? `(${values.map((value) => equalsSql(condition, value)).join(' or ')})`
    : `((${found(condition)} = any(${bind(
        condition,
        values.map((value) => JSON.stringify(value)),
      )}::jsonb[])) is true)`;

// A list contains the value as its element; a text contains it as a part.
const containsSql = (condition: AttributeCondition, value: Scalar): string => {
  const element = stepsIntoArrays(condition.path)
    ? ofType(condition, 'array', (list) => `${list} @> ${json(condition, [value])}`)
    : `(c.attributes @> ${json(condition, nest(condition.path, [value]))})`;
  if (typeof value !== 'string') return element;
  return `(${element} or ${textSql(condition, (text) => `strpos(${text}, ${bind(condition, value)}::text) > 0`)})`;
};

const nest = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight((inner: unknown, key) => Object.fromEntries([[key, inner]]), value);

// `case` settles the type first: what stands beside it with `and` may be evaluated before it.
const ofType = (condition: AttributeCondition, type: string, test: (found: string) => string): string => {
  const value = found(condition);
  return `(case when jsonb_typeof(${value}) = '${type}' then ${test(value)} else false end)`;
};

const textSql = (condition: AttributeCondition, test: (text: string) => string): string =>
  ofType(condition, 'string', (value) => test(`(${value} #>> '{}')`));

/** Numbers compare with numbers, times with times, texts with texts in the order of their bytes. */
const orderSql = (condition: AttributeCondition): string => {
  const [first, second] = condition.operator === 'between' ? (condition.value as readonly Scalar[]) : [condition.value];
  if (typeof first === 'number') return ofType(condition, 'number', (value) => numberOrder(condition, value));
  if ([first, second ?? first].every((text) => parseInstant(String(text)) !== undefined)) return instantSql(condition);
  return textSql(condition, (text) =>
    compare(condition, `${text} collate "C"`, (part) => `${bind(condition, part)}::text`),
  );
};

const numberOrder = (condition: AttributeCondition, value: string): string =>
  compare(condition, value, (part) => json(condition, part));

const instantSql = (condition: AttributeCondition): string => {
  const left = `campaign.instant(${found(condition)})`;
  const time = (part: unknown): string => `${bind(condition, asInstant(String(part)))}::timestamptz`;
  const place = (part: unknown): string => bind(condition, part);
  return condition.operator === 'within_last'
    ? `((${left} ${lastDays(Number(condition.value), place, condition.now)}) is true)`
    : `((${compare(condition, left, time)}) is true)`;
};

const compare = (
  { operator, value }: Pick<AttributeCondition, 'operator' | 'value'>,
  left: string,
  place: (part: Scalar | undefined) => string,
): string => {
  if (operator !== 'between') return `${left} ${COMPARISONS[operator]} ${place(value as Scalar)}`;
  const [from, to] = value as readonly Scalar[];
  return `${left} between ${place(from)} and ${place(to)}`;
};
