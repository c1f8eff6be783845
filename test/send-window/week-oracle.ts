import type { FrozenQuietHours } from '../../src/execution/frozen-plan';
import { type SendWindow, weekDays } from '../../src/send-window/send-window';

const MINUTE_MS = 60_000;
const DAY = 1_440;

/** When somebody may be written to, in the words of a person. */
export interface WeekRules {
  readonly windows: readonly SendWindow[];
  readonly excludeWeekends: boolean;
  readonly quiet: Pick<FrozenQuietHours, 'from' | 'until'> | null;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** What the clock of a zone shows, as if it were UTC. Clocks change at quarters of an hour: each is looked up once. */
export function wallOf(at: number, timeZone: string): Date {
  const quarter = Math.floor(at / (15 * MINUTE_MS)) * 15 * MINUTE_MS;
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key) ?? offsetAt(quarter, timeZone);
  offsets.set(key, known);
  return new Date(at + known);
}

function offsetAt(at: number, timeZone: string): number {
  const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits });
  clocks.set(timeZone, clock);
  const shown = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => shown.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - at;
}

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const dayOf = (wall: Date): number => (wall.getUTCDay() + 6) % 7;

/** Whether somebody is written to in this minute of their clock. */
export function mayWrite({ windows, excludeWeekends, quiet }: WeekRules, wall: Date): boolean {
  const [day, minute] = [dayOf(wall), wall.getUTCHours() * 60 + wall.getUTCMinutes()];
  if (excludeWeekends && day >= 5) return false;
  if (quiet && rests(minutes(quiet.from), minutes(quiet.until), minute)) return false;
  return windows.length === 0 || windows.some((window) => isIn(window, day, minute));
}

const rests = (from: number, until: number, minute: number): boolean =>
  from <= until ? from <= minute && minute < until : from <= minute || minute < until;

function isIn({ days, from, until }: SendWindow, day: number, minute: number): boolean {
  const opensOn = (one: number): boolean => days.some((name) => weekDays.indexOf(name) === (one + 7) % 7);
  const [opens, closes] = [minutes(from), minutes(until)];
  if (opens < closes) return opensOn(day) && opens <= minute && minute < closes;
  return (opensOn(day) && opens <= minute && minute < DAY) || (opensOn(day - 1) && minute < closes);
}

/** The first minute at which somebody may be written to; null where they may at once. Looks at every minute. */
export function opensAt(rules: WeekRules, at: Date, timeZone: string): Date | null {
  if (mayWrite(rules, wallOf(at.getTime(), timeZone))) return null;
  let minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  do minute += MINUTE_MS;
  while (!mayWrite(rules, wallOf(minute, timeZone)));
  return new Date(minute);
}
