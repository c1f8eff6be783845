import { openBus } from '../../src/adapters/nats';
import { startIngest } from '../../src/events/ingest';
import { findDifferences } from '../../src/operations/check-invariants';
import { systemClock } from '../../src/shared/clock';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase } from '../support/database';
import { buildExecution } from './ledger-builder';
import { quietLog, startOwnNatsServer, until } from './own-nats-server';

const PEOPLE = 200_000;
const EVENTS = 10_000;
const ids = messageIdKeys('secret');

test('rows of a fresh partition of 200,000 are reached by their keys: not one is read that no event names', async () => {
  const [postgres, server] = [await createTestDatabase(), await startOwnNatsServer()];
  const bus = await openBus({ url: server.url, name: 'plan', log: quietLog });
  await bus.ensureStreams();
  const execution = await buildExecution(postgres.dispatcher, { name: 'plan', people: PEOPLE });
  const message = (n: number, kind: string) => ({
    subject: `notification.${kind}`,
    id: `${kind}-${n}`,
    payload: JSON.stringify({
      id: `d-${n}`,
      source: 'provider',
      organizationId: execution.organizationId,
      data: {
        messageId: encodeMessageId(ids, execution.execNo, n * 13 + 1),
        attempt: 1,
        at: '2026-11-20T10:05:00.000Z',
      },
    }),
  });
  const delivered = Array.from({ length: EVENTS }, (_, n) => message(n, 'delivered'));
  const opened = Array.from({ length: EVENTS / 10 }, (_, n) => message(n, 'opened'));
  await bus.publishBatch([...delivered, ...delivered.slice(0, 100), ...opened]);
  const sequentially = async () => {
    const [row] = await postgres.owner.query<{ n: number }>(
      "select coalesce(sum(seq_tup_read), 0)::int8 as n from pg_stat_user_tables where relname ~ '^message_2'",
    );
    return row?.n ?? 0;
  };
  const sums = async () => {
    const [row] = await postgres.dispatcher.query<{ delivered: number; opened: number }>(
      'select sum(delivered)::int as delivered, sum(opened)::int as opened from campaign.counter',
    );
    return row;
  };
  const before = await sequentially();
  const ingest = await startIngest({ database: postgres.dispatcher, bus, log: quietLog, clock: systemClock, ids });
  await until(async () => (await sums())?.delivered === EVENTS && (await sums())?.opened === EVENTS / 10, 40_000);
  await ingest.stop();
  // Statistics of a connection are told a second after its transaction at the latest; then it has said all it read.
  const end = performance.now() + 1_500;
  await until(() => performance.now() > end);
  expect(await sequentially()).toBe(before);
  expect(await findDifferences(postgres.dispatcher, execution.execNo, { chunks: false })).toEqual([]);
  await bus.close();
  await server.close();
  await postgres.close();
});
