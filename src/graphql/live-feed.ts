import { performance } from 'node:perf_hooks';
import type { BaseLogger } from 'pino';
import type { Clock } from '../shared/clock';
import { NewestOnly } from './newest-only';

/** A state as it was read; the same object for every follower. */
export interface Snapshot<State> {
  /** Grows with each change, in whole microseconds: what comes later is newer. */
  readonly cursor: number;
  readonly state: State;
}

type Follower<State> = NewestOnly<Snapshot<State>>;

interface FeedParts<State> {
  readonly read: () => Promise<State>;
  readonly now: Clock;
  readonly log: BaseLogger;
  readonly whenDeserted: () => void;
}

/** Readings at most this often, whatever the number of nudges: four a second. */
const SHORTEST_PAUSE_MS = 250;
/** Nudges may be lost: a look this often means that a lost one only delays. */
const LONGEST_PAUSE_MS = 5_000;

/**
 * One reader for everyone who follows the same thing. Readings run one after another, so no follower ever steps back,
 * and whoever joins gets a reading that started after it joined.
 */
export class LiveFeed<State> {
  /** Who has had a value. */
  private readonly followers = new Set<Follower<State>>();
  /** Who joined before the present reading, and has had none yet. */
  private awaiting = new Set<Follower<State>>();
  /** Who joined since. */
  private joining = new Set<Follower<State>>();
  private timer: NodeJS.Timeout | undefined;
  private startedAt = Number.NEGATIVE_INFINITY;
  private reading = false;
  private wanted = false;
  private latest: { readonly text: string; readonly snapshot: Snapshot<State> } | undefined;

  constructor(private readonly parts: FeedParts<State>) {}

  /** Joins; the first value comes as soon as the pace allows. */
  follow(): AsyncIterableIterator<Snapshot<State>> {
    const follower: Follower<State> = new NewestOnly(this.leave);
    this.joining.add(follower);
    this.refresh();
    return follower;
  }

  /** Something may have changed. */
  refresh(): void {
    this.wanted = true;
    if (!this.reading) this.readIn(SHORTEST_PAUSE_MS - (performance.now() - this.startedAt));
  }

  /** Ends every follower. */
  close(): void {
    for (const follower of [...this.followers, ...this.awaiting, ...this.joining]) follower.end();
  }

  // One function for all of them.
  private readonly leave = (follower: Follower<State>): void => {
    for (const some of [this.followers, this.awaiting, this.joining]) some.delete(follower);
    if (this.isFollowed) return;
    clearTimeout(this.timer);
    this.parts.whenDeserted();
  };

  private get isFollowed(): boolean {
    return this.followers.size + this.awaiting.size + this.joining.size > 0;
  }

  private readIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.readNow(), Math.max(0, milliseconds));
  }

  private async readNow(): Promise<void> {
    this.reading = true;
    this.wanted = false;
    this.startedAt = performance.now();
    for (const follower of this.joining) this.awaiting.add(follower);
    this.joining.clear();
    try {
      this.deliver(await this.parts.read());
    } catch (error) {
      // The followers keep what they have; the next look tries again.
      this.parts.log.warn({ err: error }, 'a live reading failed');
    }
    this.reading = false;
    if (!this.isFollowed) return;
    if (this.wanted) this.refresh();
    else this.readIn(LONGEST_PAUSE_MS);
  }

  private deliver(state: State): void {
    const text = JSON.stringify(state);
    const changed = this.latest?.text !== text;
    const snapshot = changed || !this.latest ? { cursor: this.nextCursor(), state } : this.latest.snapshot;
    this.latest = { text, snapshot };
    if (changed) for (const follower of this.followers) follower.push(snapshot);
    for (const follower of this.awaiting) {
      follower.push(snapshot);
      this.followers.add(follower);
    }
    this.awaiting.clear();
  }

  private nextCursor(): number {
    return Math.max(this.parts.now().getTime() * 1_000, (this.latest?.snapshot.cursor ?? 0) + 1);
  }
}
