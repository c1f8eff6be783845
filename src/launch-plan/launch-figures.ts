import type { Budget } from '../campaign/campaign-fields';
import type { FrozenPlan } from '../execution/frozen-plan';
import { type ChannelKind, DISPOSITION, reasonName } from '../shared/ledger-codes';
import { costOf, type LaunchCost } from './launch-cost';
import type { PlannedGroup } from './launch-count';
import {
  type LocalizedContent,
  type MissingLocale,
  missingLocales,
  type PlannedLocale,
  plannedLocales,
} from './launch-locales';
import type { Forecast, Wave } from './send-forecast';

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
  /** Those of `sent` whose variant is chosen later, by what came of the others. */
  readonly undecided: number;
  readonly waves: readonly Wave[];
  readonly quietHoursSkipped: number;
  readonly finishesAt?: Date;
  readonly cost?: LaunchCost;
  readonly missing: readonly MissingVariable[];
  /** Those of `sent` who would get nothing, at least: of a strict campaign, for they lack what their content shows. */
  readonly wouldFail: number;
  /** Of content that is written in several languages. */
  readonly locales: readonly PlannedLocale[];
  readonly missingLocales: readonly MissingLocale[];
}

/** A variable, and the numbers of the variants that use it. */
export type UsedVariable = readonly [variable: string, variants: ReadonlySet<number>];

// The one medium that messages go by today; the expansion writes it into every row.
const channel: ChannelKind = 'email';

/** Those who would be sent to, by due time and zone. */
export const wavesOf = (groups: readonly PlannedGroup[]): readonly Wave[] => {
  const byWave = Map.groupBy(groups.filter(isQueued), ({ due_at, time_zone }) => `${due_at.getTime()} ${time_zone}`);
  return [...byWave.values()].flatMap(([first, ...others]) =>
    first ? [{ dueAt: first.due_at, timeZone: first.time_zone, people: sum([first, ...others]) }] : [],
  );
};

/** Counts what a launch comes to. */
export function figuresOf(
  groups: readonly PlannedGroup[],
  { plan, budget, forecast, used, localized }: FigureParts,
): LaunchFigures {
  const queued = groups.filter(isQueued);
  const sent = sum(queued);
  const messages = new Map([[channel, sent - forecast.skipped]]);
  return {
    people: sum(groups),
    sent,
    exclusions: exclusionsOf(groups),
    variants: plan.variants.map(({ no, id, name, isControl }) => ({
      id,
      name,
      isControl,
      channel: isControl ? null : channel,
      people: sum(groups.filter(({ variant_no }) => variant_no === no)),
    })),
    undecided: sum(queued.filter(({ variant_no }) => variant_no === null)),
    waves: wavesOf(groups),
    quietHoursSkipped: forecast.skipped,
    ...(forecast.finishesAt && { finishesAt: forecast.finishesAt }),
    ...(budget && { cost: costOf(budget, messages) }),
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
  readonly forecast: Forecast;
  readonly used: readonly UsedVariable[];
  readonly localized: readonly LocalizedContent[];
}

const isQueued = ({ disposition }: PlannedGroup): boolean => disposition === DISPOSITION.queued;

const sum = (groups: readonly PlannedGroup[]): number => groups.reduce((total, { n }) => total + n, 0);

function exclusionsOf(groups: readonly PlannedGroup[]): LaunchFigures['exclusions'] {
  const byReason = Map.groupBy(
    groups.filter((group) => !isQueued(group)),
    ({ reason }) => reason,
  );
  return [...byReason]
    .sort(([one], [other]) => one - other)
    .map(([reason, stopped]) => ({ reason: reasonName.get(reason) ?? String(reason), count: sum(stopped) }));
}

// Who waits may get any of them.
function missingOf(queued: readonly PlannedGroup[], used: readonly UsedVariable[]): readonly MissingVariable[] {
  return used.flatMap(([variable, variants], index) => {
    const reached = queued.filter(({ variant_no }) => variant_no === null || variants.has(variant_no));
    const people = reached.reduce((total, { missing }) => total + (missing[index] ?? 0), 0);
    return people === 0 ? [] : [{ variable, people, of: sum(reached) }];
  });
}
