import { build, runDemo } from './built-demo';
import { countArms, pearson, rowsOfFile } from './counted-by-hand';

beforeAll(build, 120_000);

const arm = (
  variant: string,
  assigned: number,
  sent: number,
  visits: number,
  conversions: number,
  revenue: number,
) => ({
  ...{ variant, assigned, sent, delivered: sent, skipped: 0 },
  ...{ visits, conversions, revenue },
});

test('the demo has the published figures to the digit, with the rows in another order', async () => {
  const { result, printed } = await runDemo('--permute', '20080320');
  expect(result.arms).toEqual([
    arm('Mens E-Mail', 21_307, 21_307, 3_894, 267, 30_311.69),
    arm('Womens E-Mail', 21_387, 21_387, 3_238, 189, 23_038.11),
    arm('No E-Mail', 21_306, 0, 2_262, 122, 13_908.33),
  ]);
  expect(result.chiSquare.visit.toFixed(4)).toBe('504.4607');
  expect(result.chiSquare.conversion.toFixed(4)).toBe('55.2580');
  expect(result.reconciliation).toEqual({
    ...{ audience: 64_000, people: 64_000, sent: 42_694, control: 21_306, balanced: true },
    ...{ unknown: 0, failed: 0, skipped: 0, heldOut: 0, cancelled: 0, queued: 0, inFlight: 0, skippedByReason: [] },
  });
  expect(result.messagesPerMinute).toBe(Math.round((42_694 * 60) / result.seconds));
  expect(printed).toContain('visits 504.4607, conversions 55.2580');
}, 300_000);

test('an option that makes no sense is refused in words and with the usage, without a stack', async () => {
  const refusal = await runDemo('--people', 'zz').catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^--people zz: a whole number from 1 to 64000 is expected\nusage: /),
  });
  expect(refusal).toMatchObject({ stderr: expect.not.stringContaining('    at ') });
});

test('what a tenth of the people did not tell is missing from the figures, exactly', async () => {
  const people = 8_000;
  const { result, told } = await runDemo('--people', String(people), '--withhold', '0.1');
  const rows = rowsOfFile(people);
  const tellers = new Set(told.map(({ userId }) => Number(userId.slice('customer-'.length)) - 1));
  const expected = countArms(rows, (row) => tellers.has(row));
  const figures = result.arms.map(({ sent: _, delivered: __, skipped: ___, ...figure }) => figure);
  expect(figures).toEqual(expected);
  const statistic = (of: 'visits' | 'conversions') =>
    pearson(expected.map((one) => ({ n: one.assigned, hits: one[of] })));
  expect(result.chiSquare.visit).toBeCloseTo(statistic('visits'), 8);
  expect(result.chiSquare.conversion).toBeCloseTo(statistic('conversions'), 8);
  const visitors = rows.filter(({ visit }) => visit === '1').length;
  expect(tellers.size / visitors).toBeGreaterThan(0.86);
  expect(tellers.size / visitors).toBeLessThan(0.94);
}, 180_000);
