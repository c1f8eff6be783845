import { logAlwaysValidP } from './always-valid';
import { logAlwaysValidMeansP } from './always-valid-means';
import type { WinnerMetric } from './experiment';
import type { SampleRatio } from './sample-ratio';

/** An arm as a decision sees it: what its eligible people did, and how many were reached. */
export interface DecidingArm {
  readonly no: number;
  readonly isControl: boolean;
  /** Eligible people assigned: the base of every comparison. */
  readonly people: number;
  /** Sent to; in a control, which is sent nothing, its people. */
  readonly recipients: number;
  readonly successes: number;
  /** What they brought, each person's value and its square, summed. */
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** When a winner may be declared without a person. */
export interface WinnerRule {
  readonly metric: WinnerMetric;
  readonly confidence: number;
  readonly minimumPerArm: number;
}

/** Why there is no winner yet. */
export type Undecided = 'TOO_FEW_PEOPLE' | 'NOT_SIGNIFICANT' | 'SAMPLE_RATIO_MISMATCH';

export type Verdict =
  | { readonly winner: number; readonly logP: number }
  | { readonly winner: null; readonly because: Undecided };

/**
 * The rule of looking (docs/decisions/0010): an arm that sends wins when it is better than every other arm by an
 * always-valid p of at most 2α / k, with k arms compared. It may be asked at any time and as often as one likes: that any
 * arm is declared without being better than all others happens in α of all experiments at most. For each of k arms it
 * must be better than one that is at least as good, one-sided: α / k.
 */
export function judgeWinner(arms: readonly DecidingArm[], rule: WinnerRule, split: SampleRatio | null): Verdict {
  const compared = comparable(arms, rule.metric);
  const best = bestOf(compared, rule.metric);
  if (!best || compared.length < 2) return { winner: null, because: 'TOO_FEW_PEOPLE' };
  if (compared.some(({ recipients }) => recipients < rule.minimumPerArm))
    return { winner: null, because: 'TOO_FEW_PEOPLE' };
  if (split?.mismatch) return { winner: null, because: 'SAMPLE_RATIO_MISMATCH' };
  const others = compared.filter((arm) => arm !== best);
  const logP = Math.max(...others.map((other) => logPBetter(best, other, rule.metric)));
  const level = Math.log((2 * (1 - rule.confidence)) / compared.length);
  return logP <= level ? { winner: best.no, logP } : { winner: null, because: 'NOT_SIGNIFICANT' };
}

/** The arm that sends and has the best figure so far, the first of several; nothing without people. */
export const bestSoFar = (arms: readonly DecidingArm[], metric: WinnerMetric): number | undefined =>
  bestOf(arms, metric)?.no;

// Nobody opens or clicks what a control was not sent.
const comparable = (arms: readonly DecidingArm[], metric: WinnerMetric): readonly DecidingArm[] =>
  metric === 'OPEN' || metric === 'CLICK' ? arms.filter(({ isControl }) => !isControl) : arms;

function bestOf(arms: readonly DecidingArm[], metric: WinnerMetric): DecidingArm | undefined {
  const sending = arms.filter(({ isControl, people }) => !isControl && people > 0);
  return sending.toSorted((a, b) => figureOf(b, metric) - figureOf(a, metric) || a.no - b.no)[0];
}

const figureOf = ({ people, successes, sum }: DecidingArm, metric: WinnerMetric): number =>
  (metric === 'REVENUE' ? sum : successes) / people;

/** ln of the p-value where `arm` is better, else 0. */
function logPBetter(arm: DecidingArm, other: DecidingArm, metric: WinnerMetric): number {
  if (figureOf(arm, metric) <= figureOf(other, metric)) return 0;
  return metric === 'REVENUE'
    ? logAlwaysValidMeansP({ total: arm.people, ...arm }, { total: other.people, ...other })
    : logAlwaysValidP({ total: arm.people, ...arm }, { total: other.people, ...other });
}
