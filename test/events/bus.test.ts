import { type Bus, openBus, PublishError } from '../../src/adapters/nats';
import { type OwnNatsServer, quietLog, startOwnNatsServer, until } from './own-nats-server';

let server: OwnNatsServer;
let bus: Bus;

beforeEach(async () => {
  server = await startOwnNatsServer();
  bus = await openBus({ url: server.url, name: 'test', log: quietLog });
  await bus.ensureStreams();
});

afterEach(async () => {
  await bus.close();
  await server.close();
});

const batch = (count: number, prefix = 'm', subject = 'notification.delivered') =>
  Array.from({ length: count }, (_, n) => ({ subject, id: `${prefix}-${n}`, payload: `${prefix}-${n}` }));

test('a batch is stored once even when it is published twice, and arrives whole', async () => {
  const seen: string[] = [];
  const sizes: number[] = [];
  await bus.publishBatch(batch(5_000));
  await bus.publishBatch(batch(5_000));
  const consumption = await bus.consume({ stream: 'NOTIFICATION', durable: 'reader' }, async (messages) => {
    sizes.push(messages.length);
    for (const message of messages) seen.push(message.text());
  });
  await until(() => seen.length >= 5_000);
  await consumption.stop();
  expect(new Set(seen).size).toBe(5_000);
  expect(seen).toHaveLength(5_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
  expect(sizes.length).toBeLessThan(30);
});

test('what no stream takes is named in the error', async () => {
  const stray = [{ subject: 'nobody.listens', id: '1', payload: 'x' }];
  await expect(bus.publishBatch(stray)).rejects.toMatchObject({ name: 'PublishError', unacknowledged: stray });
});

test('a batch whose handler threw is offered again', async () => {
  await bus.publishBatch(batch(10));
  const offers: number[] = [];
  const consumption = await bus.consume({ stream: 'NOTIFICATION', durable: 'r', retryMs: 20 }, async (messages) => {
    offers.push(...messages.map((message) => message.deliveries));
    if (offers.length <= 10) throw new Error('not yet');
  });
  await until(() => offers.length >= 20);
  await consumption.stop();
  expect(offers.slice(10)).toEqual(Array(10).fill(2));
});

test('a slow handler keeps its messages: they are prolonged, not offered twice', async () => {
  await bus.publishBatch(batch(3));
  let seen = 0;
  const consumption = await bus.consume({ stream: 'NOTIFICATION', durable: 'r', ackWaitMs: 400 }, async (messages) => {
    seen += messages.length;
    const end = Date.now() + 1_500;
    await until(() => Date.now() > end);
  });
  await until(() => seen >= 3);
  await consumption.stop();
  await bus.publishBatch(batch(1, 'last'));
  const next = await bus.consume({ stream: 'NOTIFICATION', durable: 'r', ackWaitMs: 400 }, async (messages) => {
    seen += messages.length * 100;
  });
  await until(() => seen >= 100);
  await next.stop();
  expect(seen).toBe(103);
});

test('hints are taken at once, each by one of two takers', async () => {
  const other = await openBus({ url: server.url, name: 'other', log: quietLog });
  const taken: string[] = [];
  const options = {
    stream: 'WORK',
    durable: 'send-email',
    filter: 'work.send.email',
    batch: 1,
    expiresMs: 0,
    acknowledge: 'taken',
    prefetch: false,
  } as const;
  const take = async (messages: { text(): string }[]) => {
    for (const message of messages) taken.push(message.text());
  };
  const takers = [await bus.consume(options, take), await other.consume(options, take)];
  const start = Date.now();
  const hint = (n: number) => ({ subject: 'work.send.email', id: `hint-${n}`, payload: `hint-${n}` });
  for (let n = 0; n < 50; n++) await bus.publishBatch([hint(n)]);
  await until(() => taken.length >= 50);
  expect(Date.now() - start).toBeLessThan(5_000);
  expect(new Set(taken).size).toBe(50);
  for (const taker of takers) await taker.stop();
  await other.close();
});

test('a wiped server gets its streams and consumers again, and shows a new creation time', async () => {
  const seen = new Set<string>();
  const consumption = await bus.consume({ stream: 'NOTIFICATION', durable: 'r' }, async (messages) => {
    for (const message of messages) seen.add(message.text());
  });
  await bus.publishBatch(batch(10, 'before'));
  await until(() => seen.size === 10);
  const born = await bus.streamCreated('CAMPAIGN');
  await server.wipe();
  await until(async () => {
    const done = await bus.publishBatch(batch(10, 'after')).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(PublishError);
        return false;
      },
    );
    return done;
  });
  await until(() => seen.size === 20);
  expect((await bus.streamCreated('CAMPAIGN')).getTime()).toBeGreaterThan(born.getTime());
  await consumption.stop();
});

test('bulk publishing and consuming keep up', async () => {
  const payload = JSON.stringify({ id: 'x'.repeat(40), data: { messageId: 'y'.repeat(30), at: '2026-01-01' } });
  const messages = batch(40_000).map((message) => ({ ...message, payload }));
  const start = performance.now();
  await bus.publishBatch(messages);
  const published = performance.now();
  let seen = 0;
  const consumption = await bus.consume({ stream: 'NOTIFICATION', durable: 'r' }, async (received) => {
    seen += received.length;
  });
  await until(() => seen >= 40_000);
  const rate = (ms: number) => Math.round(40_000 / (ms / 1_000));
  console.info(`published ${rate(published - start)}/s, consumed ${rate(performance.now() - published)}/s`);
  await consumption.stop();
});
