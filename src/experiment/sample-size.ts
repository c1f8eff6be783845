import { normalCdf, normalQuantile } from './normal';

/** What an experiment is to find, and how surely. */
export interface SampleSizeQuestion {
  /** Rate of the control arm, between 0 and 1. */
  readonly baseline: number;
  /** Smallest difference of rates that matters; may be negative. */
  readonly difference: number;
  /** Chance of a false alarm, two-sided; 0.05 when missing. */
  readonly significance?: number;
  /** Chance of finding a difference that is there; 0.8 when missing. */
  readonly power?: number;
}

/** People that each of two equal arms needs, rounded up (normal approximation with both variances, two-sided). */
export const sampleSize = ({ baseline, difference, significance = 0.05, power = 0.8 }: SampleSizeQuestion): number => {
  const other = baseline + difference;
  if (!inside(baseline) || !inside(other))
    throw new RangeError(`rates ${baseline} and ${other} must lie between 0 and 1`);
  if (difference === 0) throw new RangeError('no number of people finds a difference of 0');
  const alpha = normalQuantile(1 - significance);
  const beta = oneSided(power);
  const middle = (baseline + other) / 2;
  const root =
    alpha * Math.sqrt(2 * middle * (1 - middle)) + beta * Math.sqrt(baseline * (1 - baseline) + other * (1 - other));
  return Math.ceil((root / difference) ** 2);
};

/** Chance that two arms find the difference: `one` people at the baseline, `two` at the other rate. */
export const powerOf = (
  { baseline, difference, significance = 0.05 }: Omit<SampleSizeQuestion, 'power'>,
  [one, two]: readonly [number, number],
): number => {
  if (one === 0 || two === 0) return 0;
  const other = baseline + difference;
  const pooled = (baseline * one + other * two) / (one + two);
  const without = Math.sqrt(pooled * (1 - pooled) * (1 / one + 1 / two));
  const within = Math.sqrt((baseline * (1 - baseline)) / one + (other * (1 - other)) / two);
  if (within === 0) return difference === 0 ? significance : 1;
  return normalCdf((Math.abs(difference) - normalQuantile(1 - significance) * without) / within);
};

const inside = (rate: number): boolean => rate > 0 && rate < 1;

/** z below which a share of the normal distribution lies; the two-sided quantile of its distance from the middle. */
const oneSided = (share: number): number =>
  share === 0.5 ? 0 : Math.sign(share - 0.5) * normalQuantile(Math.abs(2 * share - 1));
