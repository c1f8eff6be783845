import fc from 'fast-check';
import { forecast, type SendingLimits, type Wave } from '../../src/launch-plan/send-forecast';

const MINUTE_MS = 60_000;
const begin = new Date('2026-03-20T12:00:00Z');
const at = (minutes: number) => new Date(begin.getTime() + minutes * MINUTE_MS);

/** Open for `open` minutes of every day, from `opens` minutes after midnight. */
const hoursOf = (opens: number, open: number, days = 40) =>
  Array.from({ length: days }, (_, day) => {
    const start = (day - 1) * 1_440 + opens - 720;
    return { opens: at(start), closes: at(start + open) };
  });

/** The same, counted message by message: one a minute. */
function counted(waves: readonly Wave[], { openHours, skips = false }: SendingLimits) {
  let queue = waves.map((wave) => ({ ...wave, ready: wave.dueAt.getTime() }));
  let now = begin.getTime();
  let skipped = 0;
  while (queue.length > 0) {
    const [next] = queue.toSorted((one, other) => one.ready - other.ready);
    if (!next) break;
    now = Math.max(now, next.ready);
    const opens =
      openHours
        ?.get(next.timeZone)
        ?.find(({ closes }) => closes.getTime() > now)
        ?.opens.getTime() ?? now;
    if (opens <= now) {
      next.people -= 1;
      now += MINUTE_MS;
    } else if (skips) {
      skipped += next.people;
      next.people = 0;
    } else next.ready = opens;
    queue = queue.filter(({ people }) => people > 0);
  }
  return { finishesAt: new Date(now), skipped };
}

const zones = ['Europe/Berlin', 'Asia/Tokyo', 'America/New_York'];
const cases = fc.record({
  waves: fc.array(
    fc.record({
      dueAt: fc.integer({ min: 0, max: 1_500 }).map(at),
      timeZone: fc.constantFrom(...zones),
      people: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  openHours: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 60, max: 1_439 })), {
      minLength: 3,
      maxLength: 3,
    })
    .map((all) => new Map(all.map(([opens, open], index) => [zones[index] ?? '', hoursOf(opens, open)]))),
  skips: fc.boolean(),
});

test('a foretold sending ends when one that is counted message by message ends', () => {
  fc.assert(
    fc.property(cases, ({ waves, openHours, skips }) => {
      const limits = { perMinute: 1, openHours, skips };
      const real = counted(
        waves.map((wave) => ({ ...wave })),
        limits,
      );
      expect(forecast(begin, waves, limits)).toEqual(real);
    }),
    { numRuns: 200 },
  );
});

test('it takes people divided by the rate when nobody sleeps', () => {
  const waves = [{ dueAt: begin, timeZone: 'UTC', people: 6_000 }];
  expect(forecast(begin, waves, { perMinute: 100 })).toEqual({ finishesAt: at(60), skipped: 0 });
});

test('without a limit it ends when the last are due', () => {
  const waves = [
    { dueAt: at(600), timeZone: 'Asia/Tokyo', people: 5 },
    { dueAt: begin, timeZone: 'UTC', people: 6_000 },
  ];
  expect(forecast(begin, waves, {})).toEqual({ finishesAt: at(600), skipped: 0 });
});

test('what a day has no room for goes out the next day, from the first legal minute on', () => {
  // Open from noon to 13:00: 60 messages a day at one a minute.
  const openHours = new Map([['UTC', hoursOf(720, 60)]]);
  const waves = [{ dueAt: begin, timeZone: 'UTC', people: 150 }];
  expect(forecast(begin, waves, { perMinute: 1, openHours }).finishesAt).toEqual(at(2 * 1_440 + 30));
  expect(forecast(begin, waves, { perMinute: 1, openHours, skips: true })).toEqual({ finishesAt: at(60), skipped: 90 });
});

test('what lies beyond the hours that are known has no end', () => {
  const openHours = new Map([['UTC', hoursOf(720, 60, 3)]]);
  const waves = [{ dueAt: begin, timeZone: 'UTC', people: 1_000 }];
  expect(forecast(begin, waves, { perMinute: 1, openHours })).toEqual({ skipped: 0 });
});

test('a bandit of a hundred batches in all time zones is foretold while a caller waits', () => {
  const zoneNames = Array.from({ length: 400 }, (_, zone) => `Zone/${zone}`);
  const openHours = new Map(zoneNames.map((name, zone) => [name, hoursOf(zone, 720)]));
  const waves = Array.from({ length: 100 }, (_, batch) =>
    zoneNames.map((timeZone): Wave => ({ dueAt: at(batch * 60), timeZone, people: 1 })),
  ).flat();
  const begun = performance.now();
  const { finishesAt, skipped } = forecast(begin, waves, { perMinute: 1_000, openHours });
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect({ skipped, ends: finishesAt && finishesAt > at(99 * 60) }).toEqual({ skipped: 0, ends: true });
});
