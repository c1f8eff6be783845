import type { ArmCount } from './chi-square';
import { normalQuantileSquared } from './normal';

/** A rate's confidence interval, both ends between 0 and 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval: honest for small counts and for rates near 0 and 1. Without people nothing is known. */
export const wilsonInterval = ({ successes, total }: ArmCount, confidence = 0.95): Interval => {
  if (total === 0) return { low: 0, high: 1 };
  const squared = normalQuantileSquared(confidence);
  const rate = successes / total;
  const centre = rate + squared / (2 * total);
  const half = Math.sqrt(squared * ((rate * (1 - rate)) / total + squared / (4 * total * total)));
  const scale = 1 + squared / total;
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === total ? 1 : (centre + half) / scale,
  };
};
