import { quietHoursOf } from '../channel/channel-hours';
import { crashPoint } from '../shared/crash-point';
import { followsAnother } from './fallback';
import { type ChunkRef, guardSlice, type Slice } from './guard';
import type { Pace } from './pace';
import { type RunningExecution, throttlesOn } from './running-executions';
import type { SenderParts } from './sender-parts';
import type { ChunkProgress } from './settle';
import { SliceWork } from './slice-work';
import { variantChoiceOf } from './variant-choice';

/**
 * Works a chunk slice by slice until it is done, lost to another, or not to be worked on now (paused, cancelled, over
 * the limit). Pause and cancel take hold at the guard of the next slice. A throttled chunk is given back after each
 * slice: the dispatcher hints it again when the limit has room, so that waiting costs nobody a worker.
 */
export async function workChunk(
  parts: SenderParts,
  pace: Pace,
  execution: RunningExecution,
  hinted: ChunkRef,
): Promise<ChunkProgress | undefined> {
  const isThrottled = throttlesOn(execution, hinted.channel ?? 'email').length > 0;
  let progress: ChunkProgress | undefined;
  let slice = await guard(parts, pace, execution, hinted, true);
  while (slice) {
    progress = await workSlice(parts, pace, execution, hinted, slice);
    if (progress !== 'open' || isThrottled) break;
    slice = await guard(parts, pace, execution, { ...hinted, fence: slice.fence }, false);
  }
  return progress;
}

async function guard(
  parts: SenderParts,
  pace: Pace,
  execution: RunningExecution,
  ref: ChunkRef,
  take: boolean,
): Promise<Slice | undefined> {
  if ((await parts.renderer.prepare?.(execution, ref)) === false) return undefined;
  const slice = await guardSlice(parts.database, ref, {
    take,
    now: parts.clock?.(),
    leaseMs: parts.leaseMs,
    rows: pace.rows,
    takesKeys: parts.transport.takesKeys,
    keyWindowMs: parts.keyWindowMs,
    throttles: throttlesOn(execution, ref.channel ?? 'email'),
    expiresAfterHours: execution.plan.expiresAfterHours,
    commercial: execution.plan.commercial,
    followsAnother: followsAnother(execution.plan, ref.channel ?? 'email'),
    quietHours: quietHoursOf(execution.plan, ref.channel ?? 'email'),
    budget: execution.budget,
    choice: variantChoiceOf(execution.plan),
    test: execution.plan.test,
  });
  crashPoint('guard:after-commit');
  return slice;
}

async function workSlice(
  parts: SenderParts,
  pace: Pace,
  execution: RunningExecution,
  ref: ChunkRef,
  slice: Slice,
): Promise<ChunkProgress> {
  const work = new SliceWork(parts, execution, ref, slice);
  const progress = await work.run();
  pace.learn(slice.messages.length, work.writtenAfterMs);
  return progress;
}
