import { type Bus, openBus } from '../../src/adapters/nats';
import { runDeadLetters } from '../../src/events/dead-letters-run';
import { type Ingest, startIngest } from '../../src/events/ingest';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';
import { type BuiltExecution, buildExecution, externalId } from './ledger-builder';
import { type OwnNatsServer, quietLog, startOwnNatsServer } from './own-nats-server';

const ids = messageIdKeys('secret');
const T0 = Date.parse('2026-11-20T10:05:00.000Z');
const GOALS = [{ no: 1, eventType: 'site.visit', windowDays: 14 }];
let now = T0;
let server: OwnNatsServer;
let postgres: TestDatabase;
let bus: Bus;
let ingest: Ingest;
let run = 0;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await startOwnNatsServer();
  bus = await openBus({ url: server.url, name: 'test', log: quietLog });
  await bus.ensureStreams();
  ingest = await startIngest({ database: postgres.dispatcher, bus, log: quietLog, clock: () => new Date(now), ids });
});

afterAll(async () => {
  await ingest.stop();
  await bus.close();
  await server.close();
  await postgres.close();
});

beforeEach(async () => {
  now = T0;
  await rows('delete from campaign.dead_letter', []);
});

const rows = <Row extends object>(sql: string, values: unknown[]) => postgres.dispatcher.query<Row>(sql, values);

const build = (wish: Partial<Parameters<typeof buildExecution>[1]> = {}) =>
  buildExecution(postgres.dispatcher, { name: `letters${++run}`, people: 3, ...wish });

const sums = async ({ execNo }: BuiltExecution) => {
  const [row] = await rows<{ delivered: number; outcomes: number }>(
    'select sum(delivered)::int as delivered, sum(outcomes)::int as outcomes from campaign.counter where exec_no = $1',
    [execNo],
  );
  return row;
};

const letters = () =>
  rows<{ letter_no: number; reason: string; subject: string }>(
    'select letter_no, reason, subject from campaign.dead_letter where replayed_at is null order by letter_no',
    [],
  );

const command = async (...args: string[]) => {
  const lines: string[] = [];
  await runDeadLetters(args, {
    database: postgres.dispatcher,
    bus,
    clock: () => new Date(now),
    print: (line) => void lines.push(line),
  });
  return lines;
};

const receiptOf = (execution: BuiltExecution, seq: number) => ({
  kind: 'delivered',
  organizationId: execution.organizationId,
  orgNo: execution.orgNo,
  execNo: execution.execNo,
  seq,
  attempt: 1,
  at: T0,
  hard: false,
  machine: false,
  link: null,
  detail: null,
});

const park = (execution: BuiltExecution, payload: object, parkedAt = T0) =>
  rows(
    `insert into campaign.parked_event (org_no, subject, natural_key, payload, parked_at, due_at)
     values ($1, 'any', md5($2), $2::jsonb, $3, $3)`,
    [execution.orgNo, JSON.stringify(payload), new Date(parkedAt)],
  );

const parked = () => rows('select 1 from campaign.parked_event', []);

const deliveredMessage = (execution: BuiltExecution, organizationId: string, id: string) => ({
  subject: 'notification.delivered',
  id,
  payload: JSON.stringify({
    organizationId,
    data: { messageId: encodeMessageId(ids, execution.execNo, 1), attempt: 1, at: T0 },
  }),
});

test('a parked event that PostgreSQL refuses is a dead letter with its reason, and those beside it are applied', async () => {
  const execution = await build();
  await park(execution, { sort: 'receipt', receipt: receiptOf(execution, 1) });
  await park(execution, { sort: 'receipt', receipt: { ...receiptOf(execution, 2), attempt: 99_999 } });
  await park(execution, { sort: 'receipt', receipt: receiptOf(execution, 3) });
  await until('both others', async () => (await sums(execution))?.delivered === 2);
  await until('nothing parked', async () => (await parked()).length === 0);
  expect(await letters()).toMatchObject([
    { subject: 'notification.delivered', reason: expect.stringMatching(/^not applied: .*out of range/) },
  ]);
});

test('an outcome that waited in vain is a dead letter, and counts once it is replayed', async () => {
  const execution = await build({ goals: GOALS, people: 1, judgedAt: new Date(T0), audienceClosed: false });
  const hidden = await rows('delete from campaign.message where exec_no = $1 returning *', [execution.execNo]);
  const data = {
    eventId: 'in vain',
    eventType: 'site.visit',
    userId: externalId(`letters${run}`, 0),
    at: T0 + 10,
  };
  const payload = JSON.stringify({ source: 'shop', organizationId: execution.organizationId, data });
  await bus.publishBatch([{ subject: 'event.stored', id: 'in-vain', payload }]);
  await until('parked', async () => (await parked()).length === 1);
  await rows('update campaign.parked_event set parked_at = $1, due_at = $1', [new Date(T0 - 8 * 86_400_000)]);
  await until('a letter', async () => (await letters()).length === 1);
  const columns = Object.keys(hidden[0] ?? {});
  await rows(
    `insert into campaign.message (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(hidden[0] ?? {}),
  );
  await rows('update campaign.execution set audience_closed = true where exec_no = $1', [execution.execNo]);
  expect(await command('replay', '--all')).toEqual(['1 dead letters replayed']);
  await until('counted', async () => (await sums(execution))?.outcomes === 1);
  expect(await letters()).toEqual([]);
});

test('operators list what waits, and replay the letters of one organization by their numbers', async () => {
  const execution = await build();
  await bus.publishBatch([
    deliveredMessage(execution, 'org-unknown', `l-${run}-1`),
    deliveredMessage(execution, 'org-unknown', `l-${run}-2`),
  ]);
  await until('two letters', async () => (await letters()).length === 2);
  const [first, second] = await letters();
  await rows(
    `update campaign.dead_letter set org_no = $1, payload = replace(payload, 'org-unknown', $2) where letter_no = $3`,
    [execution.orgNo, execution.organizationId, first?.letter_no],
  );
  expect(await command('list', '--org', execution.organizationId)).toEqual([
    expect.stringMatching(`^${first?.letter_no} .* ${execution.organizationId} .*an organization that is not ours$`),
    '1 dead letters',
  ]);
  expect(await command('replay', '--org', execution.organizationId, '--id', String(second?.letter_no))).toEqual([
    '0 dead letters replayed',
  ]);
  expect(await command('replay', '--id', String(first?.letter_no))).toEqual(['1 dead letters replayed']);
  await until('counted', async () => (await sums(execution))?.delivered === 1);
  expect((await letters()).map(({ letter_no }) => letter_no)).toEqual([second?.letter_no]);
});

test('to replay without saying which is refused', async () => {
  for (const args of [
    ['replay'],
    ['replay', '--all', '--id', '1'],
    ['replay', '--id', 'x'],
    ['list', '--limit', '0'],
    [],
  ])
    await expect(command(...args)).rejects.toThrow(/usage/);
});
