import { workChunk } from '../../src/delivery/chunk-work';
import { Pace } from '../../src/delivery/pace';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { type DeliveryWorld, guard, openDeliveryWorld, startExecution } from './delivery-world';
import { testSender } from './test-sender';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld(new Date());
});
afterAll(() => world.close());
afterEach(() => {
  jest.useRealTimers();
});

const everythingElse = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
] as const;
const timers = ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

/** From here on this process thinks it is an hour later; the database does not. */
const goAnHourAhead = () =>
  jest.useFakeTimers({ now: Date.now() + 3_600_000, doNotFake: [...everythingElse, ...timers] });

test('a sender whose clock is an hour ahead steals no lease, and takes nothing that is not due', async () => {
  const { execNo } = await startExecution(world, 4, { chunkSize: 2 });
  const rows = await world.database.dispatcher.query<{ chunk_no: number }>(
    'select chunk_no from campaign.chunk where exec_no = $1 order by chunk_no',
    [execNo],
  );
  const [leased, later] = rows.map((row) => ({ execNo, chunkNo: row.chunk_no, fence: 0 }));
  if (!leased || !later) throw new Error('two chunks expected');
  const held = await guard(world, leased, { now: undefined });
  await world.database.dispatcher.query(
    `update campaign.chunk set due_at = now() + interval '1 minute' where exec_no = $1 and chunk_no = $2`,
    [execNo, later.chunkNo],
  );
  const running = await new RunningExecutions(world.sender).get(execNo);
  if (!running || !held) throw new Error('nothing is held');
  const execution = { ...running, sharedRate: undefined };
  let handedOver = 0;
  const parts = testSender(world.sender, async (messages) => {
    handedOver += messages.length;
    return messages.map(({ key }) => ({ key, outcome: 'accepted' }));
  });

  goAnHourAhead();
  await workChunk(parts, new Pace(10), execution, { ...leased, fence: held.fence });
  await workChunk(parts, new Pace(10), execution, later);
  expect(handedOver).toBe(0);

  await world.database.dispatcher.query('update campaign.chunk set due_at = now(), lease_until = null', []);
  await workChunk(parts, new Pace(10), execution, { ...leased, fence: held.fence });
  await workChunk(parts, new Pace(10), execution, later);
  expect(handedOver).toBe(4);
});

test('a sender whose clock is an hour ahead holds its lease no longer than others', async () => {
  const { execNo } = await startExecution(world, 1);
  goAnHourAhead();
  const [chunk] = await world.database.dispatcher.query<{ chunk_no: number }>(
    'select chunk_no from campaign.chunk where exec_no = $1',
    [execNo],
  );
  await guard(world, { execNo, chunkNo: chunk?.chunk_no ?? 0, fence: 0 }, { now: undefined, leaseMs: 5_000 });
  const [lease] = await world.database.dispatcher.query<{ seconds: number }>(
    'select extract(epoch from lease_until - clock_timestamp())::float8 as seconds from campaign.chunk where exec_no = $1',
    [execNo],
  );
  expect(lease?.seconds).toBeLessThanOrEqual(5);
});
