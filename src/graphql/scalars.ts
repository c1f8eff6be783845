import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';

/** A moment in time, ISO 8601 in UTC. */
export const DateTimeScalar = GraphQLDateTimeISO;

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
