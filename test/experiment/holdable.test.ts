import { defaultFields } from '../../src/campaign/campaign-fields';
import { startCampaign } from '../../src/campaign/start-campaign';
import { checkHoldable, defaultExperiment, type Experiment } from '../../src/experiment/experiment';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { createReady, email, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const surroundings = { toAudience: true, byHash: true, goals: 1, sending: 2, severalEach: true };
const hold = (experiment: Partial<Experiment>, severalEach = true) =>
  checkHoldable({ ...defaultExperiment, ...experiment }, { ...surroundings, severalEach });
const refusal = { code: 'CAMPAIGN_EXPERIMENT_INVALID', path: 'experiment.metric' };

test.each([
  [{ metric: 'OPEN', mode: 'BANDIT' }],
  [{ metric: 'CLICK', mode: 'TEST_THEN_ROLLOUT' }],
  [{ metric: 'CLICK', mode: 'SPLIT', automaticWinner: true }],
] as const)('%j decides nothing where a person may get several messages', (experiment) => {
  expect(() => hold(experiment)).toThrow(expect.objectContaining(refusal));
  expect(() => hold(experiment, false)).not.toThrow();
});

test('conversions decide there, and a person may go by clicks', () => {
  hold({ metric: 'CONVERSION', mode: 'BANDIT' });
  hold({ metric: 'REVENUE', automaticWinner: true });
  hold({ metric: 'CLICK' });
});

test('a campaign by all its channels that would go by clicks is not started, and its plan says so', async () => {
  const scope = await readyScope(world, 'all-channels');
  const sms = { kind: 'sms' as const, content: { body: 'Hello' } };
  const variants = ['A', 'B'].map((name) => ({ name, allocation: 50, channels: [email(), sms] }));
  const ready = (channelStrategy: 'ALL' | 'FIRST_ELIGIBLE') =>
    createReady(scope, {
      variants,
      fields: {
        name: channelStrategy,
        delivery: { ...defaultFields.delivery, channelStrategy },
        experiment: { ...defaultExperiment, metric: 'CLICK', automaticWinner: true },
      },
    });
  const all = await ready('ALL');
  await expect(startCampaign(scope, { id: all })).rejects.toMatchObject(refusal);
  expect((await planLaunch(scope, all)).refusals).toMatchObject([refusal]);
  const first = await ready('FIRST_ELIGIBLE');
  expect(await startCampaign(scope, { id: first })).toMatchObject({ executionId: expect.any(String) });
});
