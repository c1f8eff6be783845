import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type DrillApi, makeApi } from '../../drill/api';
import { drillOrganization } from '../../drill/campaigns';
import { openStage, type Stage } from '../../drill/stage';
import { type Bus, openBus } from '../../src/adapters/nats';
import { findDifferences } from '../../src/operations/check-invariants';
import { build } from '../demo/built-demo';
import { until } from '../support/until';

interface Taken {
  readonly key: string;
  readonly messageId: string;
  readonly to: string;
  readonly title?: string;
}

let taken: Taken[] = [];
let provider: Server;
let stage: Stage;
let api: DrillApi;
let bus: Bus;
let dir: string;
let told = 0;

beforeAll(async () => {
  await build();
  provider = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { messages }: { messages: Taken[] } = JSON.parse(text);
    taken.push(...messages);
    response.end(JSON.stringify({ results: messages.map(({ key }) => ({ key, status: 'accepted' })) }));
  }).listen(0, '127.0.0.1');
  await until('the provider', () => provider.listening);
  dir = mkdtempSync(join(tmpdir(), 'campaign-logins-'));
  stage = await openStage({
    dir,
    recipients: 10,
    durable: false,
    environment: { PROVIDER_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}` },
    print: () => undefined,
  });
  bus = await openBus({ url: stage.parts.natsUrl, name: 'logins', log: pino({ level: 'silent' }) });
  api = await makeApi(stage, 'admin');
  await Promise.all([
    stage.worker('dispatcher', 'dispatcher', {}).start(),
    stage.worker('sender', 'sender', {}).start(),
    api.worker.start(),
  ]);
}, 120_000);
beforeEach(async () => {
  taken = [];
  await stage.database.query('delete from campaign.contact_session');
});
afterAll(async () => {
  await bus?.close();
  await stage?.close();
  provider?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

const publish = (type: string, data: object, more: object = {}) =>
  bus.publishBatch([
    {
      subject: type,
      id: `told-${++told}`,
      payload: JSON.stringify({
        id: `e-${told}`,
        type,
        source: 'test',
        organizationId: drillOrganization,
        data,
        ...more,
      }),
    },
  ]);
const session = (kind: 'started' | 'ended', n: number) =>
  publish(`user.session.${kind}`, { userId: `customer-${n}`, at: new Date().toISOString() });

interface Seen {
  readonly execution: { id: string; status: string; waitingFor: { reason: string; until: string } | null };
  readonly queued: number;
  readonly sent: number;
}

async function act(name: string, id: string, more = ''): Promise<void> {
  const mutation = `mutation ($id: ID!) { ${name}(input: { id: $id${more} }) { userErrors { code message path } } }`;
  const answer = await api.ask<Record<string, { userErrors: unknown[] }>>(mutation, { id });
  expect(answer[name]?.userErrors).toEqual([]);
}

async function create(userIds: readonly string[]): Promise<string> {
  const { createCampaign } = await api.ask<{ createCampaign: { campaign: { id: string }; userErrors: unknown[] } }>(
    `mutation ($name: String!, $userIds: [ID!]!) {
      createCampaign(input: { name: $name, audiences: [{ userIds: $userIds }], variants: [{ name: "A",
        inApp: { content: { title: "Hello {{ first_name }}", body: "News" } } }] }) { campaign { id } userErrors { code message path } }
    }`,
    { name: `Logins ${++told}`, userIds },
  );
  expect(createCampaign.userErrors).toEqual([]);
  return createCampaign.campaign.id;
}

async function see(id: string): Promise<Seen> {
  const { campaign } = await api.ask<{
    campaign: {
      executions: {
        edges: { node: Seen['execution'] & { reconciliation: { queued: number; sent: number } } }[];
      };
    };
  }>(
    `query ($id: ID!) { campaign(id: $id) { executions(first: 1) { edges { node {
      id status waitingFor { reason until } reconciliation { queued sent }
    } } } } }`,
    { id },
  );
  const [edge] = campaign.executions.edges;
  if (!edge) throw new Error('not started');
  const { reconciliation, ...execution } = edge.node;
  return { execution, ...reconciliation };
}

const explain = async (id: string, n: number) => {
  const { explain: found } = await api.ask<{
    explain: { message: object; gates: { gate: string; result: string; seen: object | null }[] }[];
  }>(
    `query ($id: ID!, $user: ID!) { explain(campaignId: $id, userId: $user) {
      message { status awaitsLoginUntil deliveredAt } gates { gate result seen } } }`,
    { id, user: `customer-${n}` },
  );
  return found[0];
};

const waiting = (id: string, queued: number) =>
  until('people who wait for their login', async () => {
    const seen = await see(id).catch(() => undefined);
    return seen?.queued === queued && seen.execution.waitingFor?.reason === 'LOGIN' && seen;
  });
const handed = () => taken.map(({ to }) => to).sort();
const exact = async () => expect(await findDifferences(stage.database)).toEqual([]);

test('nothing is handed over before the login; then once, and it is delivered', async () => {
  await session('started', 1);
  await until(
    'the session',
    async () => (await stage.database.query('select from campaign.contact_session')).length > 0,
  );
  const id = await create(['customer-1', 'customer-2', 'customer-3']);
  const { launchPlan } = await api.ask<{ launchPlan: object }>(
    'query ($id: ID!) { launchPlan(campaignId: $id) { messages awaitingLogin finishesAt asOf warnings { code people share } } }',
    { id },
  );
  expect(launchPlan).toMatchObject({
    messages: 3,
    awaitingLogin: 2,
    warnings: [{ code: 'LOGIN_AWAITED', people: 2, share: 2 / 3 }],
  });
  await act('startCampaign', id);
  const { execution, sent } = await waiting(id, 2);
  expect(sent).toBe(1);
  expect(new Date(execution.waitingFor?.until ?? 0).getTime()).toBeGreaterThan(Date.now() + 71 * 3_600_000);
  expect(handed()).toEqual(['customer-1']);
  expect(await explain(id, 2)).toMatchObject({
    message: { status: 'QUEUED', awaitsLoginUntil: execution.waitingFor?.until },
    gates: expect.arrayContaining([
      {
        gate: 'time',
        result: 'WAITS',
        seen: expect.objectContaining({ login: 'awaited', until: execution.waitingFor?.until }),
      },
    ]),
  });
  await Promise.all([session('started', 2), session('started', 2)]);
  await until('the message', () => taken.length === 2);
  await session('started', 2);
  await session('ended', 3);
  const { messageId } = taken[1] ?? { messageId: '' };
  await publish('notification.delivered', { messageId, at: new Date().toISOString() });
  await until('the delivery', async () => {
    const found = await explain(id, 2);
    return found && 'deliveredAt' in found.message && found.message.deliveredAt;
  });
  const delivered = await explain(id, 2);
  expect(delivered).toMatchObject({ message: { status: 'DELIVERED', awaitsLoginUntil: null } });
  expect(delivered?.gates.find(({ gate }) => gate === 'time')).toMatchObject({
    result: 'PASSED',
    seen: { waits: [{ because: 'login', since: expect.any(String), until: expect.any(String) }] },
  });
  await session('started', 3);
  await until('the end', async () => (await see(id)).execution.status === 'COMPLETED');
  expect(handed()).toEqual(['customer-1', 'customer-2', 'customer-3']);
  await exact();
}, 60_000);

test('a login during a pause is kept: who is still there gets theirs at the resume, the other one at the next login', async () => {
  const id = await create(['customer-4', 'customer-5']);
  await act('startCampaign', id);
  await waiting(id, 2);
  await act('pauseCampaign', id, ', reason: "wait"');
  await Promise.all([session('started', 4), session('started', 5)]);
  await until('both logins', async () => (await stage.database.query('select from campaign.login_wait')).length === 0);
  await session('ended', 5);
  await until(
    'the end of one',
    async () =>
      (await stage.database.query('select from campaign.contact_session where ended_at is not null')).length > 0,
  );
  expect(handed()).toEqual([]);
  await act('resumeCampaign', id);
  await until('who is there', () => taken.length === 1);
  await waiting(id, 1);
  expect(handed()).toEqual(['customer-4']);
  await session('started', 5);
  await until('the end', async () => (await see(id)).execution.status === 'COMPLETED');
  expect(handed()).toEqual(['customer-4', 'customer-5']);
  await exact();
}, 60_000);

test('past its time a message expires, and the execution completes', async () => {
  const id = await create(['customer-6', 'customer-7']);
  await act('startCampaign', id);
  await waiting(id, 2);
  await session('started', 6);
  await until('the one who came', () => taken.length === 1);
  await stage.database.query("update campaign.login_wait set until = now() - interval '1 second'");
  await until('the end', async () => (await see(id)).execution.status === 'COMPLETED');
  await session('started', 7);
  expect(await explain(id, 7)).toMatchObject({ message: { status: 'SKIPPED', awaitsLoginUntil: null } });
  expect(handed()).toEqual(['customer-6']);
  await exact();
}, 60_000);

test('a cancelled campaign sends nothing at a login', async () => {
  const id = await create(['customer-8', 'customer-9']);
  await act('startCampaign', id);
  await waiting(id, 2);
  await act('cancelCampaign', id, ', reason: "a mistake"');
  await session('started', 8);
  await until('an account', async () => (await see(id)).queued === 0);
  expect(await explain(id, 8)).toMatchObject({ message: { status: 'CANCELLED' } });
  expect(handed()).toEqual([]);
  await exact();
}, 60_000);

test('a test goes out at once', async () => {
  const id = await create(['customer-10']);
  const { sendTest } = await api.ask<{ sendTest: { messages: number; userErrors: unknown[] } }>(
    `mutation ($id: ID!) { sendTest(input: { campaignId: $id, channel: IN_APP, userIds: ["customer-10"] }) {
      messages userErrors { code message path } } }`,
    { id },
  );
  expect(sendTest).toEqual({ messages: 1, userErrors: [] });
  await until('the test', () => taken.length === 1);
  expect(taken[0]).toMatchObject({ to: 'customer-10', title: '[Test] Hello Ada 10' });
  await exact();
}, 60_000);

test('what is no session event is a dead letter, and who is unknown is nobody', async () => {
  await publish('user.session.started', { userId: 'customer-1' });
  await publish('user.session.started', { userId: 'nobody', at: new Date().toISOString() });
  await publish(
    'user.session.started',
    { userId: 'customer-1', at: new Date().toISOString() },
    { organizationId: 'elsewhere' },
  );
  const letters = await until('the dead letter', async () => {
    const found = await stage.database.query<{ subject: string; reason: string }>(
      'select subject, reason from campaign.dead_letter',
    );
    return found.length > 0 && found;
  });
  expect(letters).toEqual([{ subject: 'user.session.started', reason: 'at is no point in time of this century' }]);
}, 60_000);
