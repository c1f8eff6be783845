import { type CounterDelta, upsertCounters, upsertReasonCounters } from '../../src/metrics/counter-upsert';
import { createTestDatabase, type TestDatabase } from '../support/database';

let postgres: TestDatabase;
const at = new Date('2026-11-20T10:00:59.999Z');
const delta = (change: Partial<CounterDelta>): CounterDelta => ({
  execNo: 1,
  orgNo: 1,
  variantNo: 1,
  channel: 1,
  at,
  changes: {},
  ...change,
});
const rows = (columns: string) =>
  postgres.dispatcher.query(`select ${columns} from campaign.counter order by exec_no, bucket`);

beforeAll(async () => {
  postgres = await createTestDatabase();
});
afterAll(() => postgres.close());
beforeEach(() => postgres.dispatcher.query('delete from campaign.counter'));

test('deltas of one row are summed, counts and money alike, in the minute of the fact', async () => {
  const apply = () =>
    postgres.dispatcher.transaction((tx) =>
      upsertCounters(tx, [
        delta({ changes: { sent: 2 }, value: '0.1' }),
        delta({ changes: { sent: -1, queued: 1 }, value: '0.2' }),
        delta({ at: new Date('2026-11-20T10:01:00Z'), changes: { sent: 5 }, value: '-3.0001' }),
        delta({ execNo: 2, changes: { opened: 1 } }),
      ]),
    );
  await apply();
  await apply();
  expect(await rows('exec_no, bucket, sent, queued, opened, outcome_value')).toEqual([
    { exec_no: 1, bucket: new Date('2026-11-20T10:00:00Z'), sent: 2, queued: 2, opened: 0, outcome_value: '0.6000' },
    { exec_no: 1, bucket: new Date('2026-11-20T10:01:00Z'), sent: 10, queued: 0, opened: 0, outcome_value: '-6.0002' },
    { exec_no: 2, bucket: new Date('2026-11-20T10:00:00Z'), sent: 0, queued: 0, opened: 2, outcome_value: '0.0000' },
  ]);
});

test('what adds up to nothing writes nothing, and money of five places is refused', async () => {
  await upsertCounters(postgres.dispatcher, [delta({ changes: { sent: 1 } }), delta({ changes: { sent: -1 } })]);
  await upsertReasonCounters(postgres.dispatcher, []);
  expect(await rows('1')).toEqual([]);
  await expect(upsertCounters(postgres.dispatcher, [delta({ value: '0.00001' })])).rejects.toThrow('four places');
});

test('writers that name the same rows in opposite orders never wait crosswise', async () => {
  const many = Array.from({ length: 40 }, (_, n) => delta({ execNo: n + 1, changes: { sent: 1 } }));
  const write = (deltas: readonly CounterDelta[]) =>
    postgres.dispatcher.transaction((tx) => upsertCounters(tx, deltas));
  await Promise.all(Array.from({ length: 20 }, (_, n) => write(n % 2 ? many : [...many].reverse())));
  expect(await rows('sent')).toEqual(many.map(() => ({ sent: 20 })));
});
