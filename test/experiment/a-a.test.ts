import { aaKinds, runAa } from '../../drill/a-a';
import { type DecidingArm, judgeWinner } from '../../src/experiment/winner-rule';

const EXPERIMENTS = 300;
const results = runAa({ experiments: EXPERIMENTS, seed: 'test', looks: 14, peopleBetween: 1_000 });

/** One in twenty, and four standard deviations of chance. */
const MOST = 0.05 + 4 * Math.sqrt((0.05 * 0.95) / EXPERIMENTS);

test.each(results)(
  'among $kind, looked at again and again, a winner is declared in one of twenty at most',
  (result) => {
    expect(result.share).toBeLessThanOrEqual(MOST);
  },
);

test('a test that minds no looking would have fooled somebody in all kinds of them', () => {
  expect(results).toHaveLength(aaKinds.length);
  for (const { naiveShare } of results) expect(naiveShare).toBeGreaterThan(0.06);
});

test('the same seed gives the same figures', () => {
  const few = { experiments: 20, seed: 'again', looks: 5, peopleBetween: 2_000 };
  expect(runAa(few)).toEqual(runAa(few));
});

describe('the rule of looking', () => {
  const rule = { metric: 'CONVERSION', confidence: 0.95, minimumPerArm: 1_000 } as const;
  const arm = (no: number, people: number, successes: number, more: Partial<DecidingArm> = {}): DecidingArm => ({
    ...{ no, people, successes, recipients: people, isControl: false, sum: 0, sumOfSquares: 0 },
    ...more,
  });

  test('names the arm that is better than all others', () => {
    expect(judgeWinner([arm(1, 5_000, 500), arm(2, 5_000, 700), arm(3, 5_000, 505)], rule, null)).toMatchObject({
      winner: 2,
    });
  });

  test('names none of two that are alike, however bad the third is', () => {
    const arms = [arm(1, 5_000, 700), arm(2, 5_000, 702), arm(3, 5_000, 100)];
    expect(judgeWinner(arms, rule, null)).toEqual({ winner: null, because: 'NOT_SIGNIFICANT' });
  });

  test('waits for the recipients of the smallest arm', () => {
    const arms = [arm(1, 5_000, 100), arm(2, 5_000, 700, { recipients: 999 })];
    expect(judgeWinner(arms, rule, null)).toEqual({ winner: null, because: 'TOO_FEW_PEOPLE' });
  });

  test('never names a control, and leaves it out where it could not do it', () => {
    const control = arm(2, 5_000, 900, { isControl: true });
    expect(judgeWinner([arm(1, 5_000, 300), control], rule, null)).toEqual({
      winner: null,
      because: 'NOT_SIGNIFICANT',
    });
    const opens = [arm(1, 5_000, 300), { ...control, successes: 0 }];
    expect(judgeWinner(opens, { ...rule, metric: 'OPEN' }, null)).toEqual({ winner: null, because: 'TOO_FEW_PEOPLE' });
  });

  test('is blocked by a sample ratio that cannot be chance', () => {
    const split = { statistic: 20, p: 0.0001, mismatch: true };
    expect(judgeWinner([arm(1, 5_000, 100), arm(2, 5_000, 700)], rule, split)).toEqual({
      winner: null,
      because: 'SAMPLE_RATIO_MISMATCH',
    });
  });

  test('compares what people brought, where revenue decides', () => {
    const rich = arm(1, 5_000, 500, { sum: 30_000, sumOfSquares: 2_500_000 });
    const poor = arm(2, 5_000, 900, { sum: 15_000, sumOfSquares: 900_000 });
    expect(judgeWinner([rich, poor], { ...rule, metric: 'REVENUE' }, null)).toMatchObject({ winner: 1 });
    expect(judgeWinner([rich, poor], rule, null)).toMatchObject({ winner: 2 });
  });
});
