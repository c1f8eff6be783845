import { GraphQLError, GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';

const iso = GraphQLDateTimeISO.toConfig();

/** A moment in time, ISO 8601 in UTC, of the years 1 to 9999: others are none in the database, or none in that form. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  ...iso,
  parseValue: (value: unknown) => ofOurEra(iso.parseValue(value)),
  parseLiteral: (node: ValueNode) => ofOurEra(iso.parseLiteral(node)),
});

function ofOurEra(at: Date): Date {
  const year = at.getUTCFullYear();
  if (year >= 1 && year <= 9_999) return at;
  throw new GraphQLError(`a time lies in the years 1 to 9999 of UTC, not in ${year}`);
}

/** Any JSON value. */
export const JsonScalar = GraphQLJSON;

/** Money and other exact decimals travel as text: a float would lose cents that the ledger keeps. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text, such as "30311.69".',
  serialize: checked,
  parseValue: checked,
});

function checked(value: unknown): string {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`not a decimal number: ${text.slice(0, 40)}`);
  return text;
}
