import fc from 'fast-check';
import { hoursOf, isOpenWeek } from '../../src/channel/channel-hours';
import { edgesOf } from '../../src/channel/closed-until-sql';
import { openWeekOf, type SendWindow, weekDays } from '../../src/send-window/send-window';
import type { WeekRanges } from '../../src/send-window/week-ranges';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { mayWrite, opensAt, type WeekRules, wallOf } from './week-oracle';

const MINUTE_MS = 60_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Phoenix',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Apia',
];

/** Moments at which clocks are changed somewhere, and half a week on both sides of them. */
const changes = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-09-26T14:00:00Z',
  '2027-04-03T14:00:00Z',
];
const instants = fc.oneof(
  fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -9_000 * 60, max: 3_000 * 60 }))
    .map(([change, seconds]) => new Date(Date.parse(change) + seconds * 1_000)),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -90, max: 90 }))
    .map(([change, minutes]) => new Date(Date.parse(change) + minutes * MINUTE_MS)),
);

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 1_439 }),
  fc.constantFrom(0, 60, 119, 120, 150, 165, 180, 1_439),
);
/** Many of one minute. */
const length = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1_439 }));
const days = fc.subarray([...weekDays], { minLength: 1 });
const window: fc.Arbitrary<SendWindow> = fc
  .record({ days, from: minuteOfDay, length })
  .map(({ from, length: minutes, ...rest }) => ({
    ...rest,
    from: clock(from),
    until: clock((from + minutes) % 1_440),
  }));
const wholeDay = days.map((all): SendWindow => ({ days: all, from: '00:00', until: '24:00' }));
const quiet = fc.option(
  fc
    .record({ from: minuteOfDay, until: minuteOfDay })
    .map(({ from, until }) => ({ from: clock(from), until: clock(until) })),
);
const rules: fc.Arbitrary<WeekRules> = fc.record({
  windows: fc.array(fc.oneof({ weight: 5, arbitrary: window }, { weight: 1, arbitrary: wholeDay }), { maxLength: 4 }),
  excludeWeekends: fc.boolean(),
  quiet,
});

/** The rules as a plan has them; undefined where they leave no time, or none is set. */
function frozen({ windows, excludeWeekends, quiet: rest }: WeekRules): WeekRanges | undefined {
  const open = openWeekOf({ sendWindows: windows, excludeWeekends });
  if (!open) return undefined;
  const kept = { timeZone: 'UTC', skips: false };
  const hours = hoursOf({ windows: { open, ...kept }, quietHours: rest && { ...rest, ...kept } }, 'email');
  return hours && isOpenWeek(hours) ? hours.open : undefined;
}

const minutesOfWeek = Array.from({ length: 10_080 }, (_, minute) => new Date(Date.UTC(2024, 0, 1, 0, minute)));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function closedUntil(ranges: WeekRanges, at: Date, zone: string | null, fallback = 'UTC'): Promise<Date | null> {
  const { opens, closes } = edgesOf(ranges);
  const [row] = await database.dispatcher.query<{ until: Date | null }>(
    'select campaign.closed_until($1, $2, $3, $4::int[], $5::int[]) as until',
    [at, zone, fallback, opens, closes],
  );
  return row?.until ?? null;
}

test('windows, weekends and quiet hours together leave those minutes of a week that each of them leaves', () => {
  const property = fc.property(rules, (one) => {
    const ranges = frozen(one);
    if (!ranges) return;
    const isOpen = minutesOfWeek.map((_, minute) => ranges.some(([from, until]) => from <= minute && minute < until));
    expect(isOpen).toEqual(minutesOfWeek.map((wall) => mayWrite(one, wall)));
    expect(ranges.every(([from, until], index) => from < until && (ranges[index - 1]?.[1] ?? -1) < from)).toBe(true);
  });
  fc.assert(property, { numRuns: 300 });
});

test('people are written to from the first open minute of their clock on, whenever clocks change', async () => {
  const one = fc.record({ rules, at: instants, zone: fc.constantFrom(...zones) });
  const property = fc.asyncProperty(fc.array(one, { minLength: 50, maxLength: 50 }), async (all) => {
    const asked = all.flatMap((each) => {
      const ranges = frozen(each.rules);
      return ranges && ranges.length > 0 ? [{ ...each, ranges }] : [];
    });
    const found = await Promise.all(asked.map(({ ranges, at, zone }) => closedUntil(ranges, at, zone)));
    expect(found).toEqual(asked.map(({ rules: given, at, zone }) => opensAt(given, at, zone)));
  });
  await fc.assert(property, { numRuns: 60 });
}, 120_000);

const at = (day: SendWindow['days'][number], from: string, until: string): WeekRanges =>
  openWeekOf({ sendWindows: [{ days: [day], from, until }], excludeWeekends: false }) ?? [];

test('a window that a clock put forward leaves out opens a week later', async () => {
  // In Berlin 01:59 is followed by 03:00 on that Sunday.
  const ranges = at('SUNDAY', '02:30', '02:31');
  expect(await closedUntil(ranges, new Date('2026-03-28T12:00:00Z'), 'Europe/Berlin')).toEqual(
    new Date('2026-04-05T00:30:00Z'),
  );
});

test('a window in the hour that a clock put back shows twice opens twice', async () => {
  const ranges = at('SUNDAY', '02:30', '02:40');
  const first = new Date('2026-10-25T00:30:00Z');
  expect(await closedUntil(ranges, new Date('2026-10-24T12:00:00Z'), 'Europe/Berlin')).toEqual(first);
  expect(await closedUntil(ranges, new Date('2026-10-25T00:39:59Z'), 'Europe/Berlin')).toBeNull();
  expect(await closedUntil(ranges, new Date('2026-10-25T00:40:00Z'), 'Europe/Berlin')).toEqual(
    new Date('2026-10-25T01:30:00Z'),
  );
  expect(wallOf(first.getTime(), 'Europe/Berlin').toISOString()).toBe('2026-10-25T02:30:00.000Z');
});

test('in a zone that is unknown, or that the database does not know, the one to fall back on holds', async () => {
  const ranges = at('MONDAY', '09:00', '17:00');
  // Monday nine in Tokyo.
  const opens = new Date('2026-11-23T00:00:00Z');
  expect(await closedUntil(ranges, new Date('2026-11-22T12:00:00Z'), null, 'Asia/Tokyo')).toEqual(opens);
  expect(await closedUntil(ranges, new Date('2026-11-22T12:00:00Z'), 'Atlantis/Capital', 'Asia/Tokyo')).toEqual(opens);
});
