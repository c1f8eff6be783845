import { logAlwaysValidP } from './always-valid';
import { type ChiSquare, chiSquare } from './chi-square';
import { compareRates, holm, type RateComparison } from './comparison';
import { probabilityBest } from './probability-best';
import { powerOf, sampleSize } from './sample-size';
import { compareMeans, type MeanComparison } from './welch';
import { type Interval, wilsonInterval } from './wilson';

/** An arm as counts: its people, how many of them did it, and what they brought (each person's value and its square, summed). */
export interface CountedArm {
  readonly name: string;
  readonly isControl: boolean;
  readonly people: number;
  readonly successes: number;
  readonly value?: { readonly sum: number; readonly sumOfSquares: number };
}

/** One arm's own figures. */
export interface ArmAnalysis {
  readonly name: string;
  readonly people: number;
  readonly successes: number;
  /** Nothing where there is nobody. */
  readonly rate: number | null;
  readonly interval: Interval;
  readonly valuePerPerson: number | null;
  /** That its true rate is the highest, with a uniform prior. */
  readonly probabilityBest: number;
}

/** One arm against the one that all are compared with. */
export interface ArmComparison extends RateComparison {
  readonly name: string;
  readonly against: string;
  /** Corrected for the number of comparisons (Holm). */
  readonly adjustedP: number;
  /** May be looked at any time, as often as one likes. */
  readonly alwaysValidP: number;
  /** Chance that arms of these sizes find the difference that they show. */
  readonly power: number | null;
  /** People that each of two equal arms needs to find it, four times in five. */
  readonly peopleNeeded: number | null;
  /** Of those, how many the smaller of both arms still lacks. */
  readonly peopleStillNeeded: number | null;
  readonly value: MeanComparison | null;
}

export interface GoalAnalysis extends ChiSquare {
  readonly arms: readonly ArmAnalysis[];
  readonly comparisons: readonly ArmComparison[];
}

/** Everything that is told of one goal: the arms together, each by itself, and each against the control (or the first). */
export function analyseGoal(arms: readonly CountedArm[], confidence = 0.95): GoalAnalysis {
  const best = probabilityBest(arms.map(countOf));
  const base = arms.find(({ isControl }) => isControl) ?? arms[0];
  return {
    ...chiSquare(arms.map(countOf)),
    arms: arms.map((arm, index) => analyseArm(arm, best[index] ?? 0, confidence)),
    comparisons: base ? compareAll(arms, base, confidence) : [],
  };
}

const countOf = ({ people, successes }: CountedArm) => ({ successes, total: people });

const analyseArm = (arm: CountedArm, probability: number, confidence: number): ArmAnalysis => ({
  name: arm.name,
  people: arm.people,
  successes: arm.successes,
  rate: arm.people === 0 ? null : arm.successes / arm.people,
  interval: wilsonInterval(countOf(arm), confidence),
  valuePerPerson: arm.people === 0 || !arm.value ? null : arm.value.sum / arm.people,
  probabilityBest: probability,
});

function compareAll(arms: readonly CountedArm[], base: CountedArm, confidence: number): ArmComparison[] {
  const compared = arms
    .filter((arm) => arm !== base)
    .map((arm) => ({ arm, rates: compareRates(countOf(arm), countOf(base), confidence) }));
  const adjusted = holm(compared.map(({ rates }) => rates.logP));
  return compared.map(({ arm, rates }, index) => ({
    ...rates,
    name: arm.name,
    against: base.name,
    adjustedP: Math.exp(adjusted[index] ?? 0),
    alwaysValidP: Math.exp(logAlwaysValidP(countOf(arm), countOf(base))),
    ...planning(arm, base),
    value: valuesOf(arm, base, confidence),
  }));
}

/** What more people would tell; nothing where the arms show no difference, or one shows nothing or everything. */
function planning(
  arm: CountedArm,
  base: CountedArm,
): Pick<ArmComparison, 'power' | 'peopleNeeded' | 'peopleStillNeeded'> {
  const [one, two] = [arm.successes / arm.people, base.successes / base.people];
  if (!(one > 0 && one < 1 && two > 0 && two < 1) || one === two)
    return { power: null, peopleNeeded: null, peopleStillNeeded: null };
  const question = { baseline: two, difference: one - two };
  const peopleNeeded = sampleSize(question);
  const peopleStillNeeded = Math.max(0, peopleNeeded - Math.min(arm.people, base.people));
  return { power: powerOf(question, [base.people, arm.people]), peopleNeeded, peopleStillNeeded };
}

const valuesOf = (arm: CountedArm, base: CountedArm, confidence: number): MeanComparison | null =>
  arm.value && base.value
    ? compareMeans({ total: arm.people, ...arm.value }, { total: base.people, ...base.value }, confidence)
    : null;
