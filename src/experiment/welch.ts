import { logTwoSidedT, studentQuantile } from './student-t';
import type { Interval } from './wilson';

/** What an arm's people brought, those who brought nothing counted: enough for mean and variance. */
export interface ArmValue {
  readonly total: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** Welch's t-test of the mean of each person's value; p 1 and no interval where a variance is unknown. */
export interface MeanComparison {
  readonly difference: number;
  readonly differenceInterval: Interval | null;
  readonly t: number | null;
  readonly degreesOfFreedom: number | null;
  readonly p: number;
  readonly logP: number;
}

/** The mean value of each person of `arm` less that of `other`; variances need not be equal. */
export const compareMeans = (arm: ArmValue, other: ArmValue, confidence = 0.95): MeanComparison => {
  const difference = meanOf(arm) - meanOf(other);
  const [one, two] = [errorOf(arm), errorOf(other)];
  const error = one + two;
  if (!(error > 0)) return { difference, differenceInterval: null, t: null, degreesOfFreedom: null, p: 1, logP: 0 };
  // By shares of the error: squares of it are no numbers any more where values are very small or large.
  const [ones, twos] = [one / error, two / error];
  const degreesOfFreedom = 1 / (ones ** 2 / (arm.total - 1) + twos ** 2 / (other.total - 1));
  const t = difference / Math.sqrt(error);
  const half = studentQuantile(confidence, degreesOfFreedom) * Math.sqrt(error);
  const logP = logTwoSidedT(t, degreesOfFreedom);
  const differenceInterval = { low: difference - half, high: difference + half };
  return { difference, differenceInterval, t, degreesOfFreedom, p: Math.exp(logP), logP };
};

const meanOf = ({ total, sum }: ArmValue): number => (total === 0 ? 0 : sum / total);

/** Squared standard error of the mean; NaN below two people, whose variance nobody knows. */
const errorOf = ({ total, sum, sumOfSquares }: ArmValue): number =>
  total < 2 ? Number.NaN : Math.max(0, sumOfSquares - sum ** 2 / total) / (total - 1) / total;
