import { logBetaKernel } from './stirling';

const PRECISION = 1e-16;
const MAX_TERMS = 20_000;
const TINY = 1e-300;

/** ln Iₓ(a, b), the regularized incomplete beta function; `complement` is 1 - x, given apart so that it keeps its digits. */
export const logRegularizedBeta = (x: number, complement: number, a: number, b: number): number => {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (complement <= 0) return 0;
  const front = logBetaKernel(x, complement, a, b);
  // Right of its mean the fraction converges slowly, and the other tail fast.
  if (x < (a + 1) / (a + b + 2)) return front - Math.log(a) + Math.log(fraction(x, a, b));
  return Math.log1p(-Math.min(1, Math.exp(front - Math.log(b)) * fraction(complement, b, a)));
};

// The continued fraction of the incomplete beta function, by Lentz's method.
const fraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= c * d;
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
};

const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
