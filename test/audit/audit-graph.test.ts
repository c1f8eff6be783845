import { verifyChain } from '../../src/audit/chain-reader';
import { buildGraph } from '../../src/graphql/schema';
import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';
import { mutating, recipes } from './every-mutation';

const schema = buildGraph();
const organization = 'org-audited';
let world: GraphWorld;

beforeAll(async () => {
  world = await openGraphWorld();
  await mutate('updateOrganizationSettings', { postalAddress: 'Main Street 1', limits: { runningCampaigns: 100 } });
});
afterAll(() => world.close());

const tokenOf = (userId: string) => world.token(organization, { role: 'admin', userId });
const mutate: ReturnType<typeof mutating> = (...given) => mutating(world, schema, tokenOf)(...given);

interface Entry {
  readonly seq: number;
  readonly actor: string;
  readonly action: string;
  readonly objectId: string;
  readonly requestId: string | null;
  readonly changes: readonly { field: string; before: string | null; after: string | null }[];
}

const entry = 'seq at actor role action objectType objectId requestId hash previousHash changes { field before after }';
async function log(args: string, token?: string) {
  const query = `{ auditLog${args} { edges { cursor node { ${entry} } } pageInfo { hasNextPage endCursor } } }`;
  return world.post(token ?? (await tokenOf('usr_ada')), query);
}
const entries = async (args = '(first: 100)'): Promise<Entry[]> =>
  (await log(args)).data.auditLog.edges.map(({ node }: { node: Entry }) => node);

describe('every mutation of the schema', () => {
  const fields = Object.keys(schema.getMutationType()?.getFields() ?? {});

  test.each(fields)('%s leaves one entry, by whoever did it, about what it changed', async (field) => {
    const recipe = recipes[field];
    if (!recipe) throw new Error(`no test does ${field}: add a recipe, and an entry to its use case`);
    const { input, about } = await recipe(mutate);
    const [before] = await entries('(first: 1)');
    await mutate(field, input);
    const after = await entries();
    const added = after.filter(({ seq }) => seq > (before?.seq ?? 0));
    expect(added).toEqual([expect.objectContaining({ action: field, actor: 'usr_ada', role: 'admin' })]);
    expect(added[0]?.requestId).toMatch(/./);
    expect(added[0]?.changes.length).toBeGreaterThan(0);
    expect(added[0]?.objectId).toBe(field === 'cloneCampaign' ? added[0]?.objectId : (about ?? added[0]?.objectId));
  });

  test('refused leaves none', async () => {
    const [before] = await entries('(first: 1)');
    const query = 'mutation { archiveCampaign(input: { id: "cmp_none" }) { userErrors { code } } }';
    const { data } = await world.post(await tokenOf('usr_ada'), query);
    expect(data.archiveCampaign.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect(await entries('(first: 1)')).toEqual([before]);
  });

  test('and all of their entries are one chain', async () => {
    const [row] = await world.ledger.query<{ org_no: number }>(
      'select org_no from campaign.organization where id = $1',
      [organization],
    );
    const chain = await verifyChain(world.ledger, { org_no: row?.org_no ?? 0, id: organization });
    expect(chain.breaks).toEqual([]);
    expect(chain.entries).toBeGreaterThan(fields.length);
  });
});

test('an entry tells what was changed from what to what, and no text that a person wrote', async () => {
  const recipe = await recipes.updateCampaign?.(mutate);
  await mutate('updateCampaign', { ...recipe?.input, description: 'for ada@example.com' });
  await mutate('cancelCampaign', { id: recipe?.about, reason: 'ada@example.com asked for it' });
  const [cancelled, updated] = await entries('(first: 2)');
  expect(updated?.changes).toEqual([
    { field: 'description', before: null, after: expect.stringMatching(/^sha256:/) },
    { field: 'version', before: '1', after: '2' },
  ]);
  expect(cancelled?.changes).toContainEqual({ field: 'status', before: 'draft', after: 'cancelled' });
  const texts = await world.ledger.query('select * from campaign.audit_entry where changes like $1', ['%example.com%']);
  expect(texts).toEqual([]);
});

test('a page continues after its cursor, and a filter leaves the others out', async () => {
  const all = await entries();
  const first = await log('(first: 3)');
  const { endCursor, hasNextPage } = first.data.auditLog.pageInfo;
  expect(hasNextPage).toBe(true);
  const rest = await entries(`(first: 100, after: "${endCursor}")`);
  expect(rest).toEqual(all.slice(3));
  const beyond = Buffer.from(`[${Number.MAX_SAFE_INTEGER}]`).toString('base64url');
  expect(await entries(`(first: 100, after: "${beyond}")`)).toEqual(all);
  const approvals = await entries('(filter: { action: "approveCampaign", actor: "usr_ada" })');
  expect(approvals.map(({ action }) => action)).toEqual(['approveCampaign']);
  const about = approvals[0]?.objectId;
  expect((await entries(`(filter: { objectId: "${about}" })`)).map(({ action }) => action)).toEqual([
    'approveCampaign',
    'submitForApproval',
    'createCampaign',
  ]);
  expect(await entries('(filter: { since: "2100-01-01T00:00:00Z" })')).toEqual([]);
  expect(await entries('(first: 100, filter: { until: "2100-01-01T00:00:00Z" })')).toEqual(all);
});

test.each(['viewer', 'editor', 'approver', 'service'] as const)('a %s may not read the log', async (role) => {
  const { data, errors } = await log('', await world.token(organization, { role }));
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
});

test('an administrator of another organization sees nothing of it', async () => {
  const { data } = await log('', await world.token('org-elsewhere', { role: 'admin' }));
  expect(data.auditLog.edges).toEqual([]);
});
