import { strictestThrottle } from '../../src/campaign/throttle-freezing';
import { pacing } from '../../src/delivery/throttle';
import { readSettings } from '../../src/organization/organization-settings';
import { sharedRate } from '../../src/organization/shared-rate';

const mostWithin = (minutes: number, perMinute: number): number => {
  const { size, everyMs, lateMs } = pacing(perMinute);
  return size * Math.ceil((minutes * 60_000 + lateMs) / everyMs);
};

test.each([100, 1_000, 1_439, 1_440, 5_000])(
  'a limit of %i a day is never over in a day, and nearly used',
  (perDay) => {
    const rate = strictestThrottle({ perDay })?.perMinute ?? 0;
    expect(mostWithin(1_440, rate)).toBeLessThanOrEqual(perDay);
    expect(mostWithin(1_440, rate)).toBeGreaterThan(perDay * 0.75);
  },
);

test("an organization's limit of 30 an hour is kept although it is less than one a minute", () => {
  const rate = sharedRate(readSettings({ limits: { emailsPerHour: 30 } }))?.channels.email ?? 0;
  expect(mostWithin(60, rate)).toBeLessThanOrEqual(30);
});

test('an organization without limits has no rate to share', () => {
  expect(sharedRate(readSettings({ limits: { enabled: false } }))).toBeUndefined();
});
