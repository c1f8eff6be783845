import { defaultFields } from '../../src/campaign/campaign-fields';
import { startCampaign } from '../../src/campaign/start-campaign';
import { defaultExperiment, type WinnerMetric } from '../../src/experiment/experiment';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { createReady, email, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sms = { kind: 'sms' as const, content: { body: 'Hello' } };
const variants = ['A', 'B'].map((name) => ({ name, allocation: 50, channels: [email(), sms] }));
const delivery = { ...defaultFields.delivery, channelStrategy: 'ALL' as const };

test.each([
  ['CLICK', 'TEST_THEN_ROLLOUT', false],
  ['OPEN', 'BANDIT', false],
  ['CLICK', 'SPLIT', true],
] as const)(
  '%s may decide a %s where a person gets a message by each channel',
  async (metric, mode, automaticWinner) => {
    const scope = await readyScope(world, `all-${mode}`);
    const experiment = { ...defaultExperiment, metric, mode, automaticWinner };
    const id = await createReady(scope, { variants, fields: { name: mode, delivery, experiment } });
    expect((await planLaunch(scope, id)).refusals).toEqual([]);
    expect(await startCampaign(scope, { id })).toMatchObject({ executionId: expect.any(String) });
  },
);

test.each(['CONVERSION', 'REVENUE'] satisfies WinnerMetric[])('%s decides nothing without a goal', async (metric) => {
  const scope = await readyScope(world, `goal-${metric}`);
  const experiment = { ...defaultExperiment, metric, automaticWinner: true };
  const id = await createReady(scope, { variants, fields: { name: metric, delivery, experiment } });
  const refusal = { code: 'CAMPAIGN_EXPERIMENT_INVALID', path: 'experiment.metric' };
  await expect(startCampaign(scope, { id })).rejects.toMatchObject(refusal);
});
