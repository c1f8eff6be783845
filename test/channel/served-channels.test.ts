import { startCampaign } from '../../src/campaign/start-campaign';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { createScope } from '../../src/scope';
import { servedChannels } from '../../src/transports/served-channels';
import { createReady, email, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sms = { kind: 'sms' as const, content: { body: 'Hello' } };

test('a mail server carries e-mail, a provider everything, and webhooks go by themselves', () => {
  const smtpUrl = 'smtp://localhost';
  expect(servedChannels({ smtpUrl, providerUrl: undefined })).toEqual(['email', 'webhook']);
  expect(servedChannels({ smtpUrl, providerUrl: 'http://localhost' })).toContain('sms');
  expect(servedChannels({ smtpUrl: undefined, providerUrl: undefined })).toContain('push');
});

test('a campaign by a channel that no transport carries is refused at its start, and its plan says so', async () => {
  const { viewer } = await readyScope(world, 'mails-only');
  const scope = createScope({ ...world.parts, servedChannels: ['email'] }, viewer);
  const id = await createReady(scope, { variants: [{ name: 'A', allocation: 100, channels: [email(), sms] }] });
  const refusal = {
    code: 'CONTENT_CHANNEL_UNAVAILABLE',
    message: 'no transport here carries sms: disable it, or have PROVIDER_URL name a provider',
  };
  await expect(startCampaign(scope, { id })).rejects.toMatchObject(refusal);
  expect((await planLaunch(scope, id)).refusals).toMatchObject([refusal]);
  const disabled = [email(), { ...sms, enabled: false }];
  const other = await createReady(scope, { variants: [{ name: 'A', allocation: 100, channels: disabled }] });
  expect(await startCampaign(scope, { id: other })).toMatchObject({ executionId: expect.any(String) });
});

test('only commercial e-mail needs a postal address', async () => {
  const scope = await world.scopeOf('without-address');
  const id = await createReady(scope, { variants: [{ name: 'A', allocation: 100, channels: [sms] }] });
  expect(await startCampaign(scope, { id })).toMatchObject({ executionId: expect.any(String) });
});
