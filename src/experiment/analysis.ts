import type { Metrics } from '../metrics/metrics';
import type { Arm } from '../metrics/metrics-reader';
import { analyseGoal, type CountedArm, type GoalAnalysis } from './goal-analysis';
import { type SampleRatio, sampleRatio } from './sample-ratio';
import type { ValueSpread } from './value-spread';

/** One arm with its figures. */
export interface ArmFigures {
  readonly arm: Arm;
  readonly metrics: Metrics;
}

/** The test of one goal over all arms; its bases are the eligible people assigned, sent to or not. */
export interface GoalTest extends GoalAnalysis {
  readonly goal: string;
  readonly primary: boolean;
}

/** One test per goal; the first goal is the primary one. */
export function testGoals(
  arms: readonly ArmFigures[],
  goals: readonly string[],
  spreads: readonly ValueSpread[],
): GoalTest[] {
  return goals.map((goal, index) => {
    const counts = arms.map((figures) => countGoal(figures, goal, spreads));
    return { goal, primary: index === 0, ...analyseGoal(counts) };
  });
}

function countGoal({ arm, metrics }: ArmFigures, goal: string, spreads: readonly ValueSpread[]): CountedArm {
  const spread = spreads.find((one) => one.variantNo === arm.no && one.goal === goal);
  return {
    name: arm.name,
    isControl: arm.isControl,
    people: metrics.eligible,
    successes: metrics.outcomes.find((outcome) => outcome.goal === goal)?.people ?? 0,
    value: { sum: spread?.sum ?? 0, sumOfSquares: spread?.sumOfSquares ?? 0 },
  };
}

/** What people do with a message. Machines' opens and clicks are counted apart and never compared (P-16). */
export type Engagement = 'opened' | 'clicked';

/** The test of opens or clicks over the arms that send: nobody opens what a control was not sent. */
export function testEngagement(arms: readonly ArmFigures[], engagement: Engagement): GoalTest {
  const counts = arms
    .filter(({ arm }) => !arm.isControl)
    .map(({ arm, metrics }) => ({
      name: arm.name,
      isControl: false,
      people: metrics.eligible,
      // Who was rolled out to is read, and taken away, a moment later: meanwhile the figures may go on.
      successes: Math.max(0, Math.min(metrics[engagement], metrics.eligible)),
    }));
  return { goal: engagement, primary: false, ...analyseGoal(counts) };
}

/** Whether people fell into the arms by the weights of their hash; nothing where an attribute put them there. */
export function splitOf(arms: readonly ArmFigures[]): SampleRatio | null {
  const counted = arms.flatMap(({ arm, metrics }) =>
    arm.allocation === null ? [] : [{ total: metrics.people, weight: arm.allocation }],
  );
  return counted.length === arms.length ? sampleRatio(counted) : null;
}
