import type { FrozenQuietHours } from '../execution/frozen-plan';
import { DomainError } from '../shared/errors';

/** When nobody gets a commercial text message, by the clock of the recipient (TCPA). */
export const LEGAL_REST = { from: '21:00', until: '08:00' } as const;

interface Hours {
  readonly from: string;
  readonly until: string;
}

const MINUTES = 1_440;

/**
 * The quiet hours of commercial text messages: those that the organization has, and the legal ones, whatever lies between.
 * Undefined where the organization's are enough.
 */
export function smsQuietHours(
  own: FrozenQuietHours | null,
  rest: Pick<FrozenQuietHours, 'timeZone' | 'skips'>,
): FrozenQuietHours | undefined {
  const quiet = minutesOf(own ? [own, LEGAL_REST] : [LEGAL_REST]);
  if (own && minutesOf([own]).every((isQuiet, minute) => isQuiet === quiet[minute])) return undefined;
  const [first, also] = runsOf(quiet);
  if (!first) {
    const message = 'quiet hours and the legal rest of commercial text messages leave no time of day to send them';
    throw new DomainError('CAMPAIGN_INVALID_SETTINGS', message, 'quietHours');
  }
  return { ...first, timeZone: rest.timeZone, skips: rest.skips, ...(also && { also }) };
}

const minutesOf = (hours: readonly Hours[]): readonly boolean[] =>
  Array.from({ length: MINUTES }, (_, minute) => hours.some((one) => isWithin(one, minute)));

function isWithin({ from, until }: Hours, minute: number): boolean {
  const [since, to] = [toMinute(from), toMinute(until)];
  return since <= to ? minute >= since && minute < to : minute >= since || minute < to;
}

// Two of them at most, apart from each other; none where every minute is quiet.
const runsOf = (quiet: readonly boolean[]): readonly Hours[] =>
  quiet.flatMap((isQuiet, minute) => {
    if (!isQuiet || quiet[(minute + MINUTES - 1) % MINUTES]) return [];
    const length = quiet.findIndex((_, after) => !quiet[(minute + after) % MINUTES]);
    return [{ from: toClock(minute), until: toClock((minute + length) % MINUTES) }];
  });

const toMinute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

const toClock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
