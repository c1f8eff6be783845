import 'reflect-metadata';
import { buildGraph } from '../../src/graphql/schema';
import { type Answer, type GraphWorld, openGraphWorld } from '../graphql/graph-world';
import { connectClient, type TestClient } from '../graphql/ws-client';
import {
  documentOf,
  entityTypes,
  type GeneratedDocument,
  type Place,
  placesOf,
  type RootField,
  referenceTo,
  rootFields,
} from './document-generator';
import { buildTenant, draftCampaign, type Tenant } from './tenant-builder';

const schema = buildGraph();
const roots = rootFields(schema);

/** Stands in every text of the other organization; whoever reads it in an answer has found a leak. */
const canary = 'canary';

let world: GraphWorld;
let ours: Tenant;
let theirs: Tenant;
let client: TestClient;

async function open(): Promise<void> {
  world = await openGraphWorld();
  [ours, theirs] = [await buildTenant(world, 'finch'), await buildTenant(world, canary)];
  client = connectClient(world.url, ours.token);
}

async function close(): Promise<void> {
  await client.close();
  await world.close();
}

/** What is left is the code's own scoping. */
async function switchRowSecurityOff(): Promise<void> {
  await world.ledger.transaction(async (tx) => {
    await tx.query('set local role none');
    const tables = await tx.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'campaign'::regnamespace and relrowsecurity`,
    );
    for (const { name } of tables) await tx.query(`alter table campaign.${name} disable row level security`);
  });
}

const ask = (tenant: Tenant, { query, variables }: GeneratedDocument): Promise<Answer> =>
  world.post(tenant.token, query, variables);

/** The same shape, and nobody's: what a guess looks like. */
const guessLike = (id: string): string => id.replace(/.{6}$/, '000000');

/** What an answer says but for what differs between any two askings: the id itself, new ids, names and times. */
const gist = (answer: unknown, given: string): string =>
  JSON.stringify(answer)
    .replaceAll(given, '<given>')
    .replaceAll(/\b([a-z]{3})_\w+/g, '$1_<id>')
    .replaceAll(/(generated-|draft )\d+/g, '<name>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/"cursor":"[^"]+"|"(start|end)Cursor":"[^"]+"/g, '"cursor":<cursor>');

async function subscribeOnce({ query, variables }: GeneratedDocument): Promise<unknown> {
  const followed = client.follow(query, variables);
  const first = await followed.next();
  followed.stop();
  return first;
}

/** Every row of an organization in every table that has organizations and may be read, as one text for each table. */
async function rowsOf({ orgNo }: Tenant): Promise<Record<string, string>> {
  const tables = await world.ledger.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_no'
     where c.relnamespace = 'campaign'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and has_table_privilege(c.oid, 'select') order by 1`,
  );
  const rows = tables.map(async ({ name }): Promise<[string, string]> => {
    const [row] = await world.ledger.query<{ rows: string }>(
      `select coalesce(string_agg(t::text, chr(10) order by t::text), '') as rows from campaign.${name} t where org_no = $1`,
      [orgNo],
    );
    return [name, row?.rows ?? ''];
  });
  return Object.fromEntries(await Promise.all(rows));
}

const places = roots.flatMap((root) =>
  placesOf(root).map((place) => ({ root, place, name: `${root.operation} ${root.field.name}(${place})` })),
);
const withoutPlaces = roots.filter((root) => placesOf(root).length === 0);

/** The id at one place; where a mutation needs a campaign beside it, one of our own that nobody has touched. */
async function askWith(root: RootField, place: Place, id: string): Promise<unknown> {
  const beside = placesOf(root).filter((other) => other !== place && /^input\.id$|^campaignId$/.test(other));
  const own = beside.length > 0 ? await draftCampaign(world, ours) : '';
  const document = documentOf(root, { ...Object.fromEntries(beside.map((other) => [other, own])), [place]: id });
  return root.operation === 'subscription' ? subscribeOnce(document) : ask(ours, document);
}

/** What the other organization's ids bring to light: nothing of its own. */
async function showsNothing(askFor: (id: string) => Promise<unknown>): Promise<void> {
  for (const id of Object.values(theirs.ids)) expect(gist(await askFor(id), id)).not.toContain(canary);
}

/** They bring to light no more than a guess does. */
async function learnsNothing(askFor: (id: string) => Promise<unknown>): Promise<void> {
  for (const id of Object.values(theirs.ids)) {
    const guess = guessLike(id);
    const [foreign, guessed] = await Promise.all([askFor(id), askFor(guess)]);
    expect(gist(foreign, id)).not.toContain(canary);
    expect(gist(foreign, id)).toBe(gist(guessed, guess));
  }
}

describe.each([
  { how: 'by row-level security and its own scoping', prepare: async () => undefined, judge: learnsNothing },
  { how: 'by its own scoping alone', prepare: switchRowSecurityOff, judge: showsNothing },
])('an organization is kept from another $how: it', ({ prepare, judge }) => {
  beforeAll(async () => {
    await open();
    await prepare();
  });
  afterAll(close);

  it('reads its own things by the very documents that show others nothing', async () => {
    const answers: unknown[] = [];
    const ids = Object.values(theirs.ids);
    for (const root of roots.filter(({ operation }) => operation === 'query'))
      for (const place of placesOf(root))
        for (const id of ids) answers.push((await ask(theirs, documentOf(root, { [place]: id }))).data);
    for (const type of entityTypes(schema)) answers.push((await ask(theirs, referenceTo(schema, type, ...ids))).data);
    const text = JSON.stringify(answers);
    for (const part of [
      ' campaign',
      ' description',
      '-tag',
      ' note',
      ' variant',
      ' subject',
      ' segment',
      '-plan',
      ' reason',
    ])
      expect(text).toContain(`${canary}${part}`);
  });

  it.each(places)('learns nothing from $name with foreign ids, and changes nothing there', async ({ root, place }) => {
    const before = await rowsOf(theirs);
    await judge((id) => askWith(root, place, id));
    expect(await rowsOf(theirs)).toEqual(before);
  });

  it.each(entityTypes(schema))('gets of foreign ids of a %s by reference what it gets of none', async (type) => {
    const ids = Object.values(theirs.ids);
    const guesses = ids.map(guessLike);
    const foreign = await ask(ours, referenceTo(schema, type, ...ids));
    const guessed = await ask(ours, referenceTo(schema, type, ...guesses));
    const neutral = (answer: Answer, given: readonly string[]) =>
      given.reduce((text, id) => text.replaceAll(id, '<given>'), JSON.stringify(answer));
    expect(neutral(foreign, ids)).not.toContain(canary);
    expect(neutral(foreign, ids)).toBe(neutral(guessed, guesses));
  });

  it.each(withoutPlaces.map((root) => [root.field.name, root] as const))('sees only itself in %s', async (_, root) => {
    const before = await rowsOf(theirs);
    expect(JSON.stringify(await ask(ours, documentOf(root)))).not.toContain(canary);
    expect(await rowsOf(theirs)).toEqual(before);
  });

  it('continues after a cursor of another without seeing anything of theirs', async () => {
    const query = `query ($after: String) {
      campaigns(first: 1, after: $after) { edges { node { name } } pageInfo { endCursor } }
      segments(first: 1, after: $after) { edges { node { name } } } }`;
    const { data } = await world.post(theirs.token, query);
    const answer = await world.post(ours.token, query, { after: data.campaigns.pageInfo.endCursor });
    expect(answer.errors).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain(canary);
  });
});
