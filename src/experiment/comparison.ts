import type { ArmCount } from './chi-square';
import { chiSquare } from './chi-square';
import { type Interval, wilsonInterval } from './wilson';

/** How the rate of one arm differs from that of another, both of them counts of people. */
export interface RateComparison {
  /** Rate of the arm less the rate of the other. */
  readonly difference: number;
  /** Newcombe's hybrid score interval of the difference: made from Wilson's, so as honest for few and for rare. */
  readonly differenceInterval: Interval;
  /** Difference as a share of the other's rate; null where that is 0. */
  readonly relativeLift: number | null;
  /** Of the ratio of both rates less 1, from the same Wilson intervals (MOVER-R); null where it has no upper end. */
  readonly relativeLiftInterval: Interval | null;
  /** Two-sided, Pearson's without continuity correction. */
  readonly p: number;
  readonly logP: number;
}

/** Compares `arm` with `other`; arms without people differ by nothing that is known. */
export const compareRates = (arm: ArmCount, other: ArmCount, confidence = 0.95): RateComparison => {
  const [one, two] = [rateOf(arm), rateOf(other)];
  const [oneWilson, twoWilson] = [wilsonInterval(arm, confidence), wilsonInterval(other, confidence)];
  const { p, logP } = chiSquare([arm, other]);
  return {
    difference: one - two,
    differenceInterval: newcombe(one, oneWilson, two, twoWilson),
    relativeLift: two === 0 ? null : one / two - 1,
    relativeLiftInterval: ratioLess1(one, oneWilson, two, twoWilson),
    p,
    logP,
  };
};

const rateOf = ({ successes, total }: ArmCount): number => (total === 0 ? 0 : successes / total);

const newcombe = (one: number, a: Interval, two: number, b: Interval): Interval => ({
  low: one - two - Math.hypot(one - a.low, b.high - two),
  high: one - two + Math.hypot(a.high - one, two - b.low),
});

// Donner and Zou's method of variance estimates recovery for a ratio; with b.low = 0 the ratio has no upper end.
const ratioLess1 = (one: number, a: Interval, two: number, b: Interval): Interval | null => {
  if (two === 0 || b.low === 0) return null;
  const product = one * two;
  const low = product - Math.sqrt(Math.max(0, product ** 2 - a.low * b.high * (2 * one - a.low) * (2 * two - b.high)));
  const high = product + Math.sqrt(Math.max(0, product ** 2 - a.high * b.low * (2 * one - a.high) * (2 * two - b.low)));
  return { low: low / (b.high * (2 * two - b.high)) - 1, high: high / (b.low * (2 * two - b.low)) - 1 };
};

/** Holm's step-down correction of `ln p`s: the chance of any false alarm stays at the level, however many are tested. */
export const holm = (logPs: readonly number[]): number[] => {
  const ordered = logPs.map((logP, index) => ({ logP, index })).sort((a, b) => a.logP - b.logP);
  const corrected = new Array<number>(logPs.length).fill(0);
  let floor = Number.NEGATIVE_INFINITY;
  ordered.forEach(({ logP, index }, rank) => {
    floor = Math.min(0, Math.max(floor, logP + Math.log(logPs.length - rank)));
    corrected[index] = floor;
  });
  return corrected;
};
