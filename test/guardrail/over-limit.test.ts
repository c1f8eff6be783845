import { isOver, logEvidence } from '../../src/guardrail/over-limit';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same by adding up a hundred thousand shares from the limit to eight times it. */
function evidenceBySum(cases: number, sample: number, limit: number): number {
  const highest = Math.min(1, limit * 8);
  const steps = 100_000;
  const width = (highest - limit) / steps;
  const logs = Array.from({ length: steps }, (_, step) => {
    const share = limit + (step + 0.5) * width;
    return cases * (Math.log(share) - Math.log(limit)) + (sample - cases) * (Math.log1p(-share) - Math.log1p(-limit));
  });
  const most = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
  return most + Math.log((sum * width) / (highest - limit));
}

/** Whether a campaign whose true share is `rate` is ever stopped, looked at after every `every` messages. */
function isEverOver(random: () => number, { rate, limit, messages, every = 50 }: Trial): number | undefined {
  let cases = 0;
  for (let sample = 1; sample <= messages; sample += 1) {
    if (random() < rate) cases += 1;
    if (sample >= 500 && sample % every === 0 && isOver({ cases, sample }, limit)) return sample;
  }
  return undefined;
}

interface Trial {
  readonly rate: number;
  readonly limit: number;
  readonly messages: number;
  readonly every?: number;
}

const seed = Number(process.env.GUARDRAIL_SEED ?? 7);

describe('the evidence that a share is over its limit', () => {
  test.each([
    [0, 500, 0.003],
    [3, 500, 0.003],
    [12, 500, 0.003],
    [60, 1_000, 0.05],
    [400, 1_000, 0.05],
    [1_000, 1_000, 0.05],
    [3_300, 1_000_000, 0.003],
    [600, 1_000, 0.5],
    [5, 50, 0.99],
  ])('of %d of %d at a limit of %d is what adding up gives', (cases, sample, limit) => {
    const expected = evidenceBySum(cases, sample, limit);
    expect(Math.abs(logEvidence({ cases, sample }, limit) - expected)).toBeLessThan(
      1e-6 * Math.max(1, Math.abs(expected)),
    );
  });

  test('stops at most one campaign of a hundred whose true share is at its limit, looked at all the time', () => {
    const random = randomFrom(seed);
    const trials = 1_000;
    for (const limit of [0.003, 0.05]) {
      const stopped = Array.from({ length: trials }, () => isEverOver(random, { rate: limit, limit, messages: 5_000 }));
      // 1 % of a thousand, and three standard deviations.
      expect(stopped.filter((at) => at !== undefined).length).toBeLessThanOrEqual(10 + 3 * Math.sqrt(9.9));
    }
  });

  test('stops campaigns at three times the limit soon: all of them within ten thousand messages', () => {
    const random = randomFrom(seed);
    for (const limit of [0.003, 0.02]) {
      const stopped = Array.from({ length: 200 }, () =>
        isEverOver(random, { rate: 3 * limit, limit, messages: 10_000 }),
      );
      expect(stopped.filter((at) => at === undefined)).toEqual([]);
    }
  });

  test('is nothing for a share within the limit, however many messages', () => {
    expect(isOver({ cases: 0, sample: 1_000_000 }, 0.003)).toBe(false);
    expect(isOver({ cases: 2_999, sample: 1_000_000 }, 0.003)).toBe(false);
  });
});
