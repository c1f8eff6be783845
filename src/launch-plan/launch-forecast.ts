import type { Transaction } from '../adapters/postgres';
import { quietHoursOf } from '../channel/channel-hours';
import type { FrozenPlan, FrozenQuietHours } from '../execution/frozen-plan';
import type { ChannelKind } from '../shared/ledger-codes';
import { readOpenHours } from './launch-count';
import type { ChannelWave } from './launch-figures';
import type { PaceLimit } from './launch-pace';
import { type OpenHoursByZone, shared } from './open-hours';
import { type Forecast, forecast, type Wave } from './send-forecast';

/** How a launch would go, over all of its channels. */
export interface LaunchForecast {
  /** When the last message would leave; absent: later than anybody looks ahead. */
  readonly finishesAt?: Date;
  /** Messages whose turn comes in quiet hours that skip them. */
  readonly skippedOn: ReadonlyMap<ChannelKind, number>;
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
    const hours = await hoursOf(tx, quietHoursOf(plan, kind), own, ahead);
    byChannel.push([
      kind,
      forecast(now, own, { ...(Number.isFinite(strictest) && { perMinute: strictest }), ...hours }),
    ]);
  }
  const together = byChannel.length > 1 && common !== undefined ? [forecast(now, waves, { perMinute: common })] : [];
  const ends = [...byChannel.map(([, one]) => one), ...together].map(({ finishesAt }) => finishesAt);
  const last = ends.includes(undefined) ? undefined : new Date(Math.max(now.getTime(), ...ends.map(Number)));
  return {
    ...(last && { finishesAt: last }),
    skippedOn: new Map(byChannel.map(([kind, { skipped }]) => [kind, skipped])),
  };
}

async function hoursOf(
  tx: Transaction,
  quiet: FrozenQuietHours | null,
  waves: readonly Wave[],
  { now, days }: Ahead,
): Promise<{ openHours?: OpenHoursByZone; skips?: boolean }> {
  if (!quiet || quiet.from === quiet.until) return {};
  const zones = [...new Set(waves.map(({ timeZone }) => timeZone))];
  const open = await readOpenHours(tx, quiet, { zones, now, days });
  if (!quiet.also) return { openHours: open, skips: quiet.skips };
  const also = await readOpenHours(tx, { ...quiet, ...quiet.also }, { zones, now, days });
  return {
    openHours: new Map(zones.map((zone) => [zone, shared(open.get(zone) ?? [], also.get(zone) ?? [])])),
    skips: quiet.skips,
  };
}
