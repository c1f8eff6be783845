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
  private readonly followers = new Map<NewestOnly<Snapshot<State>>, { served: boolean }>();
  private timer: NodeJS.Timeout | undefined;
  private startedAt = Number.NEGATIVE_INFINITY;
  private reading = false;
  private wanted = false;
  private latest: { readonly text: string; readonly snapshot: Snapshot<State> } | undefined;

  constructor(private readonly parts: FeedParts<State>) {}

  /** Joins; the first value comes as soon as the pace allows. */
  follow(): AsyncIterableIterator<Snapshot<State>> {
    const follower = new NewestOnly<Snapshot<State>>(() => this.leave(follower));
    this.followers.set(follower, { served: false });
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
    for (const follower of [...this.followers.keys()]) follower.end();
  }

  private leave(follower: NewestOnly<Snapshot<State>>): void {
    this.followers.delete(follower);
    if (this.followers.size > 0) return;
    clearTimeout(this.timer);
    this.parts.whenDeserted();
  }

  private readIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.readNow(), Math.max(0, milliseconds));
  }

  private async readNow(): Promise<void> {
    this.reading = true;
    this.wanted = false;
    this.startedAt = performance.now();
    const present = [...this.followers];
    try {
      this.deliver(await this.parts.read(), present);
    } catch (error) {
      // The followers keep what they have; the next look tries again.
      this.parts.log.warn({ err: error }, 'a live reading failed');
    }
    this.reading = false;
    if (this.followers.size === 0) return;
    if (this.wanted) this.refresh();
    else this.readIn(LONGEST_PAUSE_MS);
  }

  private deliver(state: State, present: [NewestOnly<Snapshot<State>>, { served: boolean }][]): void {
    const text = JSON.stringify(state);
    const changed = this.latest?.text !== text;
    const snapshot = changed || !this.latest ? { cursor: this.nextCursor(), state } : this.latest.snapshot;
    this.latest = { text, snapshot };
    for (const [follower, place] of present) {
      if (changed || !place.served) follower.push(snapshot);
      place.served = true;
    }
  }

  private nextCursor(): number {
    return Math.max(this.parts.now().getTime() * 1_000, (this.latest?.snapshot.cursor ?? 0) + 1);
  }
}
