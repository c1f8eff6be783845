import type { Metrics } from '../metrics/metrics';
import type { Arm } from '../metrics/metrics-reader';
import { type ChiSquare, chiSquare } from './chi-square';

/** One arm with its figures. */
export interface ArmFigures {
  readonly arm: Arm;
  readonly metrics: Metrics;
}

/** The test of one goal over all arms; its bases are the eligible people assigned, sent to or not. */
export interface GoalTest extends ChiSquare {
  readonly goal: string;
  readonly primary: boolean;
}

/** One test per goal; the first goal is the primary one. */
export function testGoals(arms: readonly ArmFigures[], goals: readonly string[]): GoalTest[] {
  return goals.map((goal, index) => {
    const counts = arms.map(({ metrics }) => ({
      successes: metrics.outcomes.find((outcome) => outcome.goal === goal)?.people ?? 0,
      total: metrics.eligible,
    }));
    return { goal, primary: index === 0, ...chiSquare(counts) };
  });
}
