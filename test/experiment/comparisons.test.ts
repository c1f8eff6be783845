import { logAlwaysValidP } from '../../src/experiment/always-valid';
import { logRegularizedBeta } from '../../src/experiment/beta';
import { chiSquare } from '../../src/experiment/chi-square';
import { compareRates, holm } from '../../src/experiment/comparison';
import { normalCdf } from '../../src/experiment/normal';
import { probabilityBest } from '../../src/experiment/probability-best';
import { sampleRatio } from '../../src/experiment/sample-ratio';
import { powerOf, sampleSize } from '../../src/experiment/sample-size';
import { logTwoSidedT, studentQuantile } from '../../src/experiment/student-t';
import { compareMeans } from '../../src/experiment/welch';
// Made by mpmath 1.3 with 30 digits (the probabilities to be best: by SciPy 1.17), by other ways than this code's.
import reference from './reference.json';

const near = (actual: number | null, expected: number, share = 1e-9): void =>
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(share * Math.max(Math.abs(expected), 1e-6));

describe('the distributions', () => {
  test.each(reference.studentT)('Student’s t of $t with $degreesOfFreedom degrees of freedom', (one) => {
    near(logTwoSidedT(one.t, one.degreesOfFreedom), one.logP);
  });

  test.each(reference.beta)('the incomplete beta function at $x of $a and $b', ({ x, a, b, logI }) => {
    near(logRegularizedBeta(x, 1 - x, a, b), logI);
  });

  test('a quantile of t is where its tails leave what is wanted', () => {
    near(studentQuantile(0.95, 10), 2.2281388519649385);
    near(studentQuantile(0.95, 1e7), 1.959964, 1e-6);
    expect(() => studentQuantile(1, 10)).toThrow(RangeError);
  });

  test('half of the normal distribution lies below 0', () => {
    near(normalCdf(0), 0.5);
    near(normalCdf(1.959963984540054), 0.975);
    near(normalCdf(-1.959963984540054), 0.025);
  });
});

describe('the comparison of rates', () => {
  test.each(reference.rates)('of $arm and $other has the reference’s intervals and p-values', (row) => {
    const { arm, other, difference, lift, logP, alwaysValidLogP } = row;
    const found = compareRates(arm, other);
    near(found.differenceInterval.low, difference[0] ?? 0);
    near(found.differenceInterval.high, difference[1] ?? 0);
    near(found.relativeLiftInterval?.low ?? null, lift[0] ?? 0);
    near(found.relativeLiftInterval?.high ?? null, lift[1] ?? 0);
    near(found.logP, logP);
    near(logAlwaysValidP(arm, other), alwaysValidLogP);
  });

  test('is Newcombe’s published example: 56 of 70 against 48 of 80', () => {
    const { difference, differenceInterval } = compareRates({ successes: 56, total: 70 }, { successes: 48, total: 80 });
    near(difference, 0.2);
    expect(differenceInterval.low).toBeCloseTo(0.0524, 4);
    expect(differenceInterval.high).toBeCloseTo(0.3339, 4);
  });

  test('of arms that swap places has its sign changed, and the same p', () => {
    const [one, two] = [
      { successes: 3_894, total: 21_307 },
      { successes: 2_262, total: 21_306 },
    ];
    const [there, back] = [compareRates(one, two), compareRates(two, one)];
    near(back.difference, -there.difference);
    near(back.differenceInterval.low, -there.differenceInterval.high);
    expect(back.logP).toBe(there.logP);
    // (1 + lift) of one is 1 / (1 + lift) of the other, and so are the ends of their intervals.
    near(1 + (back.relativeLift ?? 0), 1 / (1 + (there.relativeLift ?? 0)));
    near(1 + (back.relativeLiftInterval?.low ?? 0), 1 / (1 + (there.relativeLiftInterval?.high ?? 0)));
  });

  test('knows no lift over an arm where nobody did it', () => {
    const none = compareRates({ successes: 4, total: 100 }, { successes: 0, total: 100 });
    expect([none.relativeLift, none.relativeLiftInterval]).toEqual([null, null]);
    expect(none.differenceInterval.low).toBeLessThan(none.difference);
  });

  test('of arms without people says nothing', () => {
    expect(compareRates({ successes: 0, total: 0 }, { successes: 0, total: 0 })).toMatchObject({ difference: 0, p: 1 });
  });

  test('Holm multiplies the smallest p by the number of tests, and never lets a larger one overtake it', () => {
    const corrected = holm([0.01, 0.04, 0.03].map(Math.log)).map(Math.exp);
    for (const [index, p] of corrected.entries()) near(p, [0.03, 0.06, 0.06][index] ?? 0);
    expect(holm([Math.log(0.9), Math.log(0.8)])).toEqual([0, 0]);
    expect(holm([-2_000])).toEqual([-2_000]);
  });
});

describe('the comparison of means', () => {
  test.each(reference.welch)('is Welch’s t of $t', ({ arm, other, t, degreesOfFreedom, p, low, high }) => {
    const found = compareMeans(arm, other);
    near(found.t, t);
    near(found.degreesOfFreedom, degreesOfFreedom);
    near(found.p, p);
    near(found.differenceInterval?.low ?? null, low);
    near(found.differenceInterval?.high ?? null, high);
  });

  test('of a single person knows no variance, and says so', () => {
    const one = { total: 1, sum: 5, sumOfSquares: 25 };
    expect(compareMeans(one, one)).toMatchObject({ p: 1, t: null, differenceInterval: null });
  });
});

describe('the sample ratio', () => {
  test('of the real experiment is as it was randomized', () => {
    const arms = [21_307, 21_387, 21_306].map((total) => ({ total, weight: 1 }));
    const { p, mismatch } = sampleRatio(arms);
    expect(p).toBeCloseTo(0.9036, 3);
    expect(mismatch).toBe(false);
  });

  test('that lost a fiftieth of one arm is a mismatch', () => {
    expect(
      sampleRatio([
        { total: 50_000, weight: 50 },
        { total: 48_900, weight: 50 },
      ]).mismatch,
    ).toBe(true);
  });

  test('heeds the weights, and knows nothing of nobody', () => {
    expect(
      sampleRatio([
        { total: 9_000, weight: 90 },
        { total: 1_000, weight: 10 },
      ]).p,
    ).toBe(1);
    expect(
      sampleRatio([
        { total: 0, weight: 50 },
        { total: 0, weight: 50 },
      ]).mismatch,
    ).toBe(false);
  });
});

describe('the sample ratio’s reference', () => {
  test.each(reference.sampleRatio)('of $totals at $weights', ({ totals, weights, statistic, p }) => {
    const found = sampleRatio(totals.map((total, index) => ({ total, weight: weights[index] ?? 0 })));
    near(found.statistic, statistic);
    near(found.p, p);
  });
});

describe('the sample size', () => {
  test.each(reference.power)('has the power of the reference for $baseline and $difference', (row) => {
    near(powerOf(row, [row.people[0] ?? 0, row.people[1] ?? 0]), row.power);
  });

  test('is that of R’s power.prop.test(p1 = 0.1, p2 = 0.12, power = 0.8)', () => {
    expect(sampleSize({ baseline: 0.1, difference: 0.02 })).toBe(3_841);
  });

  test('has the power that was asked for', () => {
    const question = { baseline: 0.1, difference: 0.02 };
    const people = sampleSize({ ...question, power: 0.9 });
    expect(powerOf(question, [people, people])).toBeCloseTo(0.9, 3);
    expect(powerOf(question, [0, people])).toBe(0);
  });

  test('of no difference, or of a rate that none is, is refused', () => {
    expect(() => sampleSize({ baseline: 0.1, difference: 0 })).toThrow('difference of 0');
    expect(() => sampleSize({ baseline: 0.1, difference: -0.1 })).toThrow(RangeError);
  });
});

describe('the probability to be best', () => {
  test.each(reference.best)('of $arms', ({ arms, probabilities }) => {
    const found = probabilityBest(arms);
    for (const [index, share] of found.entries()) near(share, probabilities[index] ?? 0);
    near(
      found.reduce((sum, share) => sum + share, 0),
      1,
    );
  });
});

describe('looking at any time', () => {
  /** Mulberry32: the same experiments in every run. */
  const randomOf = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const LEVEL = Math.log(0.05);
  const PEOPLE = 200;

  /** How many of 200 do what happens at this rate: normal, rounded, which is near enough at 20 and more. */
  const draw = (random: () => number, rate: number): number => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(PEOPLE * rate + normal * Math.sqrt(PEOPLE * rate * (1 - rate))));
  };

  /** One experiment, looked at after every 200 people of each arm: whether either rule ever called a difference. */
  function run(random: () => number, rates: readonly [number, number]): { atAnyTime: boolean; naive: boolean } {
    const arms = rates.map(() => ({ successes: 0, total: 0 }));
    const called = { atAnyTime: false, naive: false };
    for (let look = 0; look < 20; look++) {
      for (const [index, arm] of arms.entries()) {
        arm.successes += draw(random, rates[index] ?? 0);
        arm.total += PEOPLE;
      }
      const [one, two] = arms as [{ successes: number; total: number }, { successes: number; total: number }];
      called.atAnyTime ||= logAlwaysValidP(one, two) <= LEVEL;
      called.naive ||= chiSquare([one, two]).logP <= LEVEL;
    }
    return called;
  }

  test('at two equal arms calls a winner in one experiment of twenty at most, where a naive look calls one in five', () => {
    const random = randomOf(2_026);
    const runs = Array.from({ length: 10_000 }, () => run(random, [0.1, 0.1]));
    expect(runs.filter(({ atAnyTime }) => atAnyTime).length).toBeLessThanOrEqual(560);
    // The looks are frequent enough to fool who does not correct for them: else this would prove nothing.
    expect(runs.filter(({ naive }) => naive).length).toBeGreaterThan(1_500);
  });

  test('finds a difference that is there', () => {
    const random = randomOf(7);
    const runs = Array.from({ length: 100 }, () => run(random, [0.16, 0.1]));
    expect(runs.filter(({ atAnyTime }) => atAnyTime).length).toBeGreaterThan(95);
  });

  test('is not fooled before there are people', () => {
    expect(logAlwaysValidP({ successes: 0, total: 0 }, { successes: 1, total: 1 })).toBe(0);
    expect(logAlwaysValidP({ successes: 0, total: 9 }, { successes: 0, total: 9 })).toBe(0);
  });
});
