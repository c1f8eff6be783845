import type { GoalTest } from './analysis';
import { MOST_PEOPLE } from './calculator';
import type { ArmComparison } from './goal-analysis';
import type { ArmComparisonType, GoalTestType, SampleRatioType, ValueComparisonType } from './goal-test.types';
import type { SampleRatio } from './sample-ratio';
import type { MeanComparison } from './welch';

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
  peopleNeeded: rest.peopleNeeded !== null && rest.peopleNeeded > MOST_PEOPLE ? null : rest.peopleNeeded,
  value: rest.value && viewValues(rest.value),
});

const viewValues = ({ differenceInterval, p, ...rest }: MeanComparison): ValueComparisonType => ({
  ...rest,
  interval: differenceInterval,
  pValue: p,
});

/** A split as the graph shows it. */
export const viewSplit = ({ p, ...rest }: SampleRatio): SampleRatioType => ({ ...rest, pValue: p });
