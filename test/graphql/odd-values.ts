import {
  type GraphQLInputObjectType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { InputPlace } from './input-places';

/** Of the right kind, and hardly what anybody means. */
const odd: Readonly<Record<string, readonly unknown[]>> = {
  String: [
    '',
    ' ',
    '\u0000',
    '\ud800',
    'a\r\nb: c',
    '{{',
    "'; drop table campaign.campaign; --",
    '💥'.repeat(300),
    'x'.repeat(30_000),
  ],
  ID: ['', 'cmp_never', '\u0000', '../..', 'x'.repeat(5_000)],
  Int: [-1, 0, 2_147_483_647, -2_147_483_648],
  Float: [-1, 1e308, -1e308, 5e-324, 100.001, 33.333_333],
  Boolean: [true, false],
  DateTimeISO: ['0001-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  Decimal: ['-1', '0.000001', '99999999999999999999999999'],
  JSON: [
    null,
    5,
    'text',
    [],
    {},
    { all: [] },
    { field: 'nope', operator: 'equals', value: 1 },
    { field: '\u0000' },
    nested(40),
  ],
};

function nested(levels: number): unknown {
  return levels === 0 ? { field: 'country', operator: 'equals', value: 'DE' } : { not: nested(levels - 1) };
}

/** What the type takes by its kind, and hardly anybody means. */
export function oddValues(type: InputPlace['type']): readonly unknown[] {
  const bare = getNullableType(type);
  const none = isNonNullType(type) ? [] : [null];
  if (isListType(bare)) return [...none, []];
  if (isInputObjectType(bare)) return [...none, {}].filter((value) => value === null || lacksNothing(bare));
  if (isEnumType(bare)) return [...none, ...bare.getValues().map(({ name }) => name)];
  return [...none, ...(odd[bare.name] ?? odd.String ?? [])];
}

const lacksNothing = (type: GraphQLInputObjectType): boolean =>
  Object.values(type.getFields()).every((field) => !isNonNullType(field.type) || field.defaultValue !== undefined);
