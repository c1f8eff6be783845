import { probabilityBest } from './probability-best';
import type { DecidingArm } from './winner-rule';

/** Weights of an allocation epoch, in hundredths of a percent; together 10,000. Only arms that send have one. */
export type Weights = readonly { readonly no: number; readonly weight: number }[];

const WHOLE = 10_000;

/** Everybody who is still undecided gets this arm. */
export const onlyArm = (no: number): Weights => [{ no, weight: WHOLE }];

/** Shares as whole hundredths that sum to 10,000: what rounding leaves goes to the largest remainders, the first among equals. */
export function toWeights(shares: readonly { readonly no: number; readonly share: number }[]): Weights {
  const all = shares.reduce((sum, { share }) => sum + share, 0);
  const exact = shares.map(({ no, share }) => ({ no, exact: (share / all) * WHOLE }));
  const floors = exact.map((one) => ({ ...one, weight: Math.floor(one.exact) }));
  const missing = WHOLE - floors.reduce((sum, { weight }) => sum + weight, 0);
  const largest = floors.toSorted((a, b) => b.exact - b.weight - (a.exact - a.weight) || a.no - b.no).slice(0, missing);
  return floors.map(({ no, weight }) => ({
    no,
    weight: weight + (largest.some((some) => some.no === no) ? 1 : 0),
  }));
}

/**
 * Thompson sampling with its chances worked out instead of drawn: each arm's share is its probability to be best of what is
 * known, and never less than the floor. The same figures give the same weights: a replay needs no seed.
 */
export function thompsonWeights(arms: readonly DecidingArm[], floorHundredths: number): Weights {
  const sending = arms.filter(({ isControl }) => !isControl);
  const best = probabilityBest(sending.map(({ people, successes }) => ({ total: people, successes })));
  const floor = floorHundredths / WHOLE;
  const rest = 1 - floor * sending.length;
  return toWeights(sending.map(({ no }, index) => ({ no, share: floor + rest * (best[index] ?? 0) })));
}
