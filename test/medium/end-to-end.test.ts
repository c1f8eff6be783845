import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnd } from '../../drill/ledger-view';
import { openStage, type Stage } from '../../drill/stage';
import { findDifferences } from '../../src/operations/check-invariants';
import { CHANNEL, REASON } from '../../src/shared/ledger-codes';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../../src/transports/webhook-settings';
import { webhookSecrets } from '../../src/transports/webhook-signature';
import { build } from '../demo/built-demo';
import { until } from '../support/until';
import { startWebhookWorld, type WebhookWorld } from '../transports/webhook-world';

let world: WebhookWorld;
let stage: Stage;
let dir: string;

const RECIPIENTS = 12;

beforeAll(async () => {
  await build();
  world = await startWebhookWorld();
  // The provider takes whatever it is given, and so does the program that webhooks go to.
  world.play = (response, _, { body }) => {
    const messages: { key: string }[] = JSON.parse(body).messages ?? [];
    response.end(JSON.stringify({ results: messages.map(({ key }) => ({ key, status: 'accepted' })) }));
  };
  dir = mkdtempSync(join(tmpdir(), 'campaign-media-'));
  stage = await openStage({
    dir,
    recipients: RECIPIENTS,
    channels: 'mixed',
    durable: false,
    environment: { PROVIDER_URL: world.url, WEBHOOK_TARGETS: 'any', PUBLIC_URL: 'https://m.example' },
    print: () => undefined,
  });
  await Promise.all([
    stage.worker('dispatcher', 'dispatcher', {}).start(),
    stage.worker('sender', 'sender', {}).start(),
  ]);
}, 120_000);
afterAll(async () => {
  await stage?.close();
  await world?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  world.requests.length = 0;
});

async function run(campaign: Promise<{ execNo: number }>): Promise<number> {
  const { execNo } = await campaign;
  await until('the end', async () => (await readEnd(stage.database, execNo)).status === 'completed', 60_000);
  expect(await findDifferences(stage.database, execNo)).toEqual([]);
  return execNo;
}

test('a commercial mail says where its sender is by post, whatever its author wrote', async () => {
  const html = '<body><p>Hi {{ first_name }}</p><a href="{{ unsubscribe_url }}">stop</a></body>';
  await run(stage.campaigns.startBy([{ kind: 'email', content: { subject: 'Hi', html } }]));
  const [settings] = await stage.database.query<{ address: string }>(
    `select settings ->> 'postalAddress' as address from campaign.organization where org_no = $1`,
    [stage.campaigns.organizationNo],
  );
  const mails = world.requests.flatMap(({ body }): { html: string; text: string }[] => JSON.parse(body).messages);
  expect(mails).toHaveLength(RECIPIENTS);
  expect(settings?.address).toMatch(/\w/);
  for (const mail of mails) {
    expect(mail.html).toMatch(new RegExp(`${settings?.address}</p><img [^>]*></body>$`));
    expect(mail.text.endsWith(`\n\n${settings?.address}`)).toBe(true);
  }
}, 120_000);

test('a webhook goes to its address by itself, signed, once for each person', async () => {
  const content = {
    url: `${world.url}/hook`,
    headers: [{ name: 'X-Kind', value: 'sale' }],
    payloadTemplate: '{"who":"{{ external_id }}","name":"{{ first_name }}"}',
  };
  const execNo = await run(stage.campaigns.startBy([{ kind: 'webhook', content }]));
  const hooks = world.requests.filter(({ path }) => path === '/hook');
  expect(hooks.length).toBeGreaterThanOrEqual(RECIPIENTS);
  expect(world.requests).toHaveLength(hooks.length);
  expect(new Set(hooks.map(({ body }) => JSON.parse(body).who)).size).toBe(hooks.length);
  expect(new Set(hooks.map(({ headers }) => headers['webhook-id'])).size).toBe(hooks.length);
  const [secret = ''] = webhookSecrets([DEVELOPMENT_WEBHOOK_SECRET], 'org_drill');
  for (const { headers, body } of hooks) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(headers['x-kind']).toBe('sale');
  }
  const [row] = await stage.database.query<{ sent: number }>(
    'select count(*)::int as sent from campaign.message where exec_no = $1 and channel = $2 and disposition = 2',
    [execNo, CHANNEL.webhook],
  );
  expect(row?.sent).toBe(hooks.length);
}, 120_000);

test('a text message that came out too long for a person is failed with that reason, and never cut off', async () => {
  const body = "{% if first_name contains '3' %}{% for n in (1..200) %}x{% endfor %}{% endif %}Hi {{ first_name }}";
  const execNo = await run(stage.campaigns.startBy([{ kind: 'sms', content: { body } }]));
  const messages = world.requests.flatMap(({ body: text }): { body: string }[] => JSON.parse(text).messages);
  const [ends] = await stage.database.query<{ failed: number; sent: number; reason: number; counted: number }>(
    `select count(*) filter (where disposition = 4)::int as failed, count(*) filter (where disposition = 2)::int as sent,
       max(gate) filter (where disposition = 4)::int as reason,
       (select sum(n)::int from campaign.reason_counter where exec_no = $1 and reason = ${REASON.too_long}) as counted
     from campaign.message where exec_no = $1`,
    [execNo],
  );
  expect(ends).toMatchObject({ reason: REASON.too_long, counted: ends?.failed });
  expect(ends?.failed).toBeGreaterThan(0);
  expect(messages).toHaveLength(ends?.sent ?? 0);
  expect(messages.every((message) => /^Hi \S+/.test(message.body))).toBe(true);
}, 120_000);
