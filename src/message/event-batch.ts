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

/** Takes in any number of events and keeps a batch of them: each first, then each second, fourth, … one. */
export class EventSample {
  private kept: MessageEvent[] = [];
  private stride = 1;
  private seen = 0;

  constructor(private cursor = 0) {}

  add(event: MessageEvent): void {
    this.cursor = Math.max(this.cursor, event.sequence);
    if (this.seen++ % this.stride === 0) this.kept.push(event);
    if (this.kept.length <= BATCH_LIMIT) return;
    this.kept = everySecond(this.kept);
    this.stride *= 2;
  }

  get batch(): EventBatch {
    return { cursor: this.cursor, events: this.kept, skipped: this.seen - this.kept.length };
  }
}

/** Two batches as one, for who has not read the earlier: nothing is lost uncounted. */
export function joinBatches(earlier: EventBatch, later: EventBatch): EventBatch {
  const all = [...earlier.events, ...later.events];
  const events = all.length <= BATCH_LIMIT ? all : everySecond(all);
  const skipped = earlier.skipped + later.skipped + all.length - events.length;
  return { cursor: Math.max(earlier.cursor, later.cursor), events, skipped };
}

const everySecond = (events: readonly MessageEvent[]): MessageEvent[] => events.filter((_, index) => index % 2 === 0);
