import type { OpenHours, OpenHoursByZone } from './open-hours';
import { WaveQueue } from './wave-queue';

/** People of one time zone who are due at the same time. */
export interface Wave {
  readonly dueAt: Date;
  readonly timeZone: string;
  readonly people: number;
}

/** What holds a sending back. */
export interface SendingLimits {
  /** Messages a minute; absent: as fast as the senders are. */
  readonly perMinute?: number;
  /** When the people of a zone may be written to, in order; absent: at any time. */
  readonly openHours?: OpenHoursByZone;
  /** Whoever's turn comes at another time is skipped, not put off. */
  readonly skips?: boolean;
  /** When send windows alone are open, where there are some: who is skipped outside of them is told of. */
  readonly windows?: OpenHoursByZone;
}

/** How a sending would go. */
export interface Forecast {
  /** When the last message would leave; absent: later than the open hours that were given. */
  readonly finishesAt?: Date;
  readonly skipped: number;
  /** Those of them who are outside of the send windows; absent: nobody. */
  readonly outsideWindow?: number;
}

/** A wave under way. `day` is the first of its open hours that has not passed. */
interface Waiting {
  /** Among equals the first one given is the first one served. */
  readonly place: number;
  readonly hours: readonly OpenHours[] | undefined;
  readonly windows: readonly OpenHours[] | undefined;
  day: number;
  ready: number;
  left: number;
}

const MINUTE_MS = 60_000;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Lets the waves flow at the rate, the one that has been ready longest first; who is asleep when their turn comes waits
 * for the morning, or is skipped. A step sends of one wave, until it is through or falls asleep.
 */
export function forecast(from: Date, waves: readonly Wave[], limits: SendingLimits): Forecast {
  const queue = new WaveQueue(waves.map((wave, place) => waitingOf(wave, place, limits)));
  let now = from.getTime();
  let skipped = 0;
  let outsideWindow = 0;
  for (;;) {
    const next = queue.first;
    const found = { skipped, ...(outsideWindow > 0 && { outsideWindow }) };
    if (!next) return { finishesAt: new Date(now), ...found };
    if (next.ready === NEVER) return found;
    now = Math.max(now, next.ready);
    const opens = openingAt(next, now);
    if (opens <= now) now = send(next, now, limits.perMinute);
    else if (!limits.skips) next.ready = opens;
    else {
      skipped += next.left;
      if (isOutside(next.windows, now)) outsideWindow += next.left;
      next.left = 0;
    }
    queue.settleFirst();
  }
}

const isOutside = (windows: Waiting['windows'], now: number): boolean =>
  windows !== undefined && !windows.some(({ opens, closes }) => opens.getTime() <= now && now < closes.getTime());

const waitingOf = (
  { timeZone, dueAt, people }: Wave,
  place: number,
  { openHours, windows }: SendingLimits,
): Waiting => ({
  place,
  hours: openHours?.get(timeZone),
  windows: windows?.get(timeZone),
  day: 0,
  ready: dueAt.getTime(),
  left: people,
});

/** When the present or next open hours of a wave begin. */
function openingAt(wave: Waiting, now: number): number {
  if (!wave.hours) return now;
  while (closingOf(wave) <= now) wave.day += 1;
  return wave.hours[wave.day]?.opens.getTime() ?? NEVER;
}

const closingOf = ({ hours, day }: Waiting): number => hours?.[day]?.closes.getTime() ?? NEVER;

/** Sends of one wave until it is through, or asleep; answers when that is. */
function send(wave: Waiting, now: number, perMinute: number | undefined): number {
  const through = perMinute === undefined ? now : now + (wave.left * MINUTE_MS) / perMinute;
  const closes = closingOf(wave);
  if (through <= closes || perMinute === undefined) {
    wave.left = 0;
    return through;
  }
  wave.left -= Math.floor(((closes - now) * perMinute) / MINUTE_MS);
  return closes;
}
