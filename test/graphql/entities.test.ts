import { type BuiltExecution, buildExecution, externalId } from '../events/ledger-builder';
import { type GraphWorld, openGraphWorld } from './graph-world';

interface Things {
  readonly token: string;
  /** Ids by type, as many of each as there are. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

let world: GraphWorld;
let ours: Things;
let theirs: Things;

beforeAll(async () => {
  world = await openGraphWorld();
  [ours, theirs] = [await makeThings('ours'), await makeThings('theirs')];
});
afterAll(() => world.close());

/** Three of each entity in an organization of its own, all but rows of the ledger by the API. */
async function makeThings(name: string): Promise<Things> {
  const token = await world.token(`org-${name}`, { role: 'admin' });
  const made = [];
  for (const n of [1, 2, 3]) made.push(await makeCampaign(token, `${name} ${n}`));
  const built = await Promise.all(
    [1, 2, 3].map((n) =>
      buildExecution(world.ledger, { name: `${name}${n}`, people: 3, organizationId: `org-${name}` }),
    ),
  );
  await Promise.all(built.map(giveNotification));
  const ids = {
    Campaign: made.map(({ id }) => id),
    Segment: made.map(({ segmentId }) => segmentId),
    ContentBlock: await Promise.all([1, 2, 3].map((n) => makeBlock(token, `block_${n}`))),
    Variant: made.map(({ variants }) => variants[0]?.id ?? ''),
    Audience: made.map(({ audiences }) => audiences[0]?.id ?? ''),
    Execution: [1, 2, 3].map((n) => `exe_${name}${n}`),
    Message: await messageIds(token, `exe_${name}1`),
    User: [1, 2, 3].map((n) => externalId(`${name}${n}`, 0)),
    Notification: built.map(notificationOf),
  };
  return { token, ids };
}

const notificationOf = ({ campaignId }: BuiltExecution) => `ntf-${campaignId}`;

const giveNotification = (built: BuiltExecution) =>
  world.ledger.query('insert into campaign.message_notification values ($1, $2, $3, 1, 1, 1)', [
    built.orgNo,
    notificationOf(built),
    built.execNo,
  ]);

interface Made {
  readonly id: string;
  readonly version: number;
  readonly segmentId: string;
  readonly variants: readonly { id: string }[];
  readonly audiences: readonly { id: string }[];
}

async function makeCampaign(token: string, name: string): Promise<Made> {
  const rules = { field: 'email', operator: 'exists' };
  const segment = await act(token, 'createSegment', 'CreateSegmentInput', 'segment { id }', { name, rules });
  const variants = [
    { name: 'A', allocation: 50, isControl: true },
    { name: 'B', allocation: 50 },
  ];
  const input = { name, audiences: [{ segmentId: segment.segment.id }], variants };
  const parts = 'campaign { id version variants { id } audiences { id } }';
  const { campaign } = await act(token, 'createCampaign', 'CreateCampaignInput', parts, input);
  return { ...campaign, segmentId: segment.segment.id };
}

async function makeBlock(token: string, key: string): Promise<string> {
  const input = { key, kind: 'PLAIN', content: 'Hello' };
  const made = await act(token, 'createContentBlock', 'CreateContentBlockInput', 'contentBlock { id }', input);
  return made.contentBlock.id;
}

async function act(token: string, mutation: string, type: string, selection: string, input: object) {
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code message } } }`;
  const { data, errors } = await world.post(token, document, { input });
  expect(errors).toEqual([]);
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation];
}

async function messageIds(token: string, id: string): Promise<string[]> {
  const query = 'query ($id: ID!) { execution(id: $id) { messages(first: 3) { edges { node { id } } } } }';
  const { data } = await world.post(token, query, { id });
  return data.execution.messages.edges.map((edge: { node: { id: string } }) => edge.node.id);
}

// What each shows beside its id: something that takes a reading of its own.
const shown: Readonly<Record<string, string>> = {
  Campaign:
    'id name variants { id } audiences { segment { id } } metrics { sent } executions(first: 1) { edges { cursor } }',
  Segment: 'id name rules',
  ContentBlock: 'id key content',
  Variant: 'id channels { id }',
  Audience: 'id segment { id }',
  Execution: 'id campaign { id } metrics { sent } reconciliation { audience } waitingFor { reason }',
  Message: 'id recipient { id } execution { id } variant { id } notification { id }',
  User: 'id suppressions { reason } campaignMessages(first: 2) { edges { node { id } } }',
  Notification: 'id campaignMessage { id recipient { id } }',
};
// Whose they are is another team's to say, so nothing is said here of whether they exist.
const owned = Object.keys(shown).filter((type) => type !== 'User' && type !== 'Notification');

async function fetchEntities(type: string, ids: readonly unknown[], token = ours.token) {
  const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename ... on ${type} { ${shown[type]} } } }`;
  const before = world.statements();
  const { data, errors } = await world.post(token, query, { refs: ids.map((id) => ({ __typename: type, id })) });
  const found: readonly ({ id: string } | null)[] = data._entities;
  return { found, errors, statements: world.statements() - before };
}

const repeated = <Item>(items: readonly Item[], n: number): Item[] =>
  Array.from({ length: n }, (_, index) => items[index % items.length] as Item);

describe('two hundred references', () => {
  it.each(Object.keys(shown))('to %s cost as many statements as two', async (type) => {
    await fetchEntities(type, ours.ids[type] ?? []);
    const [two, many] = [
      await fetchEntities(type, repeated(ours.ids[type] ?? [], 2)),
      await fetchEntities(type, repeated(ours.ids[type] ?? [], 200)),
    ];
    expect([...two.errors, ...many.errors]).toEqual([]);
    expect(many.found).toHaveLength(200);
    expect(many.found.every((one) => one !== null)).toBe(true);
    expect(many.statements).toBe(two.statements);
    expect(many.statements).toBeLessThanOrEqual(20);
  });

  it.each(owned)('to %s give nothing for what is foreign, unknown or no id, each in its place', async (type) => {
    const [first = '', second = ''] = ours.ids[type] ?? [];
    const [foreign = ''] = theirs.ids[type] ?? [];
    const strange = ['', 'x_never', `${first}x`, 7, null, "'; --", '💥'];
    const ids = repeated([first, foreign, ...strange, second], 200);
    const { found, errors } = await fetchEntities(type, ids);
    expect(errors).toEqual([]);
    expect(found.map((one) => one?.id ?? null)).toEqual(ids.map((id) => (id === first || id === second ? id : null)));
  });

  it.each(['User', 'Notification'])('to %s show of foreign ones what they show of unknown ones', async (type) => {
    const [foreign = ''] = theirs.ids[type] ?? [];
    const { found } = await fetchEntities(type, [foreign, 'never']);
    expect(JSON.stringify(found[0]).replaceAll(foreign, 'never')).toBe(JSON.stringify(found[1]));
  });
});

describe('a reference to what was deleted', () => {
  it('gives nothing', async () => {
    const { id, version, variants } = await makeCampaign(ours.token, 'with two variants');
    const [kept = { id: '' }, dropped = { id: '' }] = variants;
    const input = { id, version, variants: [{ id: kept.id, name: 'A', allocation: 100 }] };
    await act(ours.token, 'updateCampaign', 'UpdateCampaignInput', 'campaign { id }', input);
    const { found, errors } = await fetchEntities('Variant', [dropped.id, kept.id]);
    expect(errors).toEqual([]);
    expect(found.map((one) => one?.id ?? null)).toEqual([null, kept.id]);
  });
});
