import type { Budget } from '../campaign/campaign-fields';
import type { FrozenPlan, FrozenVariant } from '../execution/frozen-plan';
import { type ChannelKind, channelName, DISPOSITION, reasonName } from '../shared/ledger-codes';
import { costOf, type LaunchCost } from './launch-cost';
import type { PlannedGroup } from './launch-count';
import type { LaunchForecast } from './launch-forecast';
import {
  type LocalizedContent,
  type MissingLocale,
  missingLocales,
  type PlannedLocale,
  plannedLocales,
} from './launch-locales';
import type { Wave } from './send-forecast';

/** What one channel would carry, and whom it would not. */
export interface PlannedChannel {
  readonly channel: ChannelKind;
  readonly messages: number;
  readonly exclusions: LaunchFigures['exclusions'];
}

/** People of one variant who would be sent to by one channel; those of a control get nothing. */
export interface PlannedVariant {
  readonly id: string;
  readonly name: string;
  readonly isControl: boolean;
  readonly channel: ChannelKind | null;
  readonly people: number;
}

/** A variable that some of those who would be sent to lack. */
export interface MissingVariable {
  readonly variable: string;
  readonly people: number;
  /** Those who would get content that uses it. */
  readonly of: number;
}

/** What a launch comes to. */
export interface LaunchFigures {
  readonly people: number;
  readonly sent: number;
  /** Everybody else of the audience, by reason. */
  readonly exclusions: readonly { readonly reason: string; readonly count: number }[];
  readonly variants: readonly PlannedVariant[];
  readonly messages: number;
  readonly channels: readonly PlannedChannel[];
  /** Those of `sent` whose variant is chosen later, by what came of the others. */
  readonly undecided: number;
  readonly waves: readonly ChannelWave[];
  /** Messages that would wait for the next login of their people. */
  readonly awaitingLogin: number;
  readonly quietHoursSkipped: number;
  readonly outsideWindowSkipped: number;
  readonly finishesAt?: Date;
  readonly cost?: LaunchCost;
  readonly missing: readonly MissingVariable[];
  /** Those of `messages` that would not leave, at least: of a strict campaign, for their people lack what they show. */
  readonly wouldFail: number;
  /** Of content that is written in several languages. */
  readonly locales: readonly PlannedLocale[];
  readonly missingLocales: readonly MissingLocale[];
}

/** A variable, and the contents that use it. */
export type UsedVariable = readonly [variable: string, contents: readonly ContentPlace[]];

/** Where a content stands. */
export interface ContentPlace {
  readonly variantNo: number;
  readonly channel: number;
}

/** A wave on one channel. */
export interface ChannelWave extends Wave {
  readonly channel: ChannelKind;
}

/** Those who would be sent to, by due time, zone and channel; when people log in nobody foretells. */
export const wavesOf = (groups: readonly PlannedGroup[]): readonly ChannelWave[] => {
  const byWave = Map.groupBy(
    groups.filter((group) => isQueued(group) && !group.away),
    ({ due_at, time_zone, channel }) => `${due_at.getTime()} ${channel} ${time_zone}`,
  );
  return [...byWave.values()].flatMap(([first, ...others]) =>
    first
      ? [{ dueAt: first.due_at, timeZone: first.time_zone, channel: kindOf(first), people: sum([first, ...others]) }]
      : [],
  );
};

const kindOf = ({ channel }: PlannedGroup): ChannelKind => channelName.get(channel) ?? 'email';

/** Counts what a launch comes to. */
export function figuresOf(
  groups: readonly PlannedGroup[],
  { plan, budget, forecast, used, localized }: FigureParts,
): LaunchFigures {
  const queued = groups.filter(isQueued);
  const channels = plan.channels.map((channel) => channelOf(channel, groups));
  const sent = channels.map(
    ({ channel, messages }) => [channel, messages - (forecast.skippedOn.get(channel) ?? 0)] as const,
  );
  return {
    people: peopleOf(groups),
    sent: peopleOf(queued),
    exclusions: exclusionsOf(groups, peopleOf),
    messages: sum(queued),
    channels,
    variants: plan.variants.flatMap((variant) => variantsOf(plan, variant, groups)),
    undecided: peopleOf(queued.filter(({ variant_no }) => variant_no === null)),
    waves: wavesOf(groups),
    awaitingLogin: sum(queued.filter(({ away }) => away)),
    quietHoursSkipped:
      [...forecast.skippedOn.values()].reduce((total, skipped) => total + skipped, 0) - forecast.outsideWindow,
    outsideWindowSkipped: forecast.outsideWindow,
    ...(forecast.finishesAt && { finishesAt: forecast.finishesAt }),
    ...(budget && { cost: costOf(budget, new Map(sent)) }),
    missing: missingOf(queued, used),
    wouldFail: queued.reduce((total, { fails }) => total + fails, 0),
    locales: plannedLocales(queued, localized),
    missingLocales: missingLocales(queued, localized),
  };
}

/** What is known beside the groups. */
interface FigureParts {
  readonly plan: FrozenPlan;
  readonly budget: Budget | null;
  readonly forecast: LaunchForecast;
  readonly used: readonly UsedVariable[];
  readonly localized: readonly LocalizedContent[];
}

const isQueued = ({ disposition }: PlannedGroup): boolean => disposition === DISPOSITION.queued;

const sum = (groups: readonly PlannedGroup[]): number => groups.reduce((total, { n }) => total + n, 0);

const peopleOf = (groups: readonly PlannedGroup[]): number => groups.reduce((total, { people }) => total + people, 0);

function channelOf(channel: ChannelKind, groups: readonly PlannedGroup[]): PlannedChannel {
  const own = groups.filter((group) => kindOf(group) === channel);
  return { channel, messages: sum(own.filter(isQueued)), exclusions: exclusionsOf(own, sum) };
}

const variantsOf = (
  { channels }: FrozenPlan,
  { no, id, name, isControl }: FrozenVariant,
  groups: readonly PlannedGroup[],
): PlannedVariant[] => {
  const own = groups.filter(({ variant_no }) => variant_no === no);
  if (isControl) return [{ id, name, isControl, channel: null, people: sum(own) }];
  return channels.map((channel) => {
    const people = sum(own.filter((group) => kindOf(group) === channel));
    return { id, name, isControl, channel, people };
  });
};

function exclusionsOf(
  groups: readonly PlannedGroup[],
  count: (groups: readonly PlannedGroup[]) => number,
): LaunchFigures['exclusions'] {
  const byReason = Map.groupBy(
    groups.filter((group) => !isQueued(group)),
    ({ reason }) => reason,
  );
  return [...byReason]
    .sort(([one], [other]) => one - other)
    .map(([reason, stopped]) => ({ reason: reasonName.get(reason) ?? String(reason), count: count(stopped) }))
    .filter(({ count }) => count > 0);
}

// Who waits may get any of them.
function missingOf(queued: readonly PlannedGroup[], used: readonly UsedVariable[]): readonly MissingVariable[] {
  return used.flatMap(([variable, contents], index) => {
    const reached = queued.filter(({ variant_no, channel }) =>
      contents.some((one) => one.channel === channel && (variant_no === null || one.variantNo === variant_no)),
    );
    const people = reached.reduce((total, { missing }) => total + (missing[index] ?? 0), 0);
    return people === 0 ? [] : [{ variable, people, of: sum(reached) }];
  });
}
