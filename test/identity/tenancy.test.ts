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
import { buildTenant, type Tenant } from './tenant-builder';

const schema = buildGraph();
const roots = rootFields(schema);

/** Stands in every text of the other organization; whoever reads it in an answer has found a leak. */
const canary = 'canary';

let world: GraphWorld;
let ours: Tenant;
let theirs: Tenant;
let client: TestClient;

beforeAll(async () => {
  world = await openGraphWorld();
  [ours, theirs] = [await buildTenant(world, 'finch'), await buildTenant(world, canary)];
  client = connectClient(world.url, ours.token);
});
afterAll(async () => {
  await client.close();
  await world.close();
});

const ask = (tenant: Tenant, { query, variables }: GeneratedDocument): Promise<Answer> =>
  world.post(tenant.token, query, variables);

/** The same shape, and nobody's: what a guess looks like. */
const guessLike = (id: string): string => id.replace(/.{6}$/, '000000');

/** What an answer says but for what differs between any two askings: the id itself, new ids, names and times. */
const gist = (answer: unknown, given: string): string =>
  JSON.stringify(answer)
    .replaceAll(given, '<given>')
    .replaceAll(/\b([a-z]{3})_\w+/g, '$1_<id>')
    .replaceAll(/generated-\d+/g, '<name>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/"cursor":"[^"]+"|"(start|end)Cursor":"[^"]+"/g, '"cursor":<cursor>');

async function subscribeOnce({ query, variables }: GeneratedDocument): Promise<unknown> {
  const followed = client.follow(query, variables);
  const first = await followed.next();
  followed.stop();
  return first;
}

/** Every row of an organization in every table that has organizations, as one text for each table. */
async function rowsOf({ orgNo }: Tenant): Promise<Record<string, string>> {
  const tables = await world.ledger.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_no'
     where c.relnamespace = 'campaign'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
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

describe('an organization', () => {
  it('reads its own things by the very documents that show others nothing', async () => {
    const answers: unknown[] = [];
    for (const id of Object.values(theirs.ids)) {
      for (const root of roots.filter(({ operation }) => operation === 'query'))
        for (const place of placesOf(root)) answers.push((await ask(theirs, documentOf(root, { [place]: id }))).data);
      for (const type of entityTypes(schema)) answers.push((await ask(theirs, referenceTo(schema, type, id))).data);
    }
    const text = JSON.stringify(answers);
    for (const part of ['campaign', 'description', 'tag', 'note', 'variant', 'subject', 'body', 'segment', 'plan'])
      expect(text).toContain(`${canary} ${part}`.replace(/ (tag|plan)$/, '-$1'));
  });

  const places = roots.flatMap((root) =>
    placesOf(root).map((place) => ({ root, place, name: `${root.operation} ${root.field.name}(${place})` })),
  );

  it.each(places)(
    'learns nothing from $name with ids of another, and changes nothing there',
    async ({ root, place }) => {
      const before = await rowsOf(theirs);
      for (const id of Object.values(theirs.ids)) {
        const [foreign, guessed] = [await askWith(root, place, id), await askWith(root, place, guessLike(id))];
        expect(gist(foreign, id)).not.toContain(canary);
        expect(gist(foreign, id)).toBe(gist(guessed, guessLike(id)));
      }
      expect(await rowsOf(theirs)).toEqual(before);
    },
  );

  const askWith = (root: RootField, place: Place, id: string): Promise<unknown> => {
    const document = documentOf(root, { [place]: id });
    return root.operation === 'subscription' ? subscribeOnce(document) : ask(ours, document);
  };

  it.each(entityTypes(schema))(
    'gets of a foreign %s by reference what it gets of one that does not exist',
    async (type) => {
      for (const id of Object.values(theirs.ids)) {
        const [foreign, guessed] = [
          await ask(ours, referenceTo(schema, type, id)),
          await ask(ours, referenceTo(schema, type, guessLike(id))),
        ];
        expect(gist(foreign, id)).not.toContain(canary);
        expect(gist(foreign, id)).toBe(gist(guessed, guessLike(id)));
      }
    },
  );

  it.each(
    roots
      .filter(({ field }) => placesOf({ operation: 'query', field }).length === 0)
      .map((root) => [root.field.name, root] as const),
  )('sees only itself in %s', async (_, root) => {
    expect(JSON.stringify(await ask(ours, documentOf(root)))).not.toContain(canary);
  });

  it('uses a cursor of another without seeing anything of theirs', async () => {
    const query = `query ($after: String) { campaigns(first: 1, after: $after) { edges { node { name } } pageInfo { endCursor } }
      segments(first: 1, after: $after) { edges { node { name } } } }`;
    const { data } = await world.post(theirs.token, query);
    const answer = await world.post(ours.token, query, { after: data.campaigns.pageInfo.endCursor });
    expect(answer.errors).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain(canary);
  });
});
