import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';

let world: GraphWorld;
let token: string;
beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token('org-winner', { role: 'editor' });
});
afterAll(() => world?.close());

let named = 0;
const create = async (experiment: object | null) => {
  named += 1;
  const { data, errors } = await world.post(
    token,
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) {
       campaign { id version experiment { mode metric automaticWinner confidence minimumPerArm testSamplePercentage
         testDurationMinutes ifUndecided batches batchMinutes floorPercentage } winner { reason } }
       userErrors { code path } } }`,
    { input: { name: `Compared ${named}`, experiment } },
  );
  expect(errors).toEqual([]);
  return data.createCampaign;
};

test('what an experiment does not say has its default', async () => {
  const { campaign } = await create({});
  expect(campaign).toMatchObject({
    winner: null,
    experiment: {
      ...{ mode: 'SPLIT', metric: 'CONVERSION', automaticWinner: false, confidence: 0.95, minimumPerArm: 1_000 },
      ...{ testSamplePercentage: 20, testDurationMinutes: 240, ifUndecided: 'BEST' },
      ...{ batches: 10, batchMinutes: 60, floorPercentage: 5 },
    },
  });
});

test('an experiment may be given back as it was read', async () => {
  const { campaign } = await create({});
  const again = await create(campaign.experiment);
  expect(again.userErrors).toEqual([]);
  expect(again.campaign.experiment).toEqual(campaign.experiment);
});

test('an experiment is kept, copied with its campaign, changed and taken away', async () => {
  const said = { mode: 'TEST_THEN_ROLLOUT', metric: 'CLICK', testSamplePercentage: 12.5, testDurationMinutes: 90 };
  const { campaign } = await create(said);
  expect(campaign.experiment).toMatchObject(said);
  const fields = 'campaign { id version experiment { mode testSamplePercentage } } userErrors { code }';
  const ask = async (mutation: string) => Object.values((await world.post(token, mutation)).data)[0];
  const clone = `mutation { cloneCampaign(input: { id: "${campaign.id}", name: "Copy" }) { ${fields} } }`;
  const copy = { campaign: { experiment: { mode: 'TEST_THEN_ROLLOUT', testSamplePercentage: 12.5 } } };
  expect(await ask(clone)).toMatchObject(copy);
  const update = (version: number, experiment: string) =>
    ask(
      `mutation { updateCampaign(input: { id: "${campaign.id}", version: ${version}, experiment: ${experiment} }) { ${fields} } }`,
    );
  expect(await update(1, '{ mode: BANDIT, metric: OPEN }')).toMatchObject({
    campaign: { experiment: { mode: 'BANDIT' } },
  });
  expect(await update(2, 'null')).toMatchObject({ campaign: { experiment: null }, userErrors: [] });
});

test.each([
  ['confidence', { confidence: 0.5 }],
  ['confidence', { confidence: 1 }],
  ['minimumPerArm', { minimumPerArm: 99 }],
  ['testSamplePercentage', { testSamplePercentage: 0.5 }],
  ['testSamplePercentage', { testSamplePercentage: 33.333 }],
  ['testDurationMinutes', { testDurationMinutes: 0 }],
  ['testDurationMinutes', { testDurationMinutes: 43_201 }],
  ['batches', { batches: 1 }],
  ['batchMinutes', { batchMinutes: 1_441 }],
  ['floorPercentage', { floorPercentage: 51 }],
  ['testSamplePercentage', { testSamplePercentage: 30 }],
  ['testDurationMinutes', { mode: 'BANDIT', metric: 'OPEN', testDurationMinutes: 30 }],
  ['ifUndecided', { mode: 'SPLIT', ifUndecided: 'SPLIT' }],
  ['batches', { mode: 'TEST_THEN_ROLLOUT', batches: 4 }],
  ['metric', { mode: 'BANDIT', metric: 'REVENUE' }],
  ['automaticWinner', { mode: 'BANDIT', automaticWinner: true }],
])('refuses %s of %j, and makes nothing', async (path, experiment) => {
  const refused = { campaign: null, userErrors: [{ code: 'CAMPAIGN_EXPERIMENT_INVALID', path: `experiment.${path}` }] };
  expect(await create(experiment)).toEqual(refused);
});

test('a campaign that has not started has no winner, and a viewer declares none', async () => {
  const { campaign } = await create({});
  const declare = (as: string, variantId: string) =>
    world.post(
      as,
      `mutation { declareWinner(input: { id: "${campaign.id}", variantId: "${variantId}" }) { userErrors { code path } } }`,
    );
  expect((await declare(token, 'var_none')).data.declareWinner).toEqual({
    userErrors: [{ code: 'CAMPAIGN_STATUS_TRANSITION', path: 'status' }],
  });
  const viewer = await declare(await world.token('org-winner'), 'var_none');
  expect(viewer.errors[0]?.extensions.code).toBe('FORBIDDEN');
});
