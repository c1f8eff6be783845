import { logRegularizedBeta } from './beta';
import type { ArmCount } from './chi-square';
import { nodesBetween } from './quadrature';
import { logBetaKernel } from './stirling';

/** Standard deviations round each arm's mean, wide enough for the long tail of a handful of people. */
const REACH = 16;
/** Panels over the reach of an arm; within one of them every arm is smooth. */
const PANELS = 8;
/** Edges this near to each other, in panels of the narrowest arm, are one. */
const SAME_EDGE = 0.25;
/** So many deviations below x an arm is below it but for less than a number can hold: even an exponential tail. */
const CERTAIN = 40;

/**
 * For each arm the probability that its true rate is the highest of all, with a uniform prior (Beta(1, 1)): the integral
 * of its density times the others' distribution functions, for all arms over the same points. Without any people all are
 * equal. Sums to 1.
 */
export const probabilityBest = (arms: readonly ArmCount[]): number[] => {
  const posteriors = arms.map(posteriorOf);
  const best = posteriors.map(() => 0);
  for (const { x, weight } of nodesBetween(edgesOf(posteriors))) {
    const below = posteriors.map((one) => logBelow(x, one));
    posteriors.forEach((own, index) => {
      const density = (weight * Math.exp(logBetaKernel(x, 1 - x, own.a, own.b))) / (x * (1 - x));
      if (density === 0) return;
      const others = below.reduce((sum, one, other) => (other === index ? sum : sum + one), 0);
      best[index] = (best[index] ?? 0) + density * Math.exp(others);
    });
  }
  const all = best.reduce((sum, share) => sum + share, 0);
  return best.map((share) => share / all);
};

interface Posterior {
  readonly a: number;
  readonly b: number;
  readonly mean: number;
  readonly deviation: number;
}

function posteriorOf({ successes, total }: ArmCount): Posterior {
  const [a, b] = [successes + 1, total - successes + 1];
  return { a, b, mean: a / (a + b), deviation: Math.sqrt((a * b) / (a + b + 1)) / (a + b) };
}

/** ln of the chance that the arm is below x. */
function logBelow(x: number, { a, b, mean, deviation }: Posterior): number {
  if (x - mean > CERTAIN * deviation) return 0;
  if (mean - x > CERTAIN * deviation) return Number.NEGATIVE_INFINITY;
  return logRegularizedBeta(x, 1 - x, a, b);
}

/** Where panels end: those of every arm, for a narrow one is a step to a wide one. */
function edgesOf(posteriors: readonly Posterior[]): number[] {
  const narrowest = Math.min(...posteriors.map(({ deviation }) => deviation));
  const least = (SAME_EDGE * 2 * REACH * narrowest) / PANELS;
  const edges: number[] = [];
  for (const edge of posteriors.flatMap(panelsOf).toSorted((one, other) => one - other))
    if (edge - (edges.at(-1) ?? Number.NEGATIVE_INFINITY) > least) edges.push(edge);
  return edges;
}

function panelsOf({ mean, deviation }: Posterior): number[] {
  const low = Math.max(0, mean - REACH * deviation);
  const high = Math.min(1, mean + REACH * deviation);
  return Array.from({ length: PANELS + 1 }, (_, panel) => low + (panel * (high - low)) / PANELS);
}
