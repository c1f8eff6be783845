import { hoursOf } from '../channel/channel-hours';
import { awaitLogins } from '../session/await-login';
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
  const work = await whoIsThere(parts, execution, hinted);
  return work && workSlices(parts, pace, work.execution, work.ref);
}

interface ChunkOfPeople {
  readonly execution: RunningExecution;
  readonly ref: ChunkRef;
}

/** In the application those who are there; on every other channel everybody. Nothing where that is nobody. */
async function whoIsThere(
  { database, clock }: SenderParts,
  execution: RunningExecution,
  hinted: ChunkRef,
): Promise<ChunkOfPeople | undefined> {
  if (hinted.channel !== 'in_app' || execution.plan.test) return { execution, ref: hinted };
  const found = await awaitLogins(database, { ...hinted, orgNo: execution.orgNo }, clock?.());
  if (!found) return undefined;
  const { ended, ...chunk } = found;
  // Whose wait is over only expires: that takes nothing of a limit or a budget, and no limit puts it off.
  const budget = execution.budget && 'unasked';
  const unlimited: RunningExecution = { ...execution, throttle: undefined, sharedRate: undefined, budget };
  return { execution: ended ? unlimited : execution, ref: { ...hinted, ...chunk } };
}

async function workSlices(
  parts: SenderParts,
  pace: Pace,
  execution: RunningExecution,
  ref: ChunkRef,
): Promise<ChunkProgress | undefined> {
  const isThrottled = throttlesOn(execution, ref.channel ?? 'email').length > 0;
  let progress: ChunkProgress | undefined;
  let slice = await guard(parts, pace, execution, ref, true);
  while (slice) {
    progress = await workSlice(parts, pace, execution, ref, slice);
    if (progress !== 'open' || isThrottled) break;
    slice = await guard(parts, pace, execution, { ...ref, fence: slice.fence }, false);
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
  const channel = ref.channel ?? 'email';
  if ((await parts.renderer.prepare?.(execution, ref)) === false) return undefined;
  const slice = await guardSlice(parts.database, ref, {
    take,
    now: parts.clock?.(),
    leaseMs: parts.leaseMs,
    rows: pace.rows,
    takesKeys: parts.transport.takesKeys,
    keyWindowMs: parts.keyWindowMs,
    throttles: throttlesOn(execution, channel),
    expiresAfterHours: execution.plan.expiresAfterHours,
    commercial: execution.plan.commercial,
    followsAnother: followsAnother(execution.plan, channel),
    hours: hoursOf(execution.plan, channel),
    planEdits: execution.planEdits,
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
