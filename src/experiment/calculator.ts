import { DomainError } from '../shared/errors';
import type { CompareArmsInput, CountedArmInput, SampleSizeInput } from './calculator.types';
import { analyseGoal, type CountedArm, type GoalAnalysis } from './goal-analysis';
import { type SampleRatio, sampleRatio } from './sample-ratio';
import { sampleSize } from './sample-size';

/** What a GraphQL Int can hold: more people than there will ever be in an arm. */
export const MOST_PEOPLE = 2_147_483_647;
const ARMS = { least: 2, most: 10 } as const;
/** Past these, squares and quotients of them are no numbers any more. */
const WEIGHT = { least: 1e-9, most: 1e9 } as const;
const VALUE = { sum: 1e15, squares: 1e30 } as const;
/** Of one person who brought 0.1 the square is 0.01, and the sum squared a little more. */
const ROUNDED = 1e-9;

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
  const { name, people, successes, isControl } = arm;
  const path = `arms[${index}]`;
  check(people >= 0, `${path}.people`, 'people cannot be fewer than none');
  check(
    successes >= 0 && successes <= people,
    `${path}.successes`,
    `of ${people} people ${successes} cannot have done it`,
  );
  const value = readValue(arm, path);
  return { name, isControl: isControl === true, people, successes, ...(value && { value }) };
}

/** What people brought; nothing where nothing is said of it. */
function readValue({ people, valueSum: sum, valueSumOfSquares: squares }: CountedArmInput, path: string) {
  if (sum == null && squares == null) return undefined;
  const half = 'what people brought is known by its sum and its sum of squares together';
  if (sum == null) throw refusal(`${path}.valueSum`, half);
  if (squares == null) throw refusal(`${path}.valueSumOfSquares`, half);
  within(`${path}.valueSum`, sum, -VALUE.sum, VALUE.sum, 'the sum');
  within(`${path}.valueSumOfSquares`, squares, 0, VALUE.squares, 'the sum of squares');
  // By Cauchy and Schwarz; anything else is no sum of squares of these people.
  const least = sum ** 2 * (1 - ROUNDED);
  check(squares * people >= least, `${path}.valueSumOfSquares`, 'the squares sum to less than they can');
  return { sum, sumOfSquares: squares };
}

function splitOf(arms: readonly CountedArmInput[]): SampleRatio | null {
  const weighed = arms.flatMap(({ people, weight }) => (weight == null ? [] : [{ total: people, weight }]));
  for (const [index, { weight }] of arms.entries())
    if (weight != null) within(`arms[${index}].weight`, weight, WEIGHT.least, WEIGHT.most, 'a weight');
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
  if (!holds) throw refusal(path, message);
}

const refusal = (path: string, message: string): DomainError =>
  new DomainError('CAMPAIGN_EXPERIMENT_INVALID', message, path);
