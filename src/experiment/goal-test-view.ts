import type { GoalTest } from './analysis';
import { MOST_PEOPLE } from './calculator';
import type { ArmCount } from './chi-square';
import type { ArmComparison } from './goal-analysis';
import type { ArmComparisonType, GoalTestType, SampleRatioType, ValueComparisonType } from './goal-test.types';
import type { HoldoutLift } from './holdout-lift';
import type { HoldoutGroupType, HoldoutLiftType } from './holdout-lift.types';
import type { SampleRatio } from './sample-ratio';
import type { MeanComparison } from './welch';
import { wilsonInterval } from './wilson';

/** A test as the graph shows it. */
export const viewTest = ({ statistic, p, logP, arms, comparisons, ...test }: GoalTest): GoalTestType => ({
  ...test,
  chiSquare: statistic,
  pValue: p,
  logPValue: logP,
  arms: [...arms],
  comparisons: comparisons.map(viewComparison),
});

const viewComparison = ({ p, logP, adjustedP, alwaysValidP, ...rest }: ArmComparison): ArmComparisonType => ({
  ...rest,
  pValue: p,
  logPValue: logP,
  adjustedPValue: adjustedP,
  alwaysValidPValue: alwaysValidP,
  peopleNeeded: countable(rest.peopleNeeded),
  peopleStillNeeded: countable(rest.peopleStillNeeded),
  value: rest.value && viewValues(rest.value),
});

const countable = (people: number | null): number | null => (people !== null && people > MOST_PEOPLE ? null : people);

const viewValues = ({ differenceInterval, p, ...rest }: MeanComparison): ValueComparisonType => ({
  ...rest,
  interval: differenceInterval,
  pValue: p,
});

/** A split as the graph shows it. */
export const viewSplit = ({ p, ...rest }: SampleRatio): SampleRatioType => ({ ...rest, pValue: p });

/** A holdout's lift as the graph shows it. */
export const viewLift = ({ treated, heldOut, p, logP, ...rest }: HoldoutLift): HoldoutLiftType => ({
  ...rest,
  treated: viewGroup(treated),
  heldOut: viewGroup(heldOut),
  pValue: p,
  logPValue: logP,
});

const viewGroup = (group: ArmCount): HoldoutGroupType => ({
  people: group.total,
  successes: group.successes,
  rate: group.successes / group.total,
  interval: wilsonInterval(group),
});
