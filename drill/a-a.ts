import { chiSquare } from '../src/experiment/chi-square';
import type { WinnerMetric } from '../src/experiment/experiment';
import { type DecidingArm, judgeWinner } from '../src/experiment/winner-rule';
import { type Random, seededRandom } from './random';

/** Experiments of one kind whose arms are all alike, each of them looked at again and again. */
export interface AaKind {
  readonly name: string;
  readonly metric: WinnerMetric;
  /** People who do it, of each arm alike. */
  readonly rate: number;
  /** What share of the people each arm gets; the last is the control where there is one. */
  readonly weights: readonly number[];
  readonly control?: boolean;
}

/** How they are looked at. */
export interface AaOptions {
  readonly experiments: number;
  readonly seed: string;
  /** Looks at each experiment, after so many people of all arms together. */
  readonly looks: number;
  readonly peopleBetween: number;
}

export interface AaResult {
  readonly kind: string;
  readonly experiments: number;
  /** Experiments in which a winner was declared at some look, though there was nothing to find. */
  readonly falseWinners: number;
  readonly share: number;
  /** The share that a test without regard to looking would have called: without it the looks would prove nothing. */
  readonly naiveShare: number;
}

export const aaKinds: readonly AaKind[] = [
  { name: 'two arms, 10 %', metric: 'CONVERSION', rate: 0.1, weights: [1, 1] },
  { name: 'two arms, 2 %', metric: 'CLICK', rate: 0.02, weights: [1, 1] },
  { name: 'two arms, 40 %', metric: 'OPEN', rate: 0.4, weights: [1, 1] },
  { name: 'two arms, 10 %, nine to one', metric: 'CONVERSION', rate: 0.1, weights: [9, 1] },
  { name: 'three arms, 10 %', metric: 'CONVERSION', rate: 0.1, weights: [1, 1, 1] },
  { name: 'five arms, 10 %, one a control', metric: 'CONVERSION', rate: 0.1, weights: [1, 1, 1, 1, 1], control: true },
  { name: 'two arms, revenue, 10 % buy', metric: 'REVENUE', rate: 0.1, weights: [1, 1] },
];

const RULE = { confidence: 0.95, minimumPerArm: 1_000 } as const;

/** Runs every kind; the same seed gives the same figures. */
export const runAa = (options: AaOptions, kinds: readonly AaKind[] = aaKinds): AaResult[] =>
  kinds.map((kind) => {
    const random = seededRandom(`${options.seed} ${kind.name}`);
    let [falseWinners, naive] = [0, 0];
    for (let n = 0; n < options.experiments; n++) {
      const called = runOne(kind, options, random);
      if (called.winner) falseWinners++;
      if (called.naive) naive++;
    }
    const { experiments } = options;
    return {
      kind: kind.name,
      experiments,
      falseWinners,
      share: falseWinners / experiments,
      naiveShare: naive / experiments,
    };
  });

type Growing = { -readonly [Name in keyof DecidingArm]: DecidingArm[Name] };

/** One experiment to its last look: whether either rule ever called a winner. */
function runOne(
  kind: AaKind,
  { looks, peopleBetween }: AaOptions,
  random: Random,
): { winner: boolean; naive: boolean } {
  const whole = kind.weights.reduce((sum, weight) => sum + weight, 0);
  const arms: Growing[] = kind.weights.map((_, index) => ({
    no: index + 1,
    isControl: kind.control === true && index === kind.weights.length - 1,
    ...{ people: 0, recipients: 0, successes: 0, sum: 0, sumOfSquares: 0 },
  }));
  const called = { winner: false, naive: false };
  for (let look = 0; look < looks; look++) {
    for (const [index, arm] of arms.entries())
      grow(arm, Math.round((peopleBetween * (kind.weights[index] ?? 0)) / whole), kind, random);
    if (arms.some(({ recipients }) => recipients < RULE.minimumPerArm)) continue;
    called.winner ||= judgeWinner(arms, { ...RULE, metric: kind.metric }, null).winner !== null;
    called.naive ||=
      chiSquare(arms.map(({ successes, people }) => ({ successes, total: people }))).p <= 1 - RULE.confidence;
  }
  return called;
}

function grow(arm: Growing, people: number, { rate, metric }: AaKind, random: Random): void {
  const successes = drawSuccesses(people, rate, random);
  arm.people += people;
  arm.recipients += people;
  arm.successes += successes;
  if (metric !== 'REVENUE') return;
  for (let n = 0; n < successes; n++) {
    const value = drawValue(random);
    arm.sum += value;
    arm.sumOfSquares += value * value;
  }
}

/** How many of `people` do it: the gaps between those who do are geometric, so that it costs as much as there are. */
function drawSuccesses(people: number, rate: number, random: Random): number {
  const scale = Math.log1p(-rate);
  let successes = 0;
  for (let at = gap(scale, random); at < people; at += 1 + gap(scale, random)) successes++;
  return successes;
}

const gap = (scale: number, random: Random): number => Math.floor(Math.log(1 - random()) / scale);

/** What somebody spends: skewed, as orders are (log-normal, half of them below 30). */
function drawValue(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(Math.log(30) + 0.8 * normal);
}
