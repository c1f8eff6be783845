import { smsQuietHours } from '../../src/channel/sms-hours';

const rest = { timeZone: 'UTC', skips: false };
const own = (from: string, until: string) => ({ from, until, ...rest });

test('without hours of the organization the legal ones hold', () => {
  expect(smsQuietHours(null, rest)).toEqual(own('21:00', '08:00'));
  expect(smsQuietHours(own('10:00', '10:00'), rest)).toEqual(own('21:00', '08:00'));
});

test('hours that hold the legal ones are enough', () => {
  expect(smsQuietHours(own('21:00', '08:00'), rest)).toBeUndefined();
  expect(smsQuietHours(own('20:00', '09:30'), rest)).toBeUndefined();
});

test.each([
  ['22:00', '06:00', '21:00', '08:00'],
  ['18:00', '23:00', '18:00', '08:00'],
  ['08:00', '10:15', '21:00', '10:15'],
  ['07:00', '20:59', '21:00', '20:59'],
])('hours from %s to %s and the legal ones are one rest from %s to %s', (from, until, since, to) => {
  expect(smsQuietHours(own(from, until), rest)).toEqual(own(since, to));
});

test('hours apart from the legal ones are kept beside them', () => {
  expect(smsQuietHours(own('12:00', '14:00'), rest)).toEqual({
    ...own('12:00', '14:00'),
    also: { from: '21:00', until: '08:00' },
  });
});

test('hours that leave no time of day are refused', () => {
  expect(() => smsQuietHours(own('08:00', '21:00'), rest)).toThrow('leave no time of day');
});
