import { logSurvival } from './chi-square';

/** Below this the split is broken, and no winner may be drawn from it. */
export const MISMATCH_BELOW = 0.001;

export interface SampleRatio {
  readonly statistic: number;
  readonly p: number;
  /** True: people are missing from an arm for a reason, and comparing the arms compares that reason. */
  readonly mismatch: boolean;
}

/** Whether people fell into the arms as they were to: chi-square against the weights, which need not sum to 1. */
export const sampleRatio = (arms: readonly { readonly total: number; readonly weight: number }[]): SampleRatio => {
  const counted = arms.filter(({ weight }) => weight > 0);
  const people = counted.reduce((sum, { total }) => sum + total, 0);
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  if (people === 0 || counted.length < 2) return { statistic: 0, p: 1, mismatch: false };
  const statistic = counted.reduce((sum, { total, weight }) => {
    const expected = (people * weight) / weights;
    return sum + (total - expected) ** 2 / expected;
  }, 0);
  const p = Math.exp(logSurvival(statistic, counted.length - 1));
  return { statistic, p, mismatch: p < MISMATCH_BELOW };
};
