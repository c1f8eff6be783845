import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../support/database';

const MINUTE_MS = 60_000;
/** Zones whose rules no table disagrees about: whole, half and quarter hours, changes by an hour and by half of one. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Los_Angeles',
  'America/Phoenix',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];

interface Case {
  readonly at: Date;
  readonly zone: string;
  readonly from: number;
  readonly until: number;
}

/** The minutes before and after which clocks change somewhere, and any other minute of the years. */
const instants = fc.oneof(
  fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true }),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-29T01:00:00Z',
        '2026-10-25T01:00:00Z',
        '2026-03-08T07:00:00Z',
        '2026-11-01T06:00:00Z',
        '2026-04-04T15:00:00Z',
        '2026-10-03T15:30:00Z',
        '2027-04-03T14:00:00Z',
      ),
      fc.integer({ min: -1_500, max: 1_500 }),
    )
    .map(([change, minutes]) => new Date(Date.parse(change) + minutes * MINUTE_MS)),
);
const minuteOfDay = fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.constantFrom(0, 60, 90, 120, 150, 180, 480, 1_260));
const cases = fc.record({ at: instants, zone: fc.constantFrom(...zones), from: minuteOfDay, until: minuteOfDay });

const clocks = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  ]),
);
const wallMinute = (at: number, zone: string): number => {
  const [hours, minutes] = clocks.get(zone)?.format(at).split(':').map(Number) ?? [];
  return (hours ?? 0) * 60 + (minutes ?? 0);
};
const quiet = ({ from, until }: Case, wall: number): boolean =>
  from <= until ? from <= wall && wall < until : from <= wall || wall < until;

/** By looking at the clock of every minute from then on, which is slow and cannot be wrong. */
function firstLegal(one: Case): Date | null {
  if (!quiet(one, wallMinute(one.at.getTime(), one.zone))) return null;
  let minute = Math.floor(one.at.getTime() / MINUTE_MS) * MINUTE_MS;
  do minute += MINUTE_MS;
  while (quiet(one, wallMinute(minute, one.zone)));
  return new Date(minute);
}

const clockTime = (minute: number): string => `${Math.floor(minute / 60)}:${minute % 60}`;

describe('quiet hours', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.close());

  const quietUntil = async (all: readonly Case[]): Promise<(Date | null)[]> => {
    const rows = await database.dispatcher.query<{ until: Date | null }>(
      `select campaign.quiet_until(at, zone, 'UTC', since::time, until::time) as until
       from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[]) with ordinality c(at, zone, since, until, n) order by n`,
      [
        all.map(({ at }) => at),
        all.map(({ zone }) => zone),
        all.map(({ from }) => clockTime(from)),
        all.map(({ until }) => clockTime(until)),
      ],
    );
    return rows.map((row) => row.until);
  };

  test('end at the first legal minute of the wall clock, whatever the zone and whenever clocks change', async () => {
    const batch = fc.array(cases, { minLength: 200, maxLength: 200 });
    const property = fc.asyncProperty(batch, async (all) => {
      expect(await quietUntil(all)).toEqual(all.map(firstLegal));
    });
    await fc.assert(property, { numRuns: 25 });
  }, 60_000);

  test('end in the middle, where a clock put back makes minutes legal again', async () => {
    // In Chatham 03:44 is followed by 02:45 on that day.
    const one = { at: new Date('2027-04-03T13:59:00Z'), zone: 'Pacific/Chatham', from: 180, until: 0 };
    expect(await quietUntil([one])).toEqual([new Date('2027-04-03T14:00:00Z')]);
    expect(firstLegal(one)).toEqual(new Date('2027-04-03T14:00:00Z'));
  });

  test('last a day longer, where the only legal minutes are left out by a clock put forward', async () => {
    // On Lord Howe Island 01:59 is followed by 02:30 on that day.
    const one = { at: new Date('2026-10-03T12:00:00Z'), zone: 'Australia/Lord_Howe', from: 150, until: 121 };
    expect(await quietUntil([one])).toEqual([firstLegal(one)]);
  });

  test('in a zone that the database does not know hold by the zone to fall back on', async () => {
    const at = new Date('2026-11-21T22:00:00Z');
    const [row] = await database.dispatcher.query(
      `select campaign.quiet_until($1, 'Atlantis/Capital', 'Asia/Tokyo', '21:00', '08:00') as until`,
      [at],
    );
    // 07:00 in Tokyo.
    expect(row).toEqual({ until: new Date('2026-11-21T23:00:00Z') });
  });
});
