import { DomainError } from '../shared/errors';
import type { CompareArmsInput, CountedArmInput, SampleSizeInput } from './calculator.types';
import { analyseGoal, type CountedArm, type GoalAnalysis } from './goal-analysis';
import { type SampleRatio, sampleRatio } from './sample-ratio';
import { sampleSize } from './sample-size';

/** What a GraphQL Int can hold: more people than there will ever be in an arm. */
export const MOST_PEOPLE = 2_147_483_647;
const ARMS = { least: 2, most: 10 } as const;

/** Compares counts as a campaign's are compared. Refuses impossible ones with their path. */
export function compareArms(input: CompareArmsInput): { test: GoalAnalysis; sampleRatio: SampleRatio | null } {
  const { arms, confidence } = input;
  check(
    arms.length >= ARMS.least && arms.length <= ARMS.most,
    'arms',
    `two to ten arms are compared, not ${arms.length}`,
  );
  check(arms.filter(({ isControl }) => isControl).length <= 1, 'arms', 'one arm at most is the control');
  const level = within('confidence', confidence ?? 0.95, 0.5, 0.9999);
  return { test: analyseGoal(arms.map(readArm), level), sampleRatio: splitOf(arms) };
}

function readArm(arm: CountedArmInput, index: number): CountedArm {
  const { name, people, successes, isControl, valueSum, valueSumOfSquares } = arm;
  const path = `arms[${index}]`;
  check(people >= 0, `${path}.people`, 'people cannot be fewer than none');
  check(
    successes >= 0 && successes <= people,
    `${path}.successes`,
    `of ${people} people ${successes} cannot have done it`,
  );
  if (valueSum == null || valueSumOfSquares == null) return { name, isControl: isControl === true, people, successes };
  // By Cauchy and Schwarz; anything else is no sum of squares of these people.
  check(
    valueSumOfSquares * people >= valueSum ** 2,
    `${path}.valueSumOfSquares`,
    'the squares sum to less than they can',
  );
  return {
    name,
    isControl: isControl === true,
    people,
    successes,
    value: { sum: valueSum, sumOfSquares: valueSumOfSquares },
  };
}

function splitOf(arms: readonly CountedArmInput[]): SampleRatio | null {
  const weighed = arms.flatMap(({ people, weight }) => (weight == null ? [] : [{ total: people, weight }]));
  for (const [index, { weight }] of arms.entries())
    check(weight == null || weight > 0, `arms[${index}].weight`, 'a weight is more than 0');
  return weighed.length === arms.length ? sampleRatio(weighed) : null;
}

/** People for each of two arms; refuses a question that no number of people answers. */
export function peoplePerArm({ baseline, difference, significance, power }: SampleSizeInput): number {
  within('baseline', baseline, 1e-9, 1 - 1e-9);
  check(difference !== 0, 'difference', 'no number of people finds a difference of 0');
  within('difference', baseline + difference, 1e-9, 1 - 1e-9, 'baseline and difference together');
  const people = sampleSize({
    baseline,
    difference,
    significance: within('significance', significance ?? 0.05, 1e-6, 0.5),
    power: within('power', power ?? 0.8, 0.5, 0.9999),
  });
  check(people <= MOST_PEOPLE, 'difference', `it takes more than ${MOST_PEOPLE} people to find so small a difference`);
  return people;
}

function within(path: string, value: number, least: number, most: number, what = path): number {
  check(value >= least && value <= most, path, `${what} must be ${least} to ${most}, not ${value}`);
  return value;
}

function check(holds: boolean, path: string, message: string): void {
  if (!holds) throw new DomainError('CAMPAIGN_EXPERIMENT_INVALID', message, path);
}
