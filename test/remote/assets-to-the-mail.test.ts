import { readConfig } from '../../src/config';
import { startSender } from '../../src/delivery/sender-role';
import { startDispatcher } from '../../src/dispatch/dispatcher-role';
import { startApi } from '../../src/graphql/api-role';
import { signToken } from '../../src/identity/token';
import { createLog } from '../../src/log';
import { Stack } from '../../src/shared/lifecycle';
import { createTestDatabase } from '../support/database';
import { testNatsUrl } from '../support/local-servers';
import { until } from '../support/until';
import { startSmtpWorld } from '../transports/smtp-world';
import { json, startRemoteWorld, status } from './remote-world';

const stack = new Stack();
afterAll(() => stack.stop());

test('an asset of a mutation is at its address in the mail that arrives, and only the api asked for it', async () => {
  const database = await createTestDatabase();
  stack.add(() => database.close());
  const [storage, media, smtp] = [await startRemoteWorld(), await startRemoteWorld(), await startSmtpWorld()];
  for (const world of [storage, media, smtp]) stack.add(() => world.close());
  storage.play = json({ assets: [{ id: 'hero', url: 'https://cdn.example/hero.png' }] });
  media.play = json({ images: [{ url: 'https://cdn.example/hero.png', optimized_url: 'https://img.example/h.webp' }] });
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    NATS_URL: testNatsUrl(),
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    STORAGE_SERVICE_URL: storage.url,
    MEDIA_SERVICE_URL: media.url,
  });
  const api = await startApi(config, createLog(config, 'api'));
  stack.add(() => api.stop());
  const token = await signToken({
    ...{ organizationId: 'org_assets', role: 'admin', userId: 'usr_ada' },
    ...{ secret: config.jwtSecret, now: new Date(), lifetimeSeconds: 600 },
  });
  const send = async (mutation: string, type: string, answer: string, input: object) => {
    const response = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { ${answer} userErrors { code message } } }`,
        variables: { input },
      }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
    const { data, errors } = (await response.json()) as any;
    expect([errors, data?.result?.userErrors]).toEqual([undefined, []]);
    return data.result;
  };
  await send('updateOrganizationSettings', 'UpdateOrganizationSettingsInput', 'organization { id }', {
    ...{ postalAddress: 'Main Street 1, 10115 Berlin', limits: { enabled: false }, quietHours: { enabled: false } },
  });
  await send('importContacts', 'ImportContactsInput', 'report { accepted }', {
    contacts: [{ externalId: 'ada', email: 'ada@example.com', emailOptedIn: true, country: 'DE' }],
    idempotencyKey: 'people',
  });
  const html = '<p>Hi</p><img alt="" src="asset:hero"><a href="{{ unsubscribe_url }}">No more</a>';
  const { campaign } = await send('createCampaign', 'CreateCampaignInput', 'campaign { id }', {
    name: 'With an asset',
    audiences: [{ rules: { field: 'country', operator: 'equals', value: 'DE' } }],
    variants: [{ name: 'A', allocation: 100, email: { content: { subject: 'Hi', html } } }],
  });
  storage.play = status(500);
  media.play = status(500);
  await send('startCampaign', 'StartCampaignInput', 'execution { id }', { id: campaign.id });
  const dispatcher = await startDispatcher(config, createLog(config, 'dispatcher'));
  stack.add(() => dispatcher.stop());
  const sender = await startSender(config, createLog(config, 'sender'));
  stack.add(() => sender.stop());
  const mail = await until('mail', () => smtp.mails[0]);
  // Quoted-printable: a long line is broken, and = is spelled.
  const words = mail.raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
  expect(words).toContain('<img alt="" src="https://img.example/h.webp">');
  expect([storage.asked.length, media.asked.length]).toEqual([1, 1]);
});
