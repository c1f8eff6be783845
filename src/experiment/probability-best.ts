import { logBeta, logRegularizedBeta } from './beta';
import type { ArmCount } from './chi-square';

/** Midpoints over each arm's own reach: a thirtieth of its deviation apart, far finer than what is told. */
const STEPS = 500;
/** Standard deviations round each arm's mean: what lies outside is below 1e-15. */
const REACH = 8;

/**
 * For each arm the probability that its true rate is the highest of all, with a uniform prior (Beta(1, 1)): the integral
 * of its density times the others' distribution functions. Without any people all are equal. Sums to 1.
 */
export const probabilityBest = (arms: readonly ArmCount[]): number[] => {
  const posteriors = arms.map(({ successes, total }) => ({ a: successes + 1, b: total - successes + 1 }));
  const shares = posteriors.map((own) =>
    shareOf(
      own,
      posteriors.filter((other) => other !== own),
    ),
  );
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / all);
};

interface Posterior {
  readonly a: number;
  readonly b: number;
}

function shareOf(own: Posterior, others: readonly Posterior[]): number {
  let weight = 0;
  let best = 0;
  for (const x of midpoints(own)) {
    const density = Math.exp(logDensity(own, x));
    weight += density;
    best += density * Math.exp(others.reduce((sum, { a, b }) => sum + logRegularizedBeta(x, 1 - x, a, b), 0));
  }
  return best / weight;
}

function midpoints({ a, b }: Posterior): number[] {
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  const low = Math.max(0, mean - REACH * deviation);
  const high = Math.min(1, mean + REACH * deviation);
  return Array.from({ length: STEPS }, (_, step) => low + ((step + 0.5) * (high - low)) / STEPS);
}

const logDensity = ({ a, b }: Posterior, x: number): number =>
  (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b);
