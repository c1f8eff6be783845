import type { ChunkRef, Slice } from '../../src/delivery/guard';
import { type ChunkProgress, type Settlement, settle } from '../../src/delivery/settle';
import { DISPOSITION } from '../../src/shared/ledger-codes';
import type { DeliveryWorld } from './delivery-world';

/** Ends a slice and gives its chunk back; all of it was accepted where nothing else is said. */
export const endSlice = (
  world: DeliveryWorld,
  ref: ChunkRef,
  slice: Slice,
  settlements: readonly Settlement[] = slice.messages.map(accepted),
): Promise<ChunkProgress> =>
  settle(world.sender, { ...ref, fence: slice.fence }, settlements, {
    now: world.now,
    leaseMs: 0,
    advance: slice.width,
    unanswered: [],
    putOff: slice.putOff,
    retryAfterMs: 0,
    askAgainAfterMs: 0,
    events: [],
  });

const accepted = ({ seq, attempt }: { seq: number; attempt: number }): Settlement => ({
  seq,
  attempt,
  becomes: DISPOSITION.sent,
  reason: 0,
  rises: 0,
});
