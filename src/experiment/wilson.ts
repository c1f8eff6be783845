import type { ArmCount } from './chi-square';
import { logSurvival } from './chi-square';

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

/** z² of the two-sided interval: where the chi-square distribution with one degree of freedom leaves 1 - confidence. */
export const normalQuantileSquared = (confidence: number): number => {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence} is not between 0 and 1`);
  const wanted = Math.log1p(-confidence);
  let low = 0;
  let high = 100;
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (logSurvival(middle, 1) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
