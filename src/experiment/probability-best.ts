import { logRegularizedBeta } from './beta';
import type { ArmCount } from './chi-square';
import { nodesBetween } from './quadrature';
import { logBetaKernel } from './stirling';

/** Standard deviations round each arm's mean, wide enough for the long tail of a handful of people. */
const REACH = 16;
/** Panels over the reach of an arm; within one of them every arm is smooth. */
const PANELS = 8;
/** An arm this much narrower than another is a step to it: there its own panels are needed. */
const NARROWER = 0.5;

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
  const [low, high] = reachOf(own);
  const narrow = others.filter((other) => deviationOf(other) < NARROWER * deviationOf(own));
  const edges = [own, ...narrow].flatMap(edgesOf).filter((edge) => edge > low && edge < high);
  let weight = 0;
  let best = 0;
  for (const node of nodesBetween([low, ...edges, high])) {
    const density = node.weight * Math.exp(logDensity(own, node.x));
    weight += density;
    best += density * Math.exp(others.reduce((sum, { a, b }) => sum + logRegularizedBeta(node.x, 1 - node.x, a, b), 0));
  }
  return best / weight;
}

function reachOf({ a, b }: Posterior): readonly [number, number] {
  const mean = a / (a + b);
  const reach = REACH * deviationOf({ a, b });
  return [Math.max(0, mean - reach), Math.min(1, mean + reach)];
}

const deviationOf = ({ a, b }: Posterior): number => Math.sqrt((a * b) / (a + b + 1)) / (a + b);

function edgesOf(posterior: Posterior): number[] {
  const [low, high] = reachOf(posterior);
  return Array.from({ length: PANELS + 1 }, (_, panel) => low + (panel * (high - low)) / PANELS);
}

const logDensity = ({ a, b }: Posterior, x: number): number =>
  logBetaKernel(x, 1 - x, a, b) - Math.log(x) - Math.log1p(-x);
