import fc from 'fast-check';

/** Values that people's records hold, and some that they should not. */
const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -3,
    2.5,
    1e21,
    '',
    ' ',
    'x',
    '<b>"&\'</b>',
    'äöü ß',
    '😀 a\u0301',
    '42',
    '1.5',
  ),
  fc.constantFrom<unknown>('2026-03-04', 'one,two,three', 'line\r\nbreak', 'now', 'a b  c', 'a\u2028"\\', '\ud83d'),
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const value = fc.letrec<{ value: unknown; list: unknown; record: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('list'), tie('record')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'size', 'first', 'name', 'toString'), tie('value'), {
    maxKeys: 4,
  }),
})).value;
const products = fc.array(
  fc.record(
    { name: scalar, price: fc.oneof(fc.double({ noNaN: true }), scalar), tags: fc.array(scalar, { maxLength: 3 }) },
    { requiredKeys: [] },
  ),
  { maxLength: 4 },
);

/** What a template may read. */
export const scopes = fc.record(
  {
    a: value,
    b: value,
    c: value,
    x: value,
    name: scalar,
    list: fc.array(value, { maxLength: 5 }),
    products,
    record: value,
  },
  { requiredKeys: [] },
);
