import { stopOf } from '../dispatch/ways-sql';
import { CHANNEL, type ChannelKind, DISPOSITION, reasonName } from '../shared/ledger-codes';

/** Whom a channel reaches of an audience. */
export interface ChannelReach {
  readonly channel: ChannelKind;
  /** Messages that would go by it. */
  readonly messages: number;
  /** People whom nothing stands against there, whatever becomes of them. */
  readonly reachable: number;
  /** The others, by what does. */
  readonly stopped: readonly { readonly reason: string; readonly count: number }[];
}

/** Messages judged alike, with what each channel said of their people. */
export interface JudgedAlike {
  readonly disposition: number;
  readonly channel: number;
  readonly n: number;
  readonly people: number;
}

/** Counts each channel by itself; `stopsOf` reads a group's column of that name. */
export const reachOf = <Group extends JudgedAlike>(
  channels: readonly ChannelKind[],
  groups: readonly Group[],
  stopsOf: (group: Group, column: string) => number,
): ChannelReach[] =>
  channels.map((channel) => {
    const byStop = Map.groupBy(groups, (group) => stopsOf(group, stopOf(channel)));
    const people = (some: readonly Group[]) => some.reduce((sum, group) => sum + group.people, 0);
    const sent = groups.filter(
      (group) => group.channel === CHANNEL[channel] && group.disposition === DISPOSITION.queued,
    );
    return {
      channel,
      messages: sent.reduce((sum, { n }) => sum + n, 0),
      reachable: people(byStop.get(0) ?? []),
      stopped: [...byStop]
        .filter(([stop, stopped]) => stop > 0 && people(stopped) > 0)
        .sort(([one], [other]) => one - other)
        .map(([stop, stopped]) => ({ reason: reasonName.get(stop) ?? String(stop), count: people(stopped) })),
    };
  });
