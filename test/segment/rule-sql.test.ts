import fc from 'fast-check';
import { parseRule } from '../../src/segment/rule-parser';
import { compileRule } from '../../src/segment/rule-sql';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { hashBucket } from '../../src/shared/hash-bucket';
import { parseInstant } from '../../src/shared/instant';
import { type Directory, openDirectory } from '../contact/directory';
import vectors from '../rules/hash-vectors.json';
import { holds, type Person } from './rule-evaluator';

const now = new Date('2026-01-20T12:00:00Z');
const texts = [
  '',
  'a',
  'A',
  'ab',
  'b a',
  "o'hara",
  '"',
  'ä',
  'a\u0308',
  '🙂',
  '\uffee',
  '%',
  '_',
  '\\',
  '10',
  'true',
  'null',
  "'; drop table campaign.contact; --",
  '$1',
];
const times = [
  '2026-01-15',
  '2026-02-30',
  '2026-01-20T12:00:00Z',
  '2026-01-20T12:00:00.001+02:00',
  '2026-01-20T12:00',
  '2026-01-19T24:00Z',
  '0000-01-01',
  'T',
  '2024-02-29',
];
const numbers = [0, -1, 1, 1.5, 10, 0.1, 1e15, -2.25e-7];
const paths = [
  'a',
  'b',
  'a.b',
  'b.a',
  'a.0',
  'b.1',
  'a.0.b',
  '"k.d"',
  'a."k.d"',
  '__proto__',
  "x' or true --",
  'a"b'.replace('"', "'"),
];
const columns = ['external_id', 'email', 'first_name', 'country'];

const scalar = fc.constantFrom<(string | number | boolean)[]>(...texts, ...times, ...numbers, true, false);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: tie('object') },
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', '0', 'k.d', '__proto__', "x' or true --"), tie('value')), {
      maxLength: 4,
    })
    .map((entries) => Object.fromEntries(entries)),
}));
const maybeText = fc.option(fc.constantFrom(...texts.slice(1), ...times));
const person = fc.record({
  email: maybeText,
  first_name: maybeText,
  country: fc.constantFrom('DE', 'FR', null),
  email_opted_in: fc.boolean(),
  tags: fc.subarray(['vip', 'new', "o'hara", '{}', 'a,b']),
  created_at: fc.integer({ min: -9, max: 2 }).map((days) => new Date(now.getTime() + days * 43_200_000)),
  attributes: json.object as fc.Arbitrary<Record<string, unknown>>,
});

const text = fc.constantFrom(...texts, ...times);
const time = fc.constantFrom(...times.filter((one) => parseInstant(one) !== undefined));
const attribute = fc.constantFrom(...paths.map((path) => `attributes.${path}`));
const column = fc.constantFrom(...columns);
const condition = (field: fc.Arbitrary<string>, operators: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.record({ field, operator: fc.constantFrom(...operators), value });
const order = ['greater_than', 'greater_than_or_equal', 'less_than', 'less_than_or_equal'];
const pair = (value: fc.Arbitrary<unknown>) => fc.array(value, { minLength: 2, maxLength: 2 });
const list = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(fc.array(value, { minLength: 1, maxLength: 4 }), fc.array(value, { minLength: 21, maxLength: 25 }));

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  condition(attribute, ['equals', 'not_equals', 'contains'], scalar),
  condition(attribute, ['in', 'not_in'], list(scalar)),
  condition(attribute, order, fc.oneof(text, fc.constantFrom(...numbers))),
  condition(attribute, ['between'], fc.oneof(pair(text), pair(fc.constantFrom(...numbers)), pair(time))),
  condition(fc.oneof(attribute, fc.constant('created_at')), ['before', 'after'], time),
  condition(fc.oneof(attribute, fc.constant('createdAt')), ['within_last'], fc.integer({ min: 1, max: 6 })),
  condition(fc.constant('created_at'), ['between'], pair(time)),
  condition(fc.oneof(attribute, column), ['starts_with'], text),
  condition(
    fc.oneof(attribute, column, fc.constantFrom('tags', 'created_at', 'email_opted_in')),
    ['exists'],
    fc.boolean(),
  ),
  condition(column, ['equals', 'not_equals', 'contains', ...order], text),
  condition(column, ['in', 'not_in'], list(text)),
  condition(column, ['between'], pair(text)),
  condition(fc.constantFrom('email_opted_in', 'emailOptedIn'), ['equals', 'not_equals'], fc.boolean()),
  condition(fc.constant('tags'), ['has_tag'], fc.constantFrom('vip', 'new', "o'hara", '{}', 'a,b', 'b')),
);
const rule = fc.letrec<{ rule: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
})).rule;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

let directory: Directory;
let people: Person[];
beforeAll(async () => {
  directory = await openDirectory();
  people = fc
    .sample(person, { numRuns: 250, seed: 11 })
    .map((one, index) => ({ ...one, external_id: texts[index] || `p-${index}` }));
  for (const one of people) {
    await directory.database.query(
      `insert into campaign.contact (org_no, external_id, email, first_name, country, email_opted_in, tags, created_at, attributes)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        directory.orgNo,
        one.external_id,
        one.email,
        one.first_name,
        one.country,
        one.email_opted_in,
        one.tags,
        one.created_at,
        JSON.stringify(one.attributes),
      ],
    );
  }
});
afterAll(() => directory.close());

/** Everybody's answer to the rule; null where SQL does not know. */
const ask = async (input: unknown): Promise<Map<string, boolean | null>> => {
  const parameters = new SqlParameters([directory.orgNo]);
  const sql = compileRule(parseRule(input), parameters, { now });
  const rows = await directory.database.query<{ external_id: string; answer: boolean | null }>(
    `select c.external_id, ${sql} as answer from campaign.contact c where c.org_no = $1`,
    parameters.values,
  );
  return new Map(rows.map((row) => [row.external_id, row.answer]));
};

/** Whom the rule chooses when it stands where it will stand: as a condition, open to the indexes. */
const chosen = async (input: unknown, setting = 'on'): Promise<string[]> => {
  const parameters = new SqlParameters([directory.orgNo]);
  const sql = compileRule(parseRule(input), parameters, { now });
  return directory.database.transaction(async (transaction) => {
    await transaction.query(`select set_config('enable_seqscan', $1, true)`, [setting]);
    const rows = await transaction.query<{ external_id: string }>(
      `select c.external_id from campaign.contact c where c.org_no = $1 and ${sql} order by c.external_id collate "C"`,
      parameters.values,
    );
    return rows.map((row) => row.external_id);
  });
};

describe('a rule in SQL', () => {
  it('chooses whom a plain reading of the rule chooses, and is never undecided', async () => {
    const zone = fc.constantFrom('on', 'off');
    await fc.assert(
      fc.asyncProperty(rule, zone, async (input, setting) => {
        const parsed = parseRule(input, { perLevel: 10, levels: 9, listLength: 100, textLength: 100 });
        const answers = await ask(parsed);
        for (const one of people) {
          const read = JSON.parse(JSON.stringify(parsed), (key, value) => (key === 'field' ? snake(value) : value));
          const expected = holds(read, one, now);
          if (answers.get(one.external_id) !== expected) {
            throw new Error(`${JSON.stringify(one)}: SQL says ${answers.get(one.external_id)}, it is ${expected}`);
          }
        }
        const selected = await chosen(parsed, setting);
        expect(new Set(selected)).toEqual(new Set([...answers].flatMap(([id, answer]) => (answer ? [id] : []))));
      }),
      { numRuns: 250 },
    );
  }, 120_000);

  it('chooses the same as SQL written by hand', async () => {
    const rows = await directory.database.query<{ external_id: string }>(
      `select external_id from campaign.contact where org_no = $1 and country in ('DE', 'FR')
         and (email_opted_in or 'vip' = any(tags)) and jsonb_typeof(attributes->'a') <> 'null'
         and not (jsonb_typeof(attributes->'a') = 'number' and attributes->>'a' = '10')
       order by external_id collate "C"`,
      [directory.orgNo],
    );
    const byRule = await chosen({
      all: [
        { field: 'country', operator: 'in', value: ['DE', 'FR'] },
        {
          any: [
            { field: 'email_opted_in', operator: 'equals', value: true },
            { field: 'tags', operator: 'has_tag', value: 'vip' },
          ],
        },
        { field: 'attributes.a', operator: 'exists' },
        { not: { field: 'attributes.a', operator: 'equals', value: 10 } },
      ],
    });
    expect(rows.length).toBeGreaterThan(10);
    expect(byRule).toEqual(rows.map((row) => row.external_id));
  });

  it('lets nothing of a rule into its text', async () => {
    const hostile = `x' or true); drop table campaign.contact; --`;
    const parameters = new SqlParameters();
    const sql = compileRule(
      parseRule({
        all: [
          { field: `attributes.${hostile}`, operator: 'starts_with', value: hostile },
          { field: `attributes."${hostile}".a`, operator: 'in', value: [hostile, 1] },
          { field: 'email', operator: 'contains', value: hostile },
          { field: 'tags', operator: 'has_tag', value: hostile },
        ],
      }),
      parameters,
      { now },
    );
    expect(sql).not.toContain('drop');
    expect(sql).not.toContain('or true');
    expect(await chosen({ field: 'first_name', operator: 'equals', value: hostile })).toEqual([]);
    expect(await chosen({ field: `attributes.${hostile}`, operator: 'exists' })).toEqual([]);
  });

  it('asks the index on attributes and tags', async () => {
    const plan = async (input: unknown): Promise<string> => {
      const parameters = new SqlParameters();
      const sql = compileRule(parseRule(input), parameters, { now });
      return directory.database.transaction(async (transaction) => {
        await transaction.query(
          `select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`,
        );
        const rows = await transaction.query(
          `explain select 1 from campaign.contact c where ${sql}`,
          parameters.values,
        );
        return JSON.stringify(rows);
      });
    };
    expect(await plan({ field: 'attributes.plan.tier', operator: 'equals', value: 'gold' })).toContain(
      'contact_by_attribute',
    );
    expect(await plan({ field: 'attributes.a', operator: 'in', value: [1, 2, 'x'] })).toContain('contact_by_attribute');
    expect(await plan({ field: 'tags', operator: 'has_tag', value: 'vip' })).toContain('contact_by_tag');
  });

  it('reads times as the parser does, in whatever zone the session is', async () => {
    const rows = await directory.database.transaction(async (transaction) => {
      await transaction.query(`set local timezone to 'Asia/Kolkata'`);
      return transaction.query<{ text: string; at: Date | null }>(
        `select text, campaign.instant(to_jsonb(text)) as at from unnest($1::text[]) text`,
        [
          [
            ...times,
            ...texts,
            '1900-02-29',
            '2026-12-31T23:59:59.999999-14:59',
            '2026-01-01T00:00:60Z',
            '９９９９-01-01',
          ],
        ],
      );
    });
    expect(rows.map((row) => [row.text, row.at?.getTime()])).toEqual(
      rows.map((row) => [row.text, parseInstant(row.text)]),
    );
    expect(rows.filter((row) => row.at).length).toBeGreaterThan(4);
  });
});

describe('the draw by hash', () => {
  it('is the vectors’ in TypeScript', () => {
    expect(vectors.map(({ salt, key }) => hashBucket(salt, key))).toEqual(vectors.map((vector) => vector.bucket));
  });

  it('is the vectors’ in SQL', async () => {
    const rows = await directory.database.query<{ bucket: number }>(
      `select campaign.hash_bucket(salt, key) as bucket from unnest($1::text[], $2::text[]) with ordinality v (salt, key, n) order by n`,
      [vectors.map((vector) => vector.salt), vectors.map((vector) => vector.key)],
    );
    expect(rows.map((row) => row.bucket)).toEqual(vectors.map((vector) => vector.bucket));
  });

  it('is even: no tenth of 100,000 people is off by more than 3 percent', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n++) {
      const tenth = Math.floor(hashBucket('variant:c1:', `customer-${n}`) / 1000);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const tenth of tenths) expect(Math.abs(tenth - 10_000)).toBeLessThan(300);
  });
});
