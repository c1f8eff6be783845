import { logUpperGamma } from './gamma';

/** How many of an arm's people did what is counted. */
export interface ArmCount {
  readonly successes: number;
  readonly total: number;
}

/** `logP` is the natural logarithm of `p`: it keeps its digits where `p` itself is too small for a number. */
export interface ChiSquare {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly logP: number;
}

/**
 * Pearson's chi-square over arms × {did, did not}, without continuity correction. Arms without people say nothing and
 * are left out; where all did or none did, or fewer than two arms are left, there is no difference: statistic 0, p 1.
 */
export const chiSquare = (arms: readonly ArmCount[]): ChiSquare => {
  const counted = arms.filter((arm) => arm.total > 0);
  const degreesOfFreedom = Math.max(counted.length - 1, 0);
  const statistic = pearson(counted);
  const logP = logSurvival(statistic, degreesOfFreedom);
  return { statistic, degreesOfFreedom, p: Math.exp(logP), logP };
};

// Both columns of one arm differ by the same amount d, so their terms are d²/e₁ + d²/e₂.
const pearson = (arms: readonly ArmCount[]): number => {
  const total = sum(arms.map((arm) => arm.total));
  const successes = sum(arms.map((arm) => arm.successes));
  if (successes === 0 || successes === total) return 0;
  const rate = successes / total;
  return sum(arms.map((arm) => (arm.successes - arm.total * rate) ** 2 / (arm.total * rate * (1 - rate))));
};

/** ln P(X ≥ statistic) of the chi-square distribution. */
export const logSurvival = (statistic: number, degreesOfFreedom: number): number =>
  degreesOfFreedom === 0 ? 0 : logUpperGamma(degreesOfFreedom / 2, statistic / 2);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
