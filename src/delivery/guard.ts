import type { Database, Transaction } from '../adapters/postgres';
import { GUARD_SQL } from './guard-sql';
import { takeGrant } from './throttle';

/** A chunk as a hint names it: whoever guards first takes it; a stale or doubled hint finds another fence. */
export interface ChunkRef {
  readonly execNo: number;
  readonly chunkNo: number;
  readonly fence: number;
}

/** A person who may be written to now, with what a template may say about them. */
export interface GuardedMessage {
  readonly seq: number;
  readonly attempt: number;
  /** Found in flight: an earlier holder may have written it under this very key. */
  readonly may_have_left: boolean;
  readonly contact_no: number;
  readonly variant_no: number;
  readonly guarded_at: Date;
  readonly external_id: string;
  readonly email: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly locale: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A slice of a chunk that this sender holds. `width` rows of the chunk are spoken for, `messages` of them may go. */
export interface Slice {
  readonly fence: number;
  readonly width: number;
  readonly messages: readonly GuardedMessage[];
  /** The guard is good for 500 ms counted from here, before its statement was sent. */
  readonly askedAt: number;
}

/** How a slice is guarded. */
export interface GuardOptions {
  readonly take: boolean;
  readonly now: Date;
  readonly leaseMs: number;
  readonly rows: number;
  readonly takesKeys: boolean;
  readonly keyWindowMs: number;
  /** Messages a minute for the campaign of this scope; absent: not throttled. */
  readonly throttle?: { readonly scope: string; readonly perMinute: number };
}

type GuardRow = { fence: number; width: number; seq: number | null } & Omit<GuardedMessage, 'seq'>;

/**
 * Guards the next slice; undefined when the chunk is not (or no longer) ours to work on: taken by another, finished,
 * paused, cancelled, not due, or without a grant of the throttle.
 *
 * Crash after the commit: the rows stay in flight, the lease lapses, the next holder guards them again with their keys.
 */
export async function guardSlice(database: Database, ref: ChunkRef, options: GuardOptions): Promise<Slice | undefined> {
  const askedAt = performance.now();
  const rows = options.throttle
    ? await guardThrottled(database, ref, options)
    : await runGuard(database, ref, options, options.rows);
  const [first] = rows;
  if (!first) return undefined;
  const messages = rows.filter((row): row is GuardRow & { seq: number } => row.seq !== null);
  return { fence: first.fence, width: first.width, messages, askedAt };
}

function runGuard(on: Transaction, ref: ChunkRef, options: GuardOptions, limit: number): Promise<GuardRow[]> {
  const { take, now, leaseMs, takesKeys, keyWindowMs } = options;
  const values = [ref.execNo, ref.chunkNo, ref.fence, take ? 1 : 0, now, leaseMs, limit, takesKeys, keyWindowMs];
  return on.query<GuardRow>(GUARD_SQL, values, 'guard');
}

/** Grant and guard commit together: a grant that nobody used up cannot exist, nor a hand-over without one. */
function guardThrottled(database: Database, ref: ChunkRef, options: GuardOptions): Promise<GuardRow[]> {
  return database.transaction(async (tx) => {
    const granted = options.throttle ? await takeGrant(tx, ref, options.throttle, options.now) : options.rows;
    return granted > 0 ? runGuard(tx, ref, options, Math.min(granted, options.rows)) : [];
  });
}
