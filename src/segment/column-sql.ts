import { asInstant, COMPARISONS, lastDays } from './comparison-sql';
import type { Operator, Scalar } from './rule.types';
import type { ColumnKind } from './rule-field';
import type { SqlParameters } from './sql-parameters';

/** A condition on a profile column; `column` is one of ours, never a caller's text. */
interface ColumnCondition {
  readonly kind: ColumnKind;
  readonly column: string;
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
  readonly parameters: SqlParameters;
  readonly now?: Date | undefined;
}

export const columnSql = (condition: ColumnCondition): string => {
  const { kind, column, value, parameters } = condition;
  if (kind === 'boolean') return booleanSql(condition);
  if (kind === 'tags') {
    return condition.operator === 'exists'
      ? `(cardinality(c.${column}) > 0)`
      : `(c.${column} @> array[${parameters.bind(value)}::text])`;
  }
  return `((${kind === 'time' ? timeSql(condition) : textSql(condition)}) is true)`;
};

const booleanSql = ({ column, operator, value, parameters }: ColumnCondition): string =>
  operator === 'exists' ? 'true' : `(c.${column} = ${parameters.bind(value)}::boolean)`;

// Order is that of the bytes, the same in every database; equality does not depend on it.
const textSql = ({ column, operator, value, parameters }: ColumnCondition): string => {
  const text = (part: unknown): string => `${parameters.bind(part)}::text`;
  if (operator === 'exists') return `c.${column} is not null`;
  if (operator === 'equals') return `c.${column} = ${text(value)}`;
  if (operator === 'in') return `c.${column} = any(${parameters.bind(value)}::text[])`;
  if (operator === 'contains') return `strpos(c.${column}, ${text(value)}) > 0`;
  if (operator === 'starts_with') return `starts_with(c.${column}, ${text(value)})`;
  const ordered = `c.${column} collate "C"`;
  if (operator !== 'between') return `${ordered} ${COMPARISONS[operator]} ${text(value)}`;
  const [from, to] = value as readonly Scalar[];
  return `${ordered} between ${text(from)} and ${text(to)}`;
};

const timeSql = ({ column, operator, value, parameters, now }: ColumnCondition): string => {
  const time = (part: Scalar | undefined): string => `${parameters.bind(asInstant(String(part)))}::timestamptz`;
  const between = ([from, to]: readonly Scalar[]): string => `c.${column} between ${time(from)} and ${time(to)}`;
  if (operator === 'exists') return `c.${column} is not null`;
  if (operator === 'within_last') {
    return `c.${column} ${lastDays(Number(value), (part) => parameters.bind(part), now)}`;
  }
  if (operator === 'between') return between(value as readonly Scalar[]);
  return `c.${column} ${COMPARISONS[operator]} ${time(value as Scalar)}`;
};
