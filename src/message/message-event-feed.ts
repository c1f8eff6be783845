import { NewestOnly } from '../graphql/newest-only';
import { type EventBatch, EventSample, joinBatches } from './event-batch';
import type { ToldEvent } from './message-event';

/** Batches at most this often: four a second. */
const PAUSE_MS = 250;

interface FeedParts {
  readonly wanted: (event: ToldEvent) => boolean;
  readonly whenDeserted: () => void;
}

/**
 * One stream of batches for everyone who follows the same. A follower that keeps up gets the very same object as all
 * others; for one that does not, what it has not taken is joined with what comes, so that it costs one batch.
 */
export class MessageEventFeed {
  private readonly followers = new Set<NewestOnly<EventBatch>>();
  private pending: EventSample | undefined;
  private timer: NodeJS.Timeout | undefined;
  private cursor = 0;

  constructor(private readonly parts: FeedParts) {}

  /** Joins; an empty batch says that nothing is missed from here on. */
  follow(): AsyncIterableIterator<EventBatch> {
    const follower = new NewestOnly<EventBatch>(this.leave, joinBatches);
    this.followers.add(follower);
    follower.push({ cursor: this.cursor, events: [], skipped: 0 });
    return follower;
  }

  /** Something happened to a message. */
  tell(event: ToldEvent): void {
    if (!this.parts.wanted(event)) return;
    this.pending ??= new EventSample();
    this.pending.add(event);
    this.timer ??= setTimeout(() => this.deliver(), PAUSE_MS);
  }

  /** Ends every follower. */
  close(): void {
    for (const follower of [...this.followers]) follower.end();
  }

  private deliver(): void {
    const batch = this.pending?.batch;
    this.timer = undefined;
    this.pending = undefined;
    if (batch === undefined) return;
    this.cursor = Math.max(this.cursor, batch.cursor);
    for (const follower of this.followers) follower.push(batch);
  }

  // One function for all of them.
  private readonly leave = (follower: NewestOnly<EventBatch>): void => {
    this.followers.delete(follower);
    if (this.followers.size > 0) return;
    clearTimeout(this.timer);
    this.parts.whenDeserted();
  };
}
