import { logGamma } from './gamma';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** From here on six terms of the series are exact to the last digit. */
const SERIES_FROM = 10;

/** What Stirling's formula lacks: ln Γ(x) - ((x - 1/2) ln x - x + ln(2π)/2), for x > 0. */
export const stirlingError = (x: number): number => {
  if (x < SERIES_FROM) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI);
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / x;
};

/** x ln(x / m) + m - x, which is small beside its terms where x is near m: by a series there, so that digits are kept. */
export const deviance = (x: number, m: number): number => {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1_000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
};

/** ln(xᵃ (1 - x)ᵇ / B(a, b)) by the saddle point: no large terms that take each other away, however many people there are. */
export const logBetaKernel = (x: number, complement: number, a: number, b: number): number => {
  const n = a + b;
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return 0.5 * Math.log((a * b) / n) - HALF_LOG_TWO_PI + errors - deviance(a, n * x) - deviance(b, n * complement);
};
