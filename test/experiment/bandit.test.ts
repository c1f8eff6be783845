import fc from 'fast-check';
import { thompsonWeights, toWeights, type Weights } from '../../src/experiment/epoch';
import type { DecidingArm } from '../../src/experiment/winner-rule';
import { declareWinner } from '../../src/winner/declare-winner';
import { email } from '../campaign/campaign-world';
import { openRolloutWorld, type RolloutWorld, type Run } from './rollout-world';

const PEOPLE = 2_000;
const MINUTE = 60_000;

let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(PEOPLE);
});
afterAll(() => world.close());

const bandit = { mode: 'BANDIT', metric: 'OPEN', batches: 4, batchMinutes: 60, floorHundredths: 1_000 } as const;

const epochsOf = async ({ execNo }: Run) => {
  const rows = await world.database.dispatcher.query<{ epoch: number; weights: Weights }>(
    'select epoch, weights from campaign.allocation_epoch where exec_no = $1 order by epoch',
    [execNo],
  );
  return rows.map(({ epoch, weights }) => [epoch, Object.fromEntries(weights.map(({ no, weight }) => [no, weight]))]);
};
const sentTo = async ({ execNo }: Run) => {
  const rows = (await world.rows(execNo)).filter(({ disposition }) => disposition === 'sent');
  return [1, 2].map((no) => rows.filter((row) => row.variant_no === no).length) as [number, number];
};

test('each batch goes by the epoch of then: the better arm gets more, the other no less than the floor', async () => {
  const run = await world.start(bandit);
  expect(await epochsOf(run)).toEqual([[1, { 1: 5_000, 2: 5_000 }]]);
  const first = await world.deliver(run);
  expect(Math.abs(first - PEOPLE / 4)).toBeLessThan(5 * Math.sqrt(PEOPLE * 0.25 * 0.75));
  const [one, two] = await sentTo(run);
  expect(Math.abs(one - first / 2)).toBeLessThan(5 * Math.sqrt(first * 0.25));
  expect(await world.differences(run.execNo)).toEqual([]);

  await world.open(run.execNo, 1, 20);
  await world.open(run.execNo, 2, 90);
  expect(await world.decide()).toEqual([]);
  world.pass(60 * MINUTE);
  expect(await world.decide()).toEqual([run.campaignId]);
  expect(await world.decide()).toEqual([]);
  const [, [, weights]] = (await epochsOf(run)) as [unknown, [number, Record<number, number>]];
  // All but certain: the floor for one, the rest for the other.
  expect(weights).toEqual({ 1: 1_000, 2: 9_000 });
  const second = await world.deliver(run);
  const [oneNow, twoNow] = await sentTo(run);
  expect(oneNow - one + (twoNow - two)).toBe(second);
  expect(Math.abs(oneNow - one - second * 0.1)).toBeLessThan(5 * Math.sqrt(second * 0.1 * 0.9));
  expect(await world.differences(run.execNo)).toEqual([]);

  // The leader was away for a batch: the epoch of the present one is written, and what is due goes by it.
  world.pass(120 * MINUTE);
  await world.decide();
  expect((await epochsOf(run)).map(([epoch]) => epoch)).toEqual([1, 2, 4]);
  expect(first + second + (await world.deliver(run))).toBe(PEOPLE);
  await world.sweep();
  expect(await world.decide()).toEqual([]);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a control has its share from the start, and no epoch has one for it', async () => {
  const run = await world.start(bandit, [
    { name: 'A', allocation: 30, channels: [email('A')] },
    { name: 'None', allocation: 20, isControl: true },
    { name: 'B', allocation: 50, channels: [email('B')] },
  ]);
  const control = (await world.rows(run.execNo)).filter(({ variant_no: no }) => no === 2);
  expect(control.every(({ phase, disposition }) => phase === 0 && disposition === 'control')).toBe(true);
  expect(Math.abs(control.length - PEOPLE * 0.2)).toBeLessThan(5 * Math.sqrt(PEOPLE * 0.16));
  expect(await epochsOf(run)).toEqual([[1, { 1: 3_750, 3: 6_250 }]]);
  await world.deliver(run);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a person declares the winner of a bandit, and all who wait get it at once', async () => {
  const run = await world.start(bandit);
  const first = await world.deliver(run);
  const before = await sentTo(run);
  const variantId = run.plan.variants[1]?.id ?? '';
  await declareWinner(world.scope, { id: run.campaignId, variantId });
  expect(first + (await world.deliver(run))).toBe(PEOPLE);
  expect(await sentTo(run)).toEqual([before[0], PEOPLE - before[0]]);
  expect(await world.differences(run.execNo)).toEqual([]);
  world.pass(60 * MINUTE);
  expect(await world.decide()).not.toContain(run.campaignId);
});

test('a winner does not hurry those who were refused: their provider has its pause', async () => {
  const run = await world.start(bandit);
  const refused = await world.deliver(run, 'refused');
  await declareWinner(world.scope, { id: run.campaignId, variantId: run.plan.variants[1]?.id ?? '' });
  expect(refused + (await world.deliver(run))).toBe(PEOPLE);
  world.pass(10 * MINUTE);
  expect(await world.deliver(run)).toBe(refused);
  expect(await world.differences(run.execNo)).toEqual([]);
});

const arm = fc
  .record({
    people: fc.nat({ max: 50_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    isControl: fc.boolean(),
  })
  .map(({ people, share, isControl }) => ({ people, successes: Math.floor(people * share), isControl }));

test('weights are whole, sum to all, keep the floor, and are the same for the same figures', () => {
  fc.assert(
    fc.property(fc.array(arm, { minLength: 2, maxLength: 5 }), fc.integer({ min: 0, max: 2_000 }), (drawn, floor) => {
      const arms: DecidingArm[] = drawn.map((one, index) => ({
        ...one,
        ...{ no: index + 1, isControl: one.isControl && index > 1, recipients: one.people, sum: 0, sumOfSquares: 0 },
      }));
      const weights = thompsonWeights(arms, floor);
      expect(weights.map(({ no }) => no)).toEqual(arms.filter(({ isControl }) => !isControl).map(({ no }) => no));
      expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBe(10_000);
      for (const { weight } of weights) {
        expect(Number.isInteger(weight)).toBe(true);
        expect(weight).toBeGreaterThanOrEqual(floor);
      }
      expect(thompsonWeights(arms, floor)).toEqual(weights);
    }),
    { numRuns: 40 },
  );
});

test('what rounding leaves goes to the largest remainders', () => {
  expect(toWeights([1, 2, 3].map((no) => ({ no, share: 1 })))).toEqual([
    { no: 1, weight: 3_334 },
    { no: 2, weight: 3_333 },
    { no: 3, weight: 3_333 },
  ]);
});
