import { findDifferences } from '../../src/operations/check-invariants';
import { DISPOSITION, REASON } from '../../src/shared/ledger-codes';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';
import { endSlice } from './end-slice';

const quietHours = { from: '21:00', until: '08:00', timeZone: 'America/Los_Angeles', skips: false };
/** At 10:00 UTC: noon there, eleven at night, and two in the morning for those whose zone is the fallback. */
const zones = ['Europe/Athens', 'Pacific/Auckland', null];
const endsInAuckland = new Date('2026-11-20T19:00:00Z');
const endsInLosAngeles = new Date('2026-11-20T16:00:00Z');

let world: DeliveryWorld;
beforeEach(async () => {
  world = await openDeliveryWorld();
});
afterEach(() => world.close());

const sql = (statement: string, values: readonly unknown[]) => world.database.owner.query(statement, [...values]);
const chunks = (execNo: number) =>
  sql('select due_at, size from campaign.chunk where exec_no = $1 and state = 0 order by due_at', [execNo]);

/** Works off whatever is due, and tells how many were sent. */
async function work(execNo: number): Promise<number> {
  let n = 0;
  for (const ref of await openChunks(world, execNo)) {
    const slice = await guard(world, ref, { hours: quietHours });
    if (slice) await endSlice(world, ref, slice);
    n += slice?.messages.length ?? 0;
  }
  return n;
}

test('an audience is due by the clocks on its walls: now, or when quiet hours end there', async () => {
  const { execNo } = await startExecution(world, 30, { quietHours, zones });
  expect(await chunks(execNo)).toEqual([
    { due_at: world.now, size: 10 },
    { due_at: endsInLosAngeles, size: 10 },
    { due_at: endsInAuckland, size: 10 },
  ]);
});

test('a chunk that comes late sends to those who are awake and puts the others off, each once and none lost', async () => {
  const { execNo } = await startExecution(world, 30, { zones });
  expect(await work(execNo)).toBe(10);
  expect(await chunks(execNo)).toEqual([
    { due_at: endsInLosAngeles, size: 10 },
    { due_at: endsInAuckland, size: 10 },
  ]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  world.pass(6 * 3_600_000);
  expect(await work(execNo)).toBe(10);
  world.pass(3 * 3_600_000);
  expect(await work(execNo)).toBe(10);
  expect(await chunks(execNo)).toEqual([]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('a sender that dies before it settles has put nobody off: the next one does', async () => {
  const { execNo } = await startExecution(world, 30, { zones });
  const [ref] = await openChunks(world, execNo);
  if (!ref) throw new Error('no chunk');
  expect((await guard(world, ref, { hours: quietHours }))?.putOff).toHaveLength(20);
  world.pass(6_000);
  expect(await work(execNo)).toBe(10);
  expect(await chunks(execNo)).toHaveLength(2);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('what may have left already waits for the end of quiet hours before it is asked about again', async () => {
  const { execNo } = await startExecution(world, 30, { zones });
  const [ref] = await openChunks(world, execNo);
  if (!ref) throw new Error('no chunk');
  await guard(world, ref);
  world.pass(6_000);
  expect(await work(execNo)).toBe(10);
  const rows = await sql(
    'select disposition, count(*) as n from campaign.message where exec_no = $1 group by 1 order by 1',
    [execNo],
  );
  expect(rows).toEqual([
    { disposition: DISPOSITION.in_flight, n: 20 },
    { disposition: DISPOSITION.sent, n: 10 },
  ]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('a campaign that skips in quiet hours says so of each whom it skipped', async () => {
  const skipping = { ...quietHours, skips: true };
  const { execNo } = await startExecution(world, 30, { zones, quietHours: skipping });
  const [ref] = await openChunks(world, execNo);
  if (!ref) throw new Error('no chunk');
  const slice = await guard(world, ref, { hours: skipping });
  expect(slice).toMatchObject({ width: 30, putOff: [] });
  expect(slice?.messages).toHaveLength(10);
  const rows = await sql('select reason, count(*) as n from campaign.message_exception where exec_no = $1 group by 1', [
    execNo,
  ]);
  expect(rows).toEqual([{ reason: REASON.quiet_hours, n: 20 }]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('who is put off may wait as long after the end of quiet hours as before', async () => {
  const { execNo } = await startExecution(world, 30, { zones });
  world.pass(71 * 3_600_000);
  expect(await work(execNo)).toBe(10);
  world.pass(11 * 3_600_000);
  expect(await work(execNo)).toBe(20);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});
