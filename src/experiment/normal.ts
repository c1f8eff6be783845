import { logSurvival } from './chi-square';

/** ln of the two-sided p-value of a standard normal z. */
export const logTwoSidedNormal = (z: number): number => logSurvival(z * z, 1);

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

/** z of the two-sided interval of this confidence: 1.96 for 0.95. */
export const normalQuantile = (confidence: number): number => Math.sqrt(normalQuantileSquared(confidence));

/** P(Z ≤ z). */
export const normalCdf = (z: number): number => {
  const tail = Math.exp(logTwoSidedNormal(z)) / 2;
  return z > 0 ? 1 - tail : tail;
};
