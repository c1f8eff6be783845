import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AcceptedKeys } from '../../simulator/accepted-keys';
import { createJudge } from '../../simulator/judge';
import { parseOptions, type SimulatorOptions } from '../../simulator/options';
import { startWorld, type World } from '../../simulator/world';
import { readWorldLog, WORLD_LOG, type WorldRow } from '../../simulator/world-log';
import { type Bus, openBus } from '../../src/adapters/nats';
import { createHttpProvider } from '../../src/transports/http-provider';
import { type OwnNatsServer, quietLog, startOwnNatsServer, until } from '../events/own-nats-server';
import { outgoing } from '../transports/outgoing';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'campaign-world-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const options = (...args: string[]): SimulatorOptions => parseOptions(['--log', directory, ...args]);
const quiet = (...args: string[]) => options('--receipts', 'off', ...args);

async function rows(): Promise<WorldRow[]> {
  const found: WorldRow[] = [];
  for await (const row of readWorldLog(directory)) found.push(row);
  return found;
}

async function hundred(world: World, attempt = 1, from = 0) {
  const provider = createHttpProvider({ url: `http://127.0.0.1:${world.port}`, timeoutMs: 2_000 });
  const messages = Array.from({ length: 100 }, (_, n) =>
    outgoing(from + n, { key: `msg_${from + n}:${attempt}`, attempt }),
  );
  const answers = await provider.handOver(messages);
  await provider.close();
  return answers;
}

const stats = async (world: World) =>
  (await (await fetch(`http://127.0.0.1:${world.port}/v1/stats`)).json()) as Record<string, number>;
const post = (world: World, path: string, body: object) =>
  fetch(`http://127.0.0.1:${world.port}${path}`, { method: 'POST', body: JSON.stringify(body) });

test('a key is accepted once, also by the next life of the world, and always answered the same', async () => {
  const first = await startWorld(quiet('--refuse', '0.2'));
  const answers = await hundred(first);
  expect(await hundred(first)).toEqual(answers);
  await first.stop();
  const second = await startWorld(quiet('--refuse', '0.2'));
  expect(await hundred(second)).toEqual(answers);
  const accepted = answers.filter(({ outcome }) => outcome === 'accepted').length;
  expect(accepted).toBeGreaterThan(60);
  expect(accepted).toBeLessThan(95);
  expect(await stats(second)).toMatchObject({
    requests: 3,
    accepted,
    repeats: 2 * accepted,
    refused: 3 * (100 - accepted),
  });
  await second.stop();
});

test('every message of every request is on disk before its answer, with a hash of what the person would see', async () => {
  const world = await startWorld(quiet());
  await hundred(world);
  const logged = await rows();
  expect(logged).toHaveLength(100);
  expect(logged[0]).toMatchObject({
    key: 'msg_0:1',
    attempt: 1,
    verdict: 'accepted',
    hung: false,
    requestNo: 1,
    organizationId: 'org_1',
  });
  expect(new Set(logged.map(({ bodyHash }) => bodyHash)).size).toBe(100);
  await world.stop();
});

test('a request may be taken in and never answered; asked again it is a repeat', async () => {
  const world = await startWorld(quiet('--hang', '0.5', '--seed', 'three'));
  const { hangs } = createJudge({ seed: 'three', hang: 0.5, refuse: 0, maxRefusals: 2 });
  for (let requestNo = 1; requestNo <= 6; requestNo++) {
    const outcomes = new Set((await hundred(world)).map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set([hangs(requestNo) ? 'unanswered' : 'accepted']));
  }
  expect(await stats(world)).toMatchObject({ accepted: 100, repeats: 500 });
  await world.stop();
});

test('a message is refused at most as often as said, whatever the seed', () => {
  for (const seed of ['1', '2', '3']) {
    const judge = createJudge({ seed, refuse: 1, hang: 0, maxRefusals: 2 });
    expect([1, 2, 3, 4].map((attempt) => judge.refuses(`msg_1:${attempt}`, attempt))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  }
});

test('a line cut by a kill is dropped, and the log goes on after it', async () => {
  const first = await startWorld(quiet());
  await hundred(first);
  await first.stop();
  const path = join(directory, WORLD_LOG);
  truncateSync(path, statSync(path).size - 7);
  const second = await startWorld(quiet());
  await hundred(second);
  await second.stop();
  const verdicts = (await rows()).map(({ key, verdict }) => `${key} ${verdict}`);
  expect(verdicts).toHaveLength(199);
  expect(verdicts.at(-1)).toBe('msg_99:1 accepted');
});

test('a malformed request is refused as a whole and leaves no trace', async () => {
  const world = await startWorld(quiet());
  const good = { key: 'a:1', organizationId: 'org_1', attempt: 1, to: 'a', subject: '', html: '', text: '' };
  for (const body of [{}, { messages: [null] }, { messages: [good, { ...good, key: 'a\tb' }] }]) {
    expect((await post(world, '/v1/messages', body)).status).toBe(400);
  }
  expect(await rows()).toEqual([]);
  await world.stop();
});

test('two hundred thousand keys are told apart', () => {
  const keys = new AcceptedKeys();
  const key = (n: number) => `msg_${String(n).padStart(30, '0')}:1`;
  let fresh = 0;
  for (let n = 0; n < 400_000; n++) fresh += keys.add(key(n % 200_000)) ? 1 : 0;
  expect(fresh).toBe(200_000);
  expect(keys.size).toBe(200_000);
});

describe('on the bus', () => {
  let nats: OwnNatsServer;
  let bus: Bus;
  beforeEach(async () => {
    nats = await startOwnNatsServer();
    bus = await openBus({ url: nats.url, name: 'test', log: quietLog });
    await bus.ensureStreams();
  });
  afterEach(async () => {
    await bus.close();
    await nats.close();
  });

  const consumeReceipts = (ids: string[]) =>
    bus.consume({ stream: 'NOTIFICATION', durable: 'campaign-notification' }, async (messages) => {
      for (const message of messages) ids.push(JSON.parse(message.text()).data.messageId);
    });

  test('receipts are kept until the consumer has acknowledged them', async () => {
    const world = await startWorld(options('--nats', nats.url));
    await hundred(world);
    expect(await stats(world)).toMatchObject({ receiptsUnacknowledged: 100 });
    const ids: string[] = [];
    const consumption = await consumeReceipts(ids);
    await until(async () => (await stats(world)).receiptsUnacknowledged === 0);
    expect(new Set(ids).size).toBe(100);
    await consumption.stop();
    await world.stop();
  });

  test('a wiped stream gets again what nobody had acknowledged', async () => {
    const world = await startWorld(options('--nats', nats.url));
    await hundred(world);
    await nats.wipe();
    const ids: string[] = [];
    await consumeReceipts(ids);
    await until(async () => (await stats(world)).receiptsUnacknowledged === 0);
    expect(new Set(ids).size).toBe(100);
    await hundred(world, 1, 100);
    await until(() => new Set(ids).size === 200);
    await world.stop();
  });

  test('the next life of the world sends what was not acknowledged, and only that', async () => {
    const first = await startWorld(options('--nats', nats.url));
    await hundred(first);
    const ids: string[] = [];
    const consumption = await consumeReceipts(ids);
    await until(async () => (await stats(first)).receiptsUnacknowledged === 0);
    await consumption.stop();
    await hundred(first, 1, 100);
    await first.stop();
    await nats.wipe();
    const again: string[] = [];
    const second = await startWorld(options('--nats', nats.url));
    await consumeReceipts(again);
    await until(async () => (await stats(second)).receiptsUnacknowledged === 0);
    expect(new Set(again)).toEqual(new Set(Array.from({ length: 100 }, (_, n) => `msg_${100 + n}`)));
    await second.stop();
  });

  test('outcomes are told once started, under ids that a restart does not change', async () => {
    const file = join(directory, 'people.jsonl');
    writeFileSync(file, '{"userId":"customer-1","eventType":"site.visit"}\n');
    appendFileSync(file, '{"userId":"customer-1","eventType":"order.completed","value":29.99}\n');
    const first = await startWorld(options('--nats', nats.url, '--outcomes', file));
    await post(first, '/v1/outcomes', { outcomes: [{ userId: 'customer-2', eventType: 'site.visit' }] });
    expect(await stats(first)).toMatchObject({ outcomes: 0, outcomesStarted: false });
    await post(first, '/v1/outcomes/start', { organizationId: 'org_1' });
    expect(await stats(first)).toMatchObject({ outcomes: 3, outcomesUnacknowledged: 3 });
    await first.stop();
    await nats.wipe();
    const second = await startWorld(options('--nats', nats.url, '--outcomes', file));
    const events: { data: { eventId: string; userId: string; properties: { value?: number } } }[] = [];
    await bus.consume({ stream: 'EVENTS', durable: 'campaign-events', filter: 'event.stored' }, async (messages) => {
      for (const message of messages) events.push(JSON.parse(message.text()));
    });
    await until(async () => (await stats(second)).outcomesUnacknowledged === 0);
    expect(new Set(events.map(({ data }) => data.eventId.split(':')[1]))).toEqual(new Set(['0', '1', '2']));
    expect(new Set(events.map(({ data }) => data.userId))).toEqual(new Set(['customer-1', 'customer-2']));
    expect(events.find(({ data }) => data.eventId.endsWith(':1'))?.data.properties).toEqual({
      value: 29.99,
      currency: 'USD',
    });
    await second.stop();
  });
});
