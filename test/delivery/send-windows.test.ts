import { hoursOf } from '../../src/channel/channel-hours';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { findDifferences } from '../../src/operations/check-invariants';
import { openWeekOf, weekDays } from '../../src/send-window/send-window';
import { REASON } from '../../src/shared/ledger-codes';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution, type Wish } from './delivery-world';
import { endSlice } from './end-slice';

/** It is Friday, 10:00 UTC: two in the morning in Los Angeles, noon in Athens, eleven at night in Auckland. */
const zones = ['Europe/Athens', 'Pacific/Auckland', null];
const open =
  openWeekOf({ sendWindows: [{ days: weekDays, from: '10:30', until: '13:00' }], excludeWeekends: true }) ?? [];
const windows = { open, timeZone: 'America/Los_Angeles', skips: false };
const quietHours = { from: '21:00', until: '08:00', timeZone: 'America/Los_Angeles', skips: false };
const opensInLosAngeles = new Date('2026-11-20T18:30:00Z');
/** Not on their Saturday, which begins an hour later. */
const opensInAuckland = new Date('2026-11-22T21:30:00Z');
const HOUR_MS = 3_600_000;

let world: DeliveryWorld;
beforeEach(async () => {
  world = await openDeliveryWorld();
});
afterEach(() => world.close());

const sql = (statement: string, values: readonly unknown[]) => world.database.owner.query(statement, [...values]);
const chunks = (execNo: number) =>
  sql('select due_at, size from campaign.chunk where exec_no = $1 and state = 0 order by due_at', [execNo]);
const hours = (plan: Pick<FrozenPlan, 'windows' | 'quietHours'> = { windows, quietHours }) => hoursOf(plan, 'email');

type Guarding = Parameters<typeof guard>[2];

/** Works off whatever is due, and tells how many were sent. */
async function work(execNo: number, guarding: Guarding = { hours: hours() }): Promise<number> {
  let n = 0;
  for (const ref of await openChunks(world, execNo)) {
    const slice = await guard(world, ref, guarding);
    if (slice) await endSlice(world, ref, slice);
    n += slice?.messages.length ?? 0;
  }
  return n;
}

const unheeded = (people: number, wish: Wish = {}) => startExecution(world, people, { zones, ...wish });

test('an audience is due when a window opens on the clocks of its walls, outside of quiet hours and weekends', async () => {
  const { execNo } = await unheeded(30, { quietHours, plan: { windows } });
  expect(await chunks(execNo)).toEqual([
    { due_at: world.now, size: 10 },
    { due_at: opensInLosAngeles, size: 10 },
    { due_at: opensInAuckland, size: 10 },
  ]);
});

test('quiet hours that reach into a window keep it shut for as long', async () => {
  const late = { ...quietHours, until: '11:15' };
  const { execNo } = await unheeded(30, { quietHours: late, plan: { windows } });
  expect(await chunks(execNo)).toEqual([
    { due_at: world.now, size: 10 },
    { due_at: new Date('2026-11-20T19:15:00Z'), size: 10 },
    { due_at: new Date('2026-11-22T22:15:00Z'), size: 10 },
  ]);
});

test('a chunk that comes late sends within windows and puts the others off, each once and none lost', async () => {
  const { execNo } = await unheeded(30);
  expect(await work(execNo)).toBe(10);
  expect(await chunks(execNo)).toEqual([
    { due_at: opensInLosAngeles, size: 10 },
    { due_at: opensInAuckland, size: 10 },
  ]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  world.pass(9 * HOUR_MS);
  expect(await work(execNo)).toBe(10);
  world.pass(51 * HOUR_MS);
  expect(await work(execNo)).toBe(10);
  expect(await chunks(execNo)).toEqual([]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('who waits for a window may wait as long after it opens as before', async () => {
  const { execNo } = await unheeded(30);
  // Monday, nine in Athens.
  world.pass(69 * HOUR_MS);
  expect(await work(execNo)).toBe(0);
  // A quarter to one there, and more than three days since the start.
  world.pass(3.75 * HOUR_MS);
  expect(await work(execNo)).toBe(10);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('a campaign that skips says of each whether a window or quiet hours stopped them', async () => {
  const noon = { ...quietHours, from: '11:00', until: '14:00' };
  const skipping = { windows: { ...windows, skips: true }, quietHours: { ...noon, skips: true } };
  const { execNo } = await unheeded(30, { plan: skipping });
  const [ref] = await openChunks(world, execNo);
  const slice = ref && (await guard(world, ref, { hours: hours(skipping) }));
  expect(slice).toMatchObject({ width: 30, putOff: [], messages: [] });
  const rows = await sql(
    `select x.reason, c.time_zone, count(*) as n from campaign.message_exception x join campaign.message m using (exec_no, seq)
     join campaign.contact c using (contact_no) where exec_no = $1 group by 1, 2 order by 1, 2`,
    [execNo],
  );
  expect(rows).toEqual([
    { reason: REASON.quiet_hours, time_zone: 'Europe/Athens', n: 10 },
    { reason: REASON.outside_window, time_zone: 'Pacific/Auckland', n: 10 },
    { reason: REASON.outside_window, time_zone: null, n: 10 },
  ]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('where a limit holds, whoever is outside at the head of a chunk is put off at once, and no limit is used up', async () => {
  const { execNo, campaignNo } = await unheeded(600, { zones: ['Pacific/Auckland', 'America/Los_Angeles', 'UTC'] });
  const guarding = { hours: hours(), throttles: [{ scope: `campaign:${campaignNo}`, perMinute: 100 }], leaseMs: 1 };
  const [ref] = await openChunks(world, execNo);
  if (!ref) throw new Error('no chunk');
  expect(await guard(world, ref, guarding)).toBeUndefined();
  expect(await sql('select scope from campaign.limiter', [])).toEqual([]);
  const [first] = await chunks(execNo);
  expect(first).toMatchObject({ due_at: world.now });
  // By zones in the order of their names, all of them outside.
  expect(
    await sql('select sum(size)::int as n from campaign.chunk where exec_no = $1 and seqs is not null', [execNo]),
  ).toEqual([{ n: 500 }]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  const again = await guard(world, ref, guarding);
  expect(again).toBeUndefined();
});

test('who was kept waiting past their time by a limit is put off as well, and does not expire while they rest', async () => {
  const plan = { expiresAfterHours: 4 };
  const { execNo, campaignNo } = await unheeded(600, { zones: ['America/Los_Angeles'], plan });
  const throttles = [{ scope: `campaign:${campaignNo}`, perMinute: 100 }];
  const guarding = { hours: hours(), throttles, leaseMs: 1, expiresAfterHours: 4 };
  world.pass(5 * HOUR_MS);
  await sql(
    'insert into campaign.limiter (scope, org_no, free_at) select $1, org_no, $2 from campaign.execution where exec_no = $3',
    [`campaign:${campaignNo}`, world.now, execNo],
  );
  expect(await work(execNo, guarding)).toBe(0);
  expect(await chunks(execNo)).toEqual([
    { due_at: opensInLosAngeles, size: 500 },
    { due_at: opensInLosAngeles, size: 100 },
  ]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('who is at the head of a chunk outside of a window holds up nobody who stands behind and is in one', async () => {
  const { execNo, campaignNo } = await unheeded(30, { zones: ['America/Los_Angeles', 'Europe/Athens'] });
  const guarding = { hours: hours(), throttles: [{ scope: `campaign:${campaignNo}`, perMinute: 6_000 }], leaseMs: 1 };
  // One chunk for all of them, in the order of their zones: 15 who wait, then 15 who do not.
  expect(await work(execNo, guarding)).toBe(15);
  expect(await chunks(execNo)).toEqual([{ due_at: opensInLosAngeles, size: 15 }]);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('a sender that still goes by the plan of before an edit takes nothing', async () => {
  const { execNo } = await unheeded(30);
  const [ref] = await openChunks(world, execNo);
  await sql('update campaign.execution set plan_edits = 1 where exec_no = $1', [execNo]);
  expect(ref && (await guard(world, ref))).toBeUndefined();
  expect((ref && (await guard(world, ref, { planEdits: 1 })))?.messages).toHaveLength(30);
});
