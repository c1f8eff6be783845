import pino, { type BaseLogger } from 'pino';
import { type Bus, openBus } from '../../src/adapters/nats';
import { type OutboxRelay, startOutboxRelay } from '../../src/events/outbox-relay';
import { systemClock } from '../../src/shared/clock';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { type BuiltExecution, buildExecution } from './ledger-builder';
import { type OwnNatsServer, quietLog, startOwnNatsServer, until } from './own-nats-server';

const ids = messageIdKeys('secret');
let server: OwnNatsServer;
let postgres: TestDatabase;
let bus: Bus;
let execution: BuiltExecution;
const seen: { id: string; type: string; organizationId: string; data: Record<string, unknown> }[] = [];
let runs = 0;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await startOwnNatsServer();
});

afterAll(async () => {
  await server.close();
  await postgres.close();
});

beforeEach(async () => {
  bus = await openBus({ url: server.url, name: 'test', log: quietLog });
  await bus.ensureStreams();
  seen.length = 0;
  await bus.consume({ stream: 'CAMPAIGN', durable: `recorder-${runs}` }, async (messages) => {
    seen.push(...messages.map((message) => JSON.parse(message.text())));
  });
  execution = await buildExecution(postgres.dispatcher, { name: `outbox-${runs++}`, people: 2_000 });
});

afterEach(async () => {
  await bus.close();
  await postgres.dispatcher.query('delete from campaign.outbox');
});

const write = (kind: string, payload: object, execNo: number | null = execution.execNo) =>
  postgres.dispatcher.query(
    'insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at) values ($1, $2, $3, $4, $5, now())',
    [execution.orgNo, execution.campaignNo, execNo, kind, payload],
  );
const relay = (log: BaseLogger = quietLog): OutboxRelay =>
  startOutboxRelay({ database: postgres.dispatcher, bus, log, clock: systemClock, ids });
const waiting = async () =>
  (await postgres.dispatcher.query('select 1 from campaign.outbox where published_at is null')).length;
const mine = () => seen.filter((event) => event.data.campaignId === execution.campaignId);

test('lifecycle events keep their order, and a batch becomes one event for each message', async () => {
  await write('campaign.started', { reason: 'because' }, null);
  await write('campaign.message.sent', { seqs: [3, 1, 2], attempts: [1, 2, 1] });
  await write('campaign.message.bounced', {
    seqs: [1],
    ats: [1_763_633_000_123],
    data: { bounceType: 'soft', said: 'a "no"' },
  });
  await write('campaign.completed', {});
  const running = relay();
  await until(() => mine().length === 6);
  await running.stop();
  const sent = mine()[1];
  expect(mine().map((event) => event.type)).toEqual([
    'campaign.started',
    ...Array(3).fill('campaign.message.sent'),
    'campaign.message.bounced',
    'campaign.completed',
  ]);
  expect(sent?.data.messageId).toBe(encodeMessageId(ids, execution.execNo, 3));
  expect(sent?.organizationId).toBe('org-1');
  expect(sent?.data).toMatchObject({ channel: 'email', attempt: 1, executionId: `exe_outbox-${runs - 1}` });
  expect(mine()[4]?.data).toMatchObject({ bounceType: 'soft', said: 'a "no"', at: '2025-11-20T10:03:20.123Z' });
  expect(JSON.stringify(seen)).not.toContain('@example.com');
  expect(new Set(seen.map((event) => event.id)).size).toBe(seen.length);
});

test('each step of a campaign is a line of the log, and no message is; what people wrote stays out of it', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  await write('campaign.started', { executionId: 'exe_1' });
  await write('campaign.message.sent', { seqs: [1, 2] });
  await write('campaign.cancelled', { reason: 'Mr Smith asked for it' }, null);
  const running = relay(log);
  await until(() => mine().length === 4);
  await running.stop();
  const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg.startsWith('[LIFECYCLE]'));
  expect(told.map(({ msg, campaignId }) => [msg, campaignId])).toEqual([
    ['[LIFECYCLE] campaign.started', execution.campaignId],
    ['[LIFECYCLE] campaign.cancelled', execution.campaignId],
  ]);
  expect(told[0]).toMatchObject({ organizationId: 'org-1', executionId: 'exe_1' });
  expect(lines.join()).not.toContain('Smith');
});

test('two relays at once publish everything, and nothing twice', async () => {
  for (let n = 0; n < 40; n++)
    await write('campaign.message.sent', { seqs: Array.from({ length: 50 }, (_, i) => n * 50 + i + 1) });
  const relays = [relay(), relay()];
  await until(async () => (await waiting()) === 0);
  await until(() => mine().length >= 2_000);
  for (const each of relays) await each.stop();
  expect(mine()).toHaveLength(2_000);
});

test('after a crash between acknowledgement and commit the same ids are published again', async () => {
  await write('campaign.message.delivered', { seqs: [1, 2, 3], ats: [1, 2, 3] });
  const first = relay();
  await until(() => mine().length === 3);
  await until(async () => (await waiting()) === 0);
  await first.stop();
  await postgres.dispatcher.query('update campaign.outbox set published_at = null');
  const second = relay();
  await until(async () => (await waiting()) === 0);
  await write('campaign.updated', {});
  second.wake();
  await until(() => mine().some((event) => event.type === 'campaign.updated'));
  await second.stop();
  expect(mine()).toHaveLength(4);
});

test('a wiped stream is filled again from the rows that are kept', async () => {
  await write('campaign.message.sent', { seqs: Array.from({ length: 500 }, (_, i) => i + 1) });
  const running = relay();
  await until(() => mine().length === 500);
  await server.wipe();
  await until(() => mine().length >= 1_000);
  await until(async () => (await waiting()) === 0);
  await running.stop();
  expect(new Set(mine().map((event) => event.id)).size).toBe(500);
});
