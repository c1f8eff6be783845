import { getNamedType, getNullableType, isInputObjectType } from 'graphql';
import { buildGraph } from '../../src/graphql/schema';
import { mutating, recipes } from '../audit/every-mutation';
import { type Answer, type GraphWorld, openGraphWorld } from './graph-world';
import { type InputPlace, placesOfInput, withValueAt, written } from './input-places';
import { oddValues } from './odd-values';

/** `BAD_INPUT=all` tries every value at every place, which takes minutes; else a few at each, drawn by `SEED`. */
const all = process.env.BAD_INPUT === 'all';
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const AT_EACH = 2;
/** Some 10 s of requests one after another, many times that where others want the processors too. */
const A_BUSY_MACHINE_MS = 240_000;

const organization = 'org-bad-input';
const schema = buildGraph();
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
let world: GraphWorld;
let token: string;

beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token(organization, { role: 'admin' });
  await mutate('updateOrganizationSettings', settings);
});
afterAll(() => world.close());

const settings = { postalAddress: 'Main Street 1', limits: { runningCampaigns: 1_000 }, approvalRequired: false };
const mutate: ReturnType<typeof mutating> = (...given) =>
  mutating(world, schema, (userId) => world.token(organization, { role: 'admin', userId }))(...given);

const inputOf = (field: string) => {
  const type = schema
    .getMutationType()
    ?.getFields()
    [field]?.args.find(({ name }) => name === 'input')?.type;
  const bare = type && getNullableType(type);
  if (!bare || !isInputObjectType(bare)) throw new Error(`${field} has no input`);
  return bare;
};

const send = (field: string, input: unknown): Promise<Answer> =>
  world.post(
    token,
    `mutation ($input: ${inputOf(field)}!) { ${field}(input: $input) { userErrors { code message path } } }`,
    { input },
  );

/** What no field of this kind takes. */
const wrongKind = (type: InputPlace['type']): unknown => {
  const bare = getNullableType(type);
  return isInputObjectType(bare) ? 'a text' : { wrong: true };
};

const takesAnything = (type: InputPlace['type']): boolean => getNamedType(type).name === 'JSON';

/** Numbers from the seed, so that a failure can be repeated. */
let state = seed | 1;
const dice = (sides: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return (state >>> 8) % sides;
};

function some(values: readonly unknown[]): readonly unknown[] {
  if (all || values.length <= AT_EACH) return values;
  const first = dice(values.length);
  return Array.from({ length: AT_EACH }, (_, n) => values[(first + n * (1 + dice(values.length - 1))) % values.length]);
}

/** A sum over every row of every table that belongs to an organization. */
async function everything(): Promise<string> {
  const tables = await world.ledger.query<{ name: string }>(TABLES, []);
  const sums = tables.map(({ name }) => `select sum(hashtext(t::text)::bigint) as sum, count(*) as n from ${name} t`);
  const [row] = await world.ledger.query<{ all: string }>(
    `select string_agg(coalesce(sum, 0) || '/' || n, ' ') as all from (${sums.join(' union all ')}) s`,
    [],
  );
  return row?.all ?? '';
}

const TABLES = `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'campaign'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and a.attname = 'org_no' and has_table_privilege(c.oid, 'select') order by 1`;

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
}

describe.each(mutations.map(({ name }) => name))('%s', (field) => {
  const type = inputOf(field);
  const places = placesOfInput(type);
  const recipe = async () => {
    const made = await recipes[field]?.(mutate);
    if (!made) throw new Error(`no test does ${field}: add a recipe`);
    return made.input;
  };

  test('says where a value of the wrong kind is', async () => {
    const base = await recipe();
    const before = await everything();
    for (const place of places.filter((one) => !takesAnything(one.type))) {
      const { data, errors } = await send(field, withValueAt(type, base, place.path, wrongKind(place.type)));
      expect([written(place.path), data?.[field]]).toEqual([written(place.path), undefined]);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors[0]?.message).toContain(`input.${written(place.path)}`);
    }
    expect(await everything()).toBe(before);
  });

  test(
    `takes odd values or refuses them with a code and a path, and what is refused changes nothing (SEED=${seed})`,
    async () => {
      let base = await recipe();
      let before = await everything();
      const faults: unknown[] = [];
      for (const place of places)
        for (const value of some(oddValues(place.type))) {
          const answer = await send(field, withValueAt(type, base, place.path, value));
          const after = await everything();
          const refusals = refusalsOf(answer, field);
          const isWell = refusals.every(isTyped) && (refusals.length === 0 || after === before);
          if (!isWell)
            faults.push({
              at: written(place.path),
              value: JSON.stringify(value).slice(0, 80),
              answer,
              changed: after !== before,
            });
          if (after === before) continue;
          base = await recipe();
          before = await everything();
        }
      expect(faults).toEqual([]);
    },
    A_BUSY_MACHINE_MS,
  );
});

/** What is wrong with a request as a whole. */
const ofRequest = new Set(['BAD_USER_INPUT', 'QUERY_TOO_LARGE']);

/** Mistakes of the caller, and faults of ours, whichever place of the answer they are in. */
const refusalsOf = ({ data, errors }: Answer, field: string): UserError[] =>
  errors.length > 0
    ? errors.map(({ message, extensions: { code } }) => ({ code, message, path: ofRequest.has(code) ? 'input' : null }))
    : data[field].userErrors;

const isTyped = ({ code, message, path }: UserError): boolean =>
  /^[A-Z_]+$/.test(code) && /\w/.test(message) && message.length < 1_000 && /\w/.test(path ?? '');
