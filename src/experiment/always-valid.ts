import type { ArmCount } from './chi-square';

/** The difference of rates that the test is keenest on: one percentage point. */
const KEENEST_DIFFERENCE = 0.01;

/**
 * ln of a p-value that may be looked at any time and as often as one likes (mixture sequential probability ratio test
 * of a difference of rates, normal mixture): the chance that it ever falls below the level, without any difference, is
 * the level at most. It needs more people than a test that is looked at once: that is the price of looking.
 */
export const logAlwaysValidP = (arm: ArmCount, other: ArmCount, keenest = KEENEST_DIFFERENCE): number => {
  if (arm.total === 0 || other.total === 0) return 0;
  const difference = arm.successes / arm.total - other.successes / other.total;
  const variance = varianceOf(arm, other);
  if (variance === 0) return 0;
  const mixed = variance + keenest ** 2;
  const logRatio = 0.5 * Math.log(variance / mixed) + (keenest ** 2 * difference ** 2) / (2 * variance * mixed);
  return Math.min(0, -logRatio);
};

// Both arms at the common rate, as without any difference.
const varianceOf = (arm: ArmCount, other: ArmCount): number => {
  const rate = (arm.successes + other.successes) / (arm.total + other.total);
  return rate * (1 - rate) * (1 / arm.total + 1 / other.total);
};
