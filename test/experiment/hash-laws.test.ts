import { createHash } from 'node:crypto';
import { logSurvival } from '../../src/experiment/chi-square';
import { BUCKETS, hashBucket } from '../../src/shared/hash-bucket';
import { createTestDatabase, type TestDatabase } from '../support/database';

/** T-D8: people of one campaign, drawn as expansion draws them. */
const IDS = 1_000_000;
const SALT = 'cmp_hash-laws:';
const salts = { variant: `variant:${SALT}`, holdout: `holdout:${SALT}`, test: `test:${SALT}` } as const;

const draw = (salt: string): Uint16Array => Uint16Array.from({ length: IDS }, (_, n) => hashBucket(salt, `usr_${n}`));
let variant: Uint16Array;
let holdout: Uint16Array;
let test_: Uint16Array;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  [variant, holdout, test_] = [draw(salts.variant), draw(salts.holdout), draw(salts.test)];
}, 60_000);
afterAll(() => database.close());

const count = (buckets: Uint16Array, holds: (bucket: number) => boolean): number =>
  buckets.reduce((sum, bucket) => sum + (holds(bucket) ? 1 : 0), 0);

/** Four standard deviations of how many of a million fall into a share. */
const fourSigma = (share: number): number => 4 * Math.sqrt(IDS * share * (1 - share));

test.each([0.01, 5, 12.5, 33.34, 50, 90, 99.99])('of a million people %d percent fall into that share', (percent) => {
  const share = percent / 100;
  for (const buckets of [variant, holdout, test_]) {
    const fell = count(buckets, (bucket) => bucket < share * BUCKETS);
    expect(Math.abs(fell - IDS * share)).toBeLessThanOrEqual(fourSigma(share));
  }
});

test('each of the ten thousand buckets is as likely as the others', () => {
  const counts = new Float64Array(BUCKETS);
  for (const bucket of variant) counts[bucket] = (counts[bucket] ?? 0) + 1;
  const expected = IDS / BUCKETS;
  const statistic = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  expect(Math.exp(logSurvival(statistic, BUCKETS - 1))).toBeGreaterThan(0.001);
});

test('being held out, being in the test and the arm have nothing to do with each other', () => {
  const arms = 5;
  for (const other of [holdout, test_]) {
    const table = new Float64Array(2 * arms);
    variant.forEach((bucket, n) => {
      const cell = Math.floor((bucket * arms) / BUCKETS) * 2 + ((other[n] ?? 0) < 1_000 ? 1 : 0);
      table[cell] = (table[cell] ?? 0) + 1;
    });
    const statistic = independence(table, arms);
    expect(Math.exp(logSurvival(statistic, arms - 1))).toBeGreaterThan(0.001);
  }
});

function independence(table: Float64Array, arms: number): number {
  const inside = table.reduce((sum, n, cell) => sum + (cell % 2 ? n : 0), 0);
  let statistic = 0;
  for (let arm = 0; arm < arms; arm++) {
    const [out = 0, of = 0] = [table[2 * arm], table[2 * arm + 1]];
    const expected = ((out + of) * inside) / IDS;
    statistic += (of - expected) ** 2 / expected + (of - expected) ** 2 / (out + of - expected);
  }
  return statistic;
}

test('moving a weight from 50 to 60 moves those people alone who must move', () => {
  const arm = (bucket: number, first: number) => (bucket < first * 100 ? 'A' : 'B');
  let moved = 0;
  for (const bucket of variant) {
    const [before, after] = [arm(bucket, 50), arm(bucket, 60)];
    if (before !== after) moved++;
    // Nobody leaves the arm that grows.
    if (before === 'A' && after === 'B') throw new Error(`bucket ${bucket} left the arm that grew`);
  }
  expect(moved).toBeLessThanOrEqual(IDS * 0.1 + fourSigma(0.1));
});

test('the same id falls into the same bucket in SQL and in TypeScript, one by one', async () => {
  const people = 20_000;
  for (const [salt, drawn] of [
    [salts.variant, variant],
    [salts.holdout, holdout],
    [salts.test, test_],
  ] as const) {
    const [row] = await database.dispatcher.query<{ digest: string }>(
      `select encode(sha256(convert_to(string_agg(campaign.hash_bucket($1, 'usr_' || n)::text, ',' order by n), 'UTF8')), 'hex')
         as digest from generate_series(0, $2::int - 1) n`,
      [salt, people],
    );
    const ours = createHash('sha256').update(drawn.slice(0, people).join(',')).digest('hex');
    expect(row?.digest).toBe(ours);
  }
});
