// Lanczos' approximation, g = 7: relative error below 1e-14 for positive arguments.
const LANCZOS_FIRST = 0.9999999999998099;
const LANCZOS_REST = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const PRECISION = 1e-16;
const MAX_TERMS = 10_000;

/** ln Γ(x) for x > 0. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const sum = LANCZOS_REST.reduce((total, coefficient, index) => total + coefficient / (x + index), LANCZOS_FIRST);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
};

/**
 * ln Q(a, x), the regularized upper incomplete gamma function. In logarithms, because the p-value of a real experiment
 * can be smaller than the smallest double.
 */
export const logUpperGamma = (a: number, x: number): number => {
  if (x <= 0) return 0;
  const front = a * Math.log(x) - x - logGamma(a);
  return x < a + 1 ? Math.log1p(-Math.exp(front) * lowerSeries(a, x)) : front + Math.log(upperFraction(a, x));
};

// P(a, x) = front · Σ x^n / (a (a+1) … (a+n)); converges fast left of a + 1.
const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
};

// Q(a, x) = front · 1 / (x + 1 - a - 1(1-a) / (x + 3 - a - …)), by Lentz's method; converges fast right of a + 1.
const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
};
