import type { Transaction } from '../adapters/postgres';
import { type ChannelHours, hoursOf, isOpenWeek } from '../channel/channel-hours';
import type { FrozenPlan, FrozenQuietHours } from '../execution/frozen-plan';
import type { ChannelKind } from '../shared/ledger-codes';
import type { ChannelWave } from './launch-figures';
import type { PaceLimit } from './launch-pace';
import { shared } from './open-hours';
import { readOpenHours, readOpenWeeks } from './read-open-hours';
import { type Forecast, forecast, type SendingLimits, type Wave } from './send-forecast';

/** How a launch would go, over all of its channels. */
export interface LaunchForecast {
  /** When the last message would leave; absent: later than anybody looks ahead. */
  readonly finishesAt?: Date;
  /** Messages whose turn comes at an hour that skips them. */
  readonly skippedOn: ReadonlyMap<ChannelKind, number>;
  /** Those of them that are outside of the send windows; the others are in quiet hours. */
  readonly outsideWindow: number;
}

interface Ahead {
  readonly waves: readonly ChannelWave[];
  readonly limits: readonly PaceLimit[];
  readonly now: Date;
  readonly days: number;
}

/**
 * Each channel goes at its own pace, and all of them together not faster than what they share: the launch ends when the
 * slowest of these does.
 */
export async function foretell(tx: Transaction, plan: FrozenPlan, ahead: Ahead): Promise<LaunchForecast> {
  const { waves, now } = ahead;
  const common = ahead.limits.find(({ channel }) => channel === undefined)?.perMinute;
  const byChannel: (readonly [ChannelKind, Forecast])[] = [];
  for (const kind of plan.channels) {
    const own = waves.filter(({ channel }) => channel === kind);
    const rates = ahead.limits.filter(({ channel }) => channel === kind).map(({ perMinute }) => perMinute);
    const strictest = Math.min(...rates, common ?? Number.POSITIVE_INFINITY);
    const rate = Number.isFinite(strictest) ? { perMinute: strictest } : {};
    byChannel.push([kind, await foretellChannel(tx, hoursOf(plan, kind), own, { ...ahead, rate })]);
  }
  const together = byChannel.length > 1 && common !== undefined ? [forecast(now, waves, { perMinute: common })] : [];
  const ends = [...byChannel.map(([, one]) => one), ...together].map(({ finishesAt }) => finishesAt);
  const last = ends.includes(undefined) ? undefined : new Date(Math.max(now.getTime(), ...ends.map(Number)));
  return {
    ...(last && { finishesAt: last }),
    skippedOn: new Map(byChannel.map(([kind, { skipped }]) => [kind, skipped])),
    outsideWindow: byChannel.reduce((sum, [, { outsideWindow = 0 }]) => sum + outsideWindow, 0),
  };
}

/** A year of windows in all time zones is much to read, and most sendings end sooner. */
const FIRST_DAYS = 31;

async function foretellChannel(
  tx: Transaction,
  hours: ChannelHours | null,
  waves: readonly ChannelWave[],
  { now, days, rate }: Pick<Ahead, 'now' | 'days'> & { readonly rate: Pick<SendingLimits, 'perMinute'> },
): Promise<Forecast> {
  const look = async (upTo: number) =>
    forecast(now, waves, { ...rate, ...(await openHoursOf(tx, hours, waves, { now, days: upTo })) });
  if (!hours || hours.skips || !isOpenWeek(hours)) return look(days);
  const soon = await look(FIRST_DAYS);
  return soon.finishesAt ? soon : look(days);
}

async function openHoursOf(
  tx: Transaction,
  hours: ChannelHours | null,
  waves: readonly Wave[],
  { now, days }: Pick<Ahead, 'now' | 'days'>,
): Promise<Omit<SendingLimits, 'perMinute'>> {
  if (!hours) return {};
  const asked = { zones: [...new Set(waves.map(({ timeZone }) => timeZone))], now, days };
  if (!isOpenWeek(hours)) return quietDays(tx, hours, asked);
  const { open, windows, timeZone, skips } = hours;
  const openHours = await readOpenWeeks(tx, { ranges: open, timeZone }, asked);
  return skips
    ? { openHours, skips, windows: await readOpenWeeks(tx, { ranges: windows, timeZone }, asked) }
    : { openHours };
}

async function quietDays(
  tx: Transaction,
  quiet: FrozenQuietHours,
  asked: Parameters<typeof readOpenHours>[2],
): Promise<Omit<SendingLimits, 'perMinute'>> {
  if (quiet.from === quiet.until) return {};
  const open = await readOpenHours(tx, quiet, asked);
  if (!quiet.also) return { openHours: open, skips: quiet.skips };
  const also = await readOpenHours(tx, { ...quiet, ...quiet.also }, asked);
  return {
    openHours: new Map(asked.zones.map((zone) => [zone, shared(open.get(zone) ?? [], also.get(zone) ?? [])])),
    skips: quiet.skips,
  };
}
