import { chiSquare, logSurvival } from '../../src/experiment/chi-square';
import { normalQuantileSquared } from '../../src/experiment/normal';
import { wilsonInterval } from '../../src/experiment/wilson';
import reference from './chi-square-reference.json';

const hillstrom = (counts: readonly [number, number, number]) =>
  chiSquare(counts.map((successes, arm) => ({ successes, total: [21_307, 21_387, 21_306][arm] ?? 0 })));

/** Equal to a share of 1e-9, which P-18's reference values ask for. */
const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), 1e-6));

describe('the chi-square test', () => {
  it('gives the published figures for the visits of a real experiment', () => {
    const { statistic, degreesOfFreedom, p } = hillstrom([3894, 3238, 2262]);
    expect(degreesOfFreedom).toBe(2);
    near(statistic, 504.4606690356351);
    near(p / 2.869178384266971e-110, 1);
  });

  it('gives the published figures for its conversions', () => {
    const { statistic, p } = hillstrom([267, 189, 122]);
    near(statistic, 55.25803993322962);
    near(p / 1.0020031529493286e-12, 1);
  });

  it('is Pearson’s test without a correction for two arms', () => {
    const { statistic, p } = chiSquare([
      { successes: 30, total: 100 },
      { successes: 45, total: 120 },
    ]);
    near(statistic, 1.3655172413793104);
    near(p, 0.24258357934832098);
  });

  it.each(reference)('agrees with 40-digit arithmetic at $statistic with $degreesOfFreedom degrees', (row) => {
    near(logSurvival(row.statistic, row.degreesOfFreedom), row.logP);
  });

  it('keeps a p-value below the smallest number as its logarithm', () => {
    const result = chiSquare([
      { successes: 0, total: 1000 },
      { successes: 1000, total: 1000 },
    ]);
    expect(result.statistic).toBe(2000);
    expect(result.p).toBe(0);
    expect(result.logP).toBeLessThan(-1000);
  });

  it.each([
    [
      'nobody did',
      [
        { successes: 0, total: 10 },
        { successes: 0, total: 20 },
      ],
    ],
    [
      'everybody did',
      [
        { successes: 10, total: 10 },
        { successes: 20, total: 20 },
      ],
    ],
    [
      'one arm is empty',
      [
        { successes: 3, total: 10 },
        { successes: 0, total: 0 },
      ],
    ],
    ['there is nothing', []],
  ])('sees no difference where %s', (_, arms) => {
    expect(chiSquare(arms)).toMatchObject({ statistic: 0, p: 1, logP: 0 });
  });
});

describe('the Wilson interval', () => {
  it.each([
    [3894, 21_307, 0.95, 0.17762499082168501, 0.18800306163588704],
    [1, 10, 0.95, 0.01787621309507291, 0.40415002679523843],
    [10, 10, 0.95, 0.7224672001371109, 1],
    [0, 50, 0.99, 0, 0.11715209171762797],
    [122, 21_306, 0.99, 0.004539783507350379, 0.007220137207145271],
  ])('of %d in %d at %d is the reference’s', (successes, total, confidence, low, high) => {
    const interval = wilsonInterval({ successes, total }, confidence);
    near(interval.low, low);
    near(interval.high, high);
  });

  it('says nothing about nobody', () => {
    expect(wilsonInterval({ successes: 0, total: 0 })).toEqual({ low: 0, high: 1 });
  });

  it('refuses a confidence that is none', () => {
    expect(() => normalQuantileSquared(1)).toThrow(RangeError);
  });
});
