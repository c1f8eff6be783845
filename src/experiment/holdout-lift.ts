import type { ArmFigures } from './analysis';
import type { ArmCount } from './chi-square';
import { compareRates, type RateComparison } from './comparison';
import type { HeldOutCount } from './held-out';
import type { Interval } from './wilson';

/** What writing to people changed: those of the arms that send against those who were held out, eligible against eligible. */
export interface HoldoutLift extends RateComparison {
  readonly goal: string;
  readonly treated: ArmCount;
  readonly heldOut: ArmCount;
  /** Successes among the treated that there would not have been. */
  readonly incremental: number;
  readonly incrementalInterval: Interval;
}

/** One comparison for each goal; none where nobody was held out or treated. */
export function holdoutLifts(
  arms: readonly ArmFigures[],
  goals: readonly string[],
  heldOut: readonly HeldOutCount[],
): HoldoutLift[] {
  return goals.flatMap((goal) => {
    const spared = heldOut.find((one) => one.goal === goal);
    const treated = treatedOf(arms, goal);
    if (!spared || spared.total === 0 || treated.total === 0) return [];
    return [liftOf(goal, treated, { successes: spared.successes, total: spared.total })];
  });
}

function treatedOf(arms: readonly ArmFigures[], goal: string): ArmCount {
  const sending = arms.filter(({ arm }) => !arm.isControl);
  const successes = sending.map(({ metrics }) => metrics.outcomes.find((one) => one.goal === goal)?.people ?? 0);
  return {
    total: sending.reduce((sum, { metrics }) => sum + metrics.eligible, 0),
    successes: successes.reduce((sum, people) => sum + people, 0),
  };
}

function liftOf(goal: string, treated: ArmCount, heldOut: ArmCount): HoldoutLift {
  const compared = compareRates(treated, heldOut);
  const { low, high } = compared.differenceInterval;
  const incrementalInterval = { low: low * treated.total, high: high * treated.total };
  return { ...compared, goal, treated, heldOut, incremental: compared.difference * treated.total, incrementalInterval };
}
