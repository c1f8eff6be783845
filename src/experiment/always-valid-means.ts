import type { ArmValue } from './welch';

/** The difference of means that the test is keenest on, in standard deviations of a person's value. */
const KEENEST_EFFECT = 0.03;

/**
 * The same for what each person brought (see `logAlwaysValidP`): a normal mixture over the difference of means, with the
 * variance of both arms together, as without any difference. Without two people or any spread nothing is known: 0.
 */
export const logAlwaysValidMeansP = (arm: ArmValue, other: ArmValue, keenest = KEENEST_EFFECT): number => {
  const total = arm.total + other.total;
  if (arm.total === 0 || other.total === 0 || total < 3) return 0;
  const squares = arm.sumOfSquares + other.sumOfSquares - (arm.sum + other.sum) ** 2 / total;
  const spread = squares / (total - 1);
  if (!(spread > 0)) return 0;
  const variance = spread * (1 / arm.total + 1 / other.total);
  const prior = keenest ** 2 * spread;
  const difference = arm.sum / arm.total - other.sum / other.total;
  const mixed = variance + prior;
  return Math.min(0, -(0.5 * Math.log(variance / mixed) + (prior * difference ** 2) / (2 * variance * mixed)));
};
