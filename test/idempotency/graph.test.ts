import { type GraphQLInputObjectType, getNamedType } from 'graphql';
import { buildGraph } from '../../src/graphql/schema';
import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';

const fields = Object.values(buildGraph().getMutationType()?.getFields() ?? {});
const takesKey = fields.filter(
  ({ args: [input] }) => input && 'idempotencyKey' in (getNamedType(input.type) as GraphQLInputObjectType).getFields(),
);

let world: GraphWorld;
let token: string;
beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token('org-keys', { role: 'admin' });
});
afterAll(() => world.close());

test('everything that creates or sends takes a key; all else changes what is there, under its version or status', () => {
  const names = takesKey.map(({ name }) => name).sort();
  expect(names).toEqual([
    'cloneCampaign',
    'createCampaign',
    'createCampaignFromPreset',
    'createCampaignPreset',
    'createContentBlock',
    'createSegment',
    'importContacts',
    'importSuppressions',
    'retryFailed',
    'sendTest',
    'startCampaign',
    'suppressUsers',
  ]);
  const creating = /^(create|clone|start|import|retry|send|test|invite|issue|add)/;
  expect(fields.map(({ name }) => name).filter((name) => creating.test(name) && !names.includes(name))).toEqual([]);
});

const create =
  'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id name } userErrors { code path } } }';

test('a hundred requests with one key, many of them at once, are one campaign and one answer', async () => {
  const input = { name: 'Once', idempotencyKey: 'hundred' };
  const answers = [];
  for (let round = 0; round < 10; round++)
    answers.push(...(await Promise.all(Array.from({ length: 10 }, () => world.post(token, create, { input })))));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.data.createCampaign).toMatchObject({ campaign: { name: 'Once' }, userErrors: [] });
  const { data } = await world.post(token, '{ campaigns { edges { node { id } } } }');
  expect(data.campaigns.edges).toHaveLength(1);
});

test('the header is the key of a mutation that names none, and another input under it is refused', async () => {
  const ask = (name: string) => world.post(token, create, { input: { name } }, { 'idempotency-key': 'by-header' });
  const first = await ask('By header');
  expect(first.data.createCampaign.userErrors).toEqual([]);
  expect(await ask('By header')).toEqual(first);
  expect((await ask('Another')).data.createCampaign).toEqual({
    campaign: null,
    userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', path: 'idempotencyKey' }],
  });
});

test('what was refused leaves the key free', async () => {
  const ask = (name: string) => world.post(token, create, { input: { name, idempotencyKey: 'refused-first' } });
  expect((await ask('')).data.createCampaign.campaign).toBeNull();
  expect((await ask('Good at last')).data.createCampaign.userErrors).toEqual([]);
});
