import { DomainError } from '../shared/errors';
import { DAYS_OF_WEEK, MINUTES_OF_DAY, rangesOn, shared, union, type WeekRanges, without } from './week-ranges';

export const weekDays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type WeekDay = (typeof weekDays)[number];

/**
 * Hours of some days in which a campaign may write to people, by their clocks. Hours that end before they begin end on the
 * next day, and belong to the day of their beginning. `until` may be 24:00.
 */
export interface SendWindow {
  readonly days: readonly WeekDay[];
  readonly from: string;
  readonly until: string;
}

/** When a campaign may write to people, as it says itself. */
export interface SendTimes {
  /** None: at any hour. */
  readonly sendWindows: readonly SendWindow[];
  /** Nobody is written to on what is Saturday or Sunday on their clock, whenever a window began. */
  readonly excludeWeekends: boolean;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const weekend = rangesOn([5, 6], 0, MINUTES_OF_DAY);

/** The parts of a week in which a campaign may write; undefined where it says nothing of that. */
export function openWeekOf({ sendWindows, excludeWeekends }: SendTimes): WeekRanges | undefined {
  if (sendWindows.length === 0) return excludeWeekends ? without(weekend) : undefined;
  const open = union(sendWindows.flatMap(rangesOf));
  return excludeWeekends ? shared(open, without(weekend)) : open;
}

const rangesOf = ({ days, from, until }: SendWindow): WeekRanges =>
  rangesOn(
    days.map((day) => weekDays.indexOf(day)),
    toMinute(from),
    toMinute(until),
  );

/** The parts of a week in words, such as `FRIDAY 22:30` to `SATURDAY 02:00`. */
export const weekWords = (ranges: WeekRanges): readonly { readonly from: string; readonly until: string }[] =>
  ranges.map(([from, until]) => ({ from: toWords(from), until: toWords(until) }));

function toWords(minute: number): string {
  const [day, time] = [Math.floor(minute / MINUTES_OF_DAY) % DAYS_OF_WEEK, minute % MINUTES_OF_DAY];
  return `${weekDays[day]} ${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`;
}

/** Hours that are the same on every day; the same time twice is none of it. */
export function rangesEveryDay({ from, until }: { readonly from: string; readonly until: string }): WeekRanges {
  const days = Array.from({ length: DAYS_OF_WEEK }, (_, day) => day);
  return from === until ? [] : rangesOn(days, toMinute(from), toMinute(until));
}

const toMinute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Refuses windows that cannot be, with the path of the first wrong part. */
export function checkSendWindows(windows: readonly SendWindow[]): void {
  for (const [index, { days, from, until }] of windows.entries()) {
    const path = `sendWindows[${index}]`;
    if (!CLOCK.test(from))
      throw invalid(`${path}.from`, `a time of day such as 09:00 is expected, not ${from.slice(0, 40)}`);
    if (!CLOCK.test(until) && until !== '24:00')
      throw invalid(`${path}.until`, `a time of day such as 17:00, or 24:00, is expected, not ${until.slice(0, 40)}`);
    if (from === until)
      throw invalid(`${path}.until`, 'a window ends at another time than it begins: a whole day is 00:00 to 24:00');
    if (days.length === 0) throw invalid(`${path}.days`, 'a window opens on at least one day');
    if (new Set(days).size < days.length) throw invalid(`${path}.days`, 'a window names each of its days once');
  }
}

const invalid = (path: string, message: string): DomainError => new DomainError('CAMPAIGN_INVALID', message, path);
