import { type ChannelHours, hoursOf } from '../channel/channel-hours';
import { closedUntilSql } from '../channel/closed-until-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { SqlParameters } from '../segment/sql-parameters';
import type { LocalTime } from '../send-window/local-time';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';

/** For which rows, and counted from when; `release` where some wait for a variant. */
interface DueQuestion {
  readonly now: string;
  readonly parameters: SqlParameters;
  readonly release: Date | null;
  /** The start: for whom a time of day is past then, it is past. */
  readonly asOf: Date;
  readonly of: 'judged' | 'alike';
}

/**
 * When each person's message is due: at once or at a time of their day, or when their quiet hours end or a window opens for them. Asked once for
 * each zone; where nobody is put off, nothing is asked. The guard looks again, for a chunk may come late. Who waits for a
 * variant is due so many minutes past the release, and asleep then or not as anybody else. `ready_at`: when it would be due
 * but for that.
 */
export function dueTimes(plan: FrozenPlan, { now, parameters, release, asOf, of }: DueQuestion): string {
  const from = release ? dueOfWaiting(now, release, parameters) : now;
  const { localTime } = plan;
  const rests = new Map(plan.channels.map((kind) => [kind, restOf(plan, kind)]));
  const [rest] = [...rests.values()].filter((one) => one !== null);
  if (!rest && !localTime) return `timed as (select *, ${from} as due_at, ${from} as ready_at from ${of})`;
  const zone = parameters.bind((rest ?? localTime)?.timeZone);
  const isShared = new Set([...rests.values()].map((one) => JSON.stringify(one))).size === 1;
  const end = isShared ? restEnd(rest ?? null, zone, parameters) : restEnds(rests, zone, parameters);
  const keys = [...(isShared ? [] : ['channel']), ...(release ? ['waits'] : [])];
  const more = keys.map((key) => `, ${key}`).join('');
  const zones = `select distinct coalesce(time_zone, ${zone}) as zone${more}, ${from} as at from ${of}`;
  const due = localTime
    ? localZones(zones, { localTime, more, zone, asOf, waits: release !== null, parameters })
    : zones;
  return `zones as materialized (
    select zone${more}, coalesce(${end}, at) as due_at, at as ready_at
    from (${due}) z
  ),
  timed as (
    select j.*, z.due_at, z.ready_at from ${of} j join zones z
      on z.zone = coalesce(j.time_zone, ${zone})${keys.map((key) => ` and z.${key} is not distinct from j.${key}`).join('')}
  )`;
}

interface LocalQuestion {
  readonly localTime: LocalTime;
  readonly more: string;
  readonly zone: string;
  readonly asOf: Date;
  readonly waits: boolean;
  readonly parameters: SqlParameters;
}

// For whom the time was past at the start, and who are skipped for that, were judged so: of others it is past when they stop
// waiting for a variant, and they get theirs on the next day.
function localZones(zones: string, { localTime, more, zone, asOf, waits, parameters }: LocalQuestion): string {
  const { at, ifPast } = localTime;
  const start = `${parameters.bind(asOf)}::timestamptz`;
  const moment = waits ? `case when waits is null then ${start} else at end` : start;
  const [clock, past] = [parameters.bind(at), parameters.bind(ifPast === 'SKIP' ? 'NEXT_DAY' : ifPast)];
  return `select zone${more}, greatest(at, campaign.local_due(${moment}, zone, ${zone}, ${clock}::time, ${past}::text)) as at
    from (${zones}) z`;
}

const dueOfWaiting = (now: string, release: Date, parameters: SqlParameters): string =>
  `case when waits is null then ${now}
    else greatest(${now}, ${parameters.bind(release)}::timestamptz + make_interval(mins => waits)) end`;

const restOf = (plan: FrozenPlan, kind: ChannelKind): ChannelHours | null => {
  const hours = hoursOf(plan, kind);
  return hours === null || hours.skips ? null : hours;
};

const restEnd = (rest: ChannelHours | null, zone: string, parameters: SqlParameters): string =>
  rest === null ? 'null::timestamptz' : closedUntilSql(rest, { at: 'at', zone: 'zone', fallback: zone }, parameters);

function restEnds(
  rests: ReadonlyMap<ChannelKind, ChannelHours | null>,
  zone: string,
  parameters: SqlParameters,
): string {
  const arms = [...rests].map(([kind, rest]) => `when ${CHANNEL[kind]} then ${restEnd(rest, zone, parameters)}`);
  return `case channel ${arms.join(' ')} end`;
}
