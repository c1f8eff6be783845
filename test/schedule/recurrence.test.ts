import fc from 'fast-check';
import { checkRecurrence, occurrencesFrom } from '../../src/schedule/recurrence';

const HOUR_MS = 3_600_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Chatham',
];
const clocks = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      day: 'numeric',
      month: 'numeric',
      weekday: 'short',
      hourCycle: 'h23',
    }),
  ]),
);
const wall = (at: number, zone: string) => {
  const parts = clocks.get(zone)?.formatToParts(at) ?? [];
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { minute: Number(part('minute')), hour: Number(part('hour')), weekday: part('weekday'), day: part('day') };
};

/** Days around those on which clocks change, and any other. */
const days = fc.constantFrom(
  '2026-03-28',
  '2026-10-24',
  '2026-03-07',
  '2026-10-31',
  '2026-04-04',
  '2026-10-03',
  '2027-04-03',
  '2026-06-15',
);
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

test('each minute of four days that shows the time of the pattern is an occurrence, and the first one where it comes twice', () => {
  fc.assert(
    fc.property(
      days,
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 23 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
      (day, timeZone, minute, hour, on) => {
        const begin = Date.parse(`${day}T00:00:00Z`);
        const end = begin + 96 * HOUR_MS;
        const recurrence = { cron: `${minute} ${hour} * * ${on.join(',')}`, timeZone };
        const place = { passed: 0, after: new Date(begin), endAt: new Date(end) };
        const found = occurrencesFrom(recurrence, place, 10).map((at) => at.getTime());
        const shown: number[] = [];
        const seen = new Set<string>();
        for (let at = begin + 60_000; at < end; at += 60_000) {
          const clock = wall(at, timeZone);
          if (clock.minute !== minute || clock.hour !== hour || !on.includes(weekdays.indexOf(clock.weekday))) continue;
          if (!seen.has(clock.day)) shown.push(at);
          seen.add(clock.day);
        }
        // Besides those: a time that the clock left out is held right after the change.
        const leftOut = found.filter((at) => !shown.includes(at));
        expect(found.filter((at) => shown.includes(at))).toEqual(shown);
        expect(leftOut.length).toBeLessThanOrEqual(1);
        for (const at of leftOut) {
          const [before, after] = [wall(at - 60_000, timeZone), wall(at, timeZone)];
          const jump = after.hour * 60 + after.minute - before.hour * 60 - before.minute;
          expect(jump).toBeGreaterThan(1);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('hourly means every hour, also in the night in which one comes twice or is left out', () => {
  for (const [from, timeZone] of [
    ['2026-10-24T20:00:00Z', 'Europe/Berlin'],
    ['2026-03-28T20:00:00Z', 'Europe/Berlin'],
    ['2026-10-03T10:00:00Z', 'Australia/Lord_Howe'],
  ] as const) {
    const place = { passed: 0, after: new Date(from), endAt: null };
    const found = occurrencesFrom({ cron: '15 * * * *', timeZone }, place, 12).map((at) => at.getTime());
    for (const [index, at] of found.entries())
      if (index > 0) expect(at - (found[index - 1] ?? 0)).toBeGreaterThanOrEqual(HOUR_MS);
  }
});

test('two times that a change of clocks moves together are held once', () => {
  const place = { passed: 0, after: new Date('2026-03-28T12:00:00Z'), endAt: null };
  const found = occurrencesFrom({ cron: '30 1,2 * * *', timeZone: 'Europe/Berlin' }, place, 3);
  expect(found.map((at) => at.toISOString())).toEqual([
    '2026-03-29T00:30:00.000Z',
    '2026-03-29T23:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ]);
});

test('it ends before its end date, and with its count', () => {
  const recurrence = { cron: '0 9 * * *', timeZone: 'UTC' };
  const after = new Date('2026-01-01T09:00:00Z');
  const endAt = new Date('2026-01-04T09:00:00Z');
  expect(occurrencesFrom(recurrence, { passed: 0, after, endAt }, 10)).toHaveLength(2);
  expect(occurrencesFrom({ ...recurrence, count: 5 }, { passed: 2, after, endAt: null }, 10)).toHaveLength(3);
});

test.each([
  ['recurrence.cron', { cron: '* * * * *' }],
  ['recurrence.cron', { cron: '0,30 9 * * *' }],
  ['recurrence.cron', { cron: '*/15 * * * *' }],
  ['recurrence.cron', { cron: '0 0 9 * * *' }],
  ['recurrence.cron', { cron: '@daily' }],
  ['recurrence.cron', { cron: '0 25 * * *' }],
  ['recurrence.cron', { cron: '0 0 31 2 *' }],
  ['recurrence.cron', { cron: `0 9 * * ${'1,'.repeat(60)}1` }],
  ['recurrence.cron', { cron: '' }],
  ['recurrence.timeZone', { timeZone: '+02:00' }],
  ['recurrence.timeZone', { timeZone: 'Mars/Olympus' }],
  ['recurrence.count', { count: 0 }],
  ['recurrence.count', { count: 10_001 }],
])('a mistake in %s is refused where it is', (path, over) => {
  const refused = () => checkRecurrence({ cron: '0 9 * * MON', timeZone: 'Europe/Berlin', ...over });
  expect(refused).toThrow(expect.objectContaining({ code: 'SCHEDULE_INVALID', path }));
});
