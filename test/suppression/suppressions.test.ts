import { type AutumnWorld, autumn, openAutumnWorld } from '../graphql/autumn-world';

let world: AutumnWorld;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
const rootOf = ({ data, errors }: { data: any; errors: readonly unknown[] }): any => {
  expect(errors).toEqual([]);
  return Object.values(data)[0];
};
const change = async (mutation: 'suppressUsers' | 'liftSuppressions', input: object) => {
  const type = mutation === 'suppressUsers' ? 'SuppressUsersInput' : 'LiftSuppressionsInput';
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { changed unchanged userErrors { code path } } }`;
  return rootOf(await world.ask(document, { input }, { role: 'editor' }));
};
const suppress = (input: object) => change('suppressUsers', input);
const lift = (input: object) => change('liftSuppressions', input);
const done = (changed: number, unchanged = 0) => ({ changed, unchanged, userErrors: [] });

const everybody = { audiences: [{ rules: { field: 'country', operator: 'equals', value: 'DE' } }] };
const suppressed = async (): Promise<number> => {
  const document = `query ($input: EstimateAudienceInput!) { estimateAudience(input: $input) { estimate { skipped { reason count } } } }`;
  const { estimate } = rootOf(await world.ask(document, { input: everybody }));
  return estimate.skipped.find(({ reason }: { reason: string }) => reason === 'suppressed')?.count ?? 0;
};
const importPeople = async (contacts: object[]) =>
  rootOf(
    await world.ask(
      'mutation ($input: ImportContactsInput!) { importContacts(input: $input) { report { accepted } } }',
      { input: { contacts } },
    ),
  );

beforeAll(async () => {
  world = await openAutumnWorld();
  await importPeople([...autumn.contacts.contacts]);
});
afterAll(() => world.close());

test('who is suppressed is skipped with that reason, and again when it is said twice', async () => {
  expect(await suppress({ userIds: ['ada', 'ben', 'ada'] })).toEqual(done(2));
  expect(await suppress({ userIds: ['ada', 'cleo'], channel: 'EMAIL' })).toEqual(done(2));
  expect(await suppress({ userIds: ['ada', 'cleo'], channel: 'EMAIL' })).toEqual(done(0, 2));
  expect(await suppressed()).toBe(3);
});

test('whoever the directory can hold can be suppressed, also by a list that was pasted', async () => {
  const longest = 'l'.repeat(255);
  const people = [longest, 'pasted'].map((externalId) => ({
    externalId,
    email: 'p@example.com',
    emailOptedIn: true,
    country: 'DE',
  }));
  await importPeople(people);
  const before = await suppressed();
  expect(await suppress({ userIds: [longest, ' pasted\t', 'pasted'] })).toEqual(done(2));
  expect(await suppressed()).toBe(before + 2);
  expect(await lift({ userIds: [longest, ' pasted'] })).toEqual(done(2));
  expect(await suppressed()).toBe(before);
});

test('another medium keeps nobody from e-mail', async () => {
  const before = await suppressed();
  expect(await suppress({ userIds: ['ida'], channel: 'SMS' })).toEqual(done(1));
  expect(await suppressed()).toBe(before);
});

test('a list from elsewhere holds before its people are known, and makes nobody known', async () => {
  const before = await suppressed();
  expect(await suppress({ userIds: ['zoe'], reason: 'COMPLAINED' })).toEqual(done(1));
  expect(await suppressed()).toBe(before);
  await importPeople([{ externalId: 'zoe', email: 'zoe@example.com', emailOptedIn: true, country: 'DE' }]);
  expect(await suppressed()).toBe(before + 1);
});

test('the organization takes back what it decided, not what people said', async () => {
  await suppress({ userIds: ['gina'] });
  await suppress({ userIds: ['gina'], reason: 'UNSUBSCRIBED' });
  const before = await suppressed();
  expect(await lift({ userIds: ['gina', 'nobody'] })).toEqual(done(1, 1));
  expect(await suppressed()).toBe(before);
  const refused = {
    changed: null,
    unchanged: null,
    userErrors: [{ code: 'AUDIENCE_INVALID_SUPPRESSION', path: 'reason' }],
  };
  for (const reason of ['UNSUBSCRIBED', 'COMPLAINED', 'ERASED'])
    expect(await lift({ userIds: ['gina'], reason })).toEqual(refused);
  expect(await suppressed()).toBe(before);
});

test('an erased person is not known again by being suppressed', async () => {
  await world.graph.ledger.query(
    "update campaign.contact set erased_at = now(), email = null where external_id = 'jens'",
  );
  expect(await suppress({ userIds: ['jens'] })).toEqual(done(0, 1));
});

test.each([
  ['nobody', { userIds: [] }, 'userIds'],
  ['too many', { userIds: Array.from({ length: 1_001 }, (_, index) => `p${index}`) }, 'userIds'],
  ['an empty id', { userIds: ['ok', ' '] }, 'userIds[1]'],
  ['an id that is too long', { userIds: ['x'.repeat(256)] }, 'userIds[0]'],
  ['an id that nobody can have', { userIds: ['a\nb'] }, 'userIds[0]'],
  ['an erasure', { userIds: ['ada'], reason: 'ERASED' }, 'reason'],
])('refuses %s, and changes nothing', async (_, input, path) => {
  const before = await suppressed();
  expect((await suppress(input)).userErrors).toEqual([{ code: 'AUDIENCE_INVALID_SUPPRESSION', path }]);
  expect(await suppressed()).toBe(before);
});

test('the same key does it once', async () => {
  const input = { userIds: ['hugo'], idempotencyKey: 'list-1' };
  expect(await suppress(input)).toEqual(done(1));
  expect(await lift({ userIds: ['hugo'] })).toEqual(done(1));
  expect(await suppress(input)).toEqual(done(1));
  expect(await lift({ userIds: ['hugo'] })).toEqual(done(0, 1));
});

test('the list is told page by page, each suppression once, and narrowed', async () => {
  const document = `query ($first: Int!, $after: String, $filter: SuppressionFilterInput) {
    suppressions(first: $first, after: $after, filter: $filter) {
      pageInfo { hasNextPage endCursor } edges { node { user { id } channel reason } }
    }
  }`;
  const page = async (variables: object) => rootOf(await world.ask(document, variables, { role: 'viewer' }));
  const said: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { edges, pageInfo } = await page({ first: 2, after });
    said.push(...edges.map(({ node: { user, channel, reason } }: never) => JSON.stringify([user, channel, reason])));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(new Set(said).size).toBe(said.length);
  expect(said).toEqual(
    expect.arrayContaining(['[{"id":"ada"},null,"DO_NOT_SEND"]', '[{"id":"ida"},"SMS","DO_NOT_SEND"]']),
  );
  expect(said.join()).not.toContain('jens');
  const narrowed = await page({ first: 100, filter: { reason: 'UNSUBSCRIBED' } });
  expect(narrowed.edges.map(({ node }: { node: object }) => node)).toEqual([
    { user: { id: 'gina' }, channel: null, reason: 'UNSUBSCRIBED' },
  ]);
});

test('another organization’s person of that id is another person', async () => {
  const before = await suppressed();
  const foreign = await world.graph.token('org_other', { role: 'editor' });
  const document = 'mutation ($input: SuppressUsersInput!) { suppressUsers(input: $input) { changed } }';
  expect(rootOf(await world.graph.post(foreign, document, { input: { userIds: ['leo'] } }))).toEqual({ changed: 1 });
  expect(await suppressed()).toBe(before);
});
