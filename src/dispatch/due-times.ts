import { type ChannelHours, hoursOf } from '../channel/channel-hours';
import { closedUntilSql } from '../channel/closed-until-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { SqlParameters } from '../segment/sql-parameters';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';

/** For which rows, and counted from when; `release` where some wait for a variant. */
interface DueQuestion {
  readonly now: string;
  readonly parameters: SqlParameters;
  readonly release: Date | null;
  readonly of: 'judged' | 'alike';
}

/**
 * When each person's message is due: at once, or when their quiet hours end or a window opens for them. Asked once for
 * each zone; where nobody is put off, nothing is asked. The guard looks again, for a chunk may come late. Who waits for a
 * variant is due so many minutes past the release, and asleep then or not as anybody else. `ready_at`: when it would be due
 * but for that.
 */
export function dueTimes(plan: FrozenPlan, { now, parameters, release, of }: DueQuestion): string {
  const from = release ? dueOfWaiting(now, release, parameters) : now;
  const rests = new Map(plan.channels.map((kind) => [kind, restOf(plan, kind)]));
  const [rest] = [...rests.values()].filter((one) => one !== null);
  if (!rest) return `timed as (select *, ${from} as due_at, ${from} as ready_at from ${of})`;
  const zone = parameters.bind(rest.timeZone);
  const isShared = new Set([...rests.values()].map((one) => JSON.stringify(one))).size === 1;
  const end = isShared ? restEnd(rest, zone, parameters) : restEnds(rests, zone, parameters);
  const keys = [...(isShared ? [] : ['channel']), ...(release ? ['waits'] : [])];
  const more = keys.map((key) => `, ${key}`).join('');
  return `zones as materialized (
    select zone${more}, coalesce(${end}, at) as due_at, at as ready_at
    from (select distinct coalesce(time_zone, ${zone}) as zone${more}, ${from} as at from ${of}) z
  ),
  timed as (
    select j.*, z.due_at, z.ready_at from ${of} j join zones z
      on z.zone = coalesce(j.time_zone, ${zone})${keys.map((key) => ` and z.${key} is not distinct from j.${key}`).join('')}
  )`;
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
