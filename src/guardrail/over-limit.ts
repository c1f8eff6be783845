import { logRegularizedBeta } from '../experiment/beta';
import { logGamma } from '../experiment/gamma';
import type { Share } from './guardrail-counts';

/** The chance that a campaign whose true share is at its limit is ever stopped, however often it is looked at. */
export const FALSE_ALARMS = 0.01;
/** How far over the limit a share is looked for. */
const REACH = 8;

/**
 * ln of the evidence that a share is over its limit: a test martingale (the likelihood of every share from the limit to
 * eight times it, mixed evenly, against that of the limit). Where the true share is within the limit, it ever rises to
 * 1 / {@link FALSE_ALARMS} with that probability at most (Ville): so it may be looked at every second.
 */
export function logEvidence({ cases, sample }: Share, limit: number): number {
  const highest = Math.min(1, limit * REACH);
  const [a, b] = [cases + 1, sample - cases + 1];
  // Beta(a, b) between the two: from the tail that keeps its digits, the one on the far side of what was seen.
  const below = (share: number) => logRegularizedBeta(share, 1 - share, a, b);
  const above = (share: number) => logRegularizedBeta(1 - share, share, b, a);
  const isSeenOver = cases > sample * limit;
  const between = isSeenOver
    ? logDifference(below(highest), below(limit))
    : logDifference(above(limit), above(highest));
  const atLimit = cases * Math.log(limit) + (sample - cases) * Math.log1p(-limit);
  return logBeta(a, b) + between - Math.log(highest - limit) - atLimit;
}

/** Whether it is told that a share is over its limit. */
export const isOver = (share: Share, limit: number): boolean =>
  share.cases > share.sample * limit && logEvidence(share, limit) >= -Math.log(FALSE_ALARMS);

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln(e^x - e^y) of x > y. */
const logDifference = (x: number, y: number): number => x + Math.log(-Math.expm1(Math.min(y - x, -Number.MIN_VALUE)));
