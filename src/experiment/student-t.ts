import { logRegularizedBeta } from './beta';

/** ln of the two-sided p-value of Student's t. */
export const logTwoSidedT = (t: number, degreesOfFreedom: number): number => {
  const squared = t * t;
  const whole = degreesOfFreedom + squared;
  return logRegularizedBeta(degreesOfFreedom / whole, squared / whole, degreesOfFreedom / 2, 0.5);
};

/** The t that leaves `1 - confidence` on both sides together. */
export const studentQuantile = (confidence: number, degreesOfFreedom: number): number => {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence} is not between 0 and 1`);
  const wanted = Math.log1p(-confidence);
  let low = 0;
  let high = 1;
  while (logTwoSidedT(high, degreesOfFreedom) > wanted) high *= 2;
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (logTwoSidedT(middle, degreesOfFreedom) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
