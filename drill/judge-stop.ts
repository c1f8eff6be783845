import type { WorldRow } from '../simulator/world-log';
import type { Judgement } from './judgement';

/** How long after a pause or a cancellation returned something may still be written to a provider. */
const STILL_LEAVING_MS = 2_000;

/** A pause or a cancellation that has returned, and how many messages could be in somebody's hands at that moment. */
export interface Stop {
  readonly returnedAt: number;
  readonly inHandAtMost: number;
}

/** What left after a stop: how much, and how long after it the last one. */
export interface StopFigures {
  readonly leftBefore: number;
  readonly leftAfterwards: number;
  readonly lastAfterMs: number;
}

/** The provider's log against a stop, by the provider's own clock: what was in hand may leave, and that soon. */
export async function judgeStop(
  log: AsyncIterable<WorldRow>,
  { returnedAt, inHandAtMost }: Stop,
  judgement: Judgement,
): Promise<StopFigures> {
  let [leftBefore, leftAfterwards, lastAfterMs] = [0, 0, 0];
  for await (const { key, at } of log) {
    const afterMs = at - returnedAt;
    if (afterMs <= 0) leftBefore += 1;
    else leftAfterwards += 1;
    lastAfterMs = Math.max(lastAfterMs, afterMs);
    if (afterMs > STILL_LEAVING_MS) judgement.add('left too late', `${key} after ${afterMs} ms`);
  }
  if (leftAfterwards > inHandAtMost) judgement.add('left after the stop', `${leftAfterwards}, at most ${inHandAtMost}`);
  return { leftBefore, leftAfterwards, lastAfterMs };
}
