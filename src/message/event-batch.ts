import type { MessageEvent } from './message-event';

/** The most events that a follower gets at once. */
export const BATCH_LIMIT = 100;

/** What happened since the batch before, or a sample of it. */
export interface EventBatch {
  /** The sequence of the newest event so far; 0 before the first. */
  readonly cursor: number;
  readonly events: readonly MessageEvent[];
  /** Events that happened beside these. */
  readonly skipped: number;
}

/** Two batches as one: nothing is lost uncounted, and what is too much is thinned evenly. */
export function joinBatches(earlier: EventBatch, later: EventBatch): EventBatch {
  const all = [...earlier.events, ...later.events];
  const events = all.length <= BATCH_LIMIT ? all : all.filter((_, index) => index % 2 === 0);
  const skipped = earlier.skipped + later.skipped + all.length - events.length;
  return { cursor: Math.max(earlier.cursor, later.cursor), events, skipped };
}
