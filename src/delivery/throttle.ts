import type { Transaction } from '../adapters/postgres';
import type { ChunkRef } from './guard';

/** A slice's share of a minute: small, so that sends are spread evenly. */
const SLICE_SHARE = 0.01;
/** A minute, and the 500 ms that may pass between a guard and its write. */
const WINDOW_MS = 60_500;
/** With fewer slices in a minute than this, making up for lateness would cost more of the limit than it saves. */
const CATCH_UP_FROM = 20;

/** A limit of all that is sent under its scope. */
export interface Throttle {
  readonly scope: string;
  readonly perMinute: number;
}

/** How a limit is dealt out: `size` messages every `everyMs`; who comes late may catch up by `lateMs`. */
export interface Pacing {
  readonly size: number;
  readonly everyMs: number;
  readonly lateMs: number;
}

/**
 * Grants that are `everyMs` apart, late ones by `lateMs` at most, are at most ceil((window + late) / every) in any
 * window: `everyMs` is the shortest distance for which that many slices are within the limit. Of a slice that another
 * limit cut short only its share is charged; the last slice of a window may then be a whole one on top, so slices of
 * more than one message keep a slice's distance more.
 */
export function pacing(perMinute: number): Pacing {
  if (perMinute < 1) return { size: 1, everyMs: WINDOW_MS / perMinute, lateMs: 0 };
  const size = Math.max(1, Math.floor(perMinute * SLICE_SHARE));
  const slices = Math.max(1, Math.floor(perMinute / size));
  if (slices < CATCH_UP_FROM) return { size, everyMs: WINDOW_MS / slices, lateMs: 0 };
  const everyMs = WINDOW_MS / (slices - (size > 1 ? 2 : 1));
  return { size, everyMs, lateMs: everyMs };
}

/** No grant now: a limit is spoken for, or nothing to use it for. Thrown to undo what was granted in the transaction. */
export class NotGranted extends Error {
  override readonly name = 'NotGranted';
}

/**
 * Takes a slice's worth from each limit (generic cell rate), in the guard's own transaction: the smallest slice of all,
 * of which every limit is charged its share. The limits live where the lease lives, so no crash, restart or emptied
 * cache can grant anything twice (P-26), and the grant is on record beside the fence that used it. Limiter rows are
 * taken in the order of their scopes: senders never wait crosswise.
 */
export async function takeGrants(tx: Transaction, ref: ChunkRef, wish: GrantWish): Promise<Grant> {
  const limits = wish.throttles.map(({ scope, perMinute }) => ({ scope, ...pacing(perMinute) }));
  const granted = Math.min(wish.rows, ...limits.map(({ size }) => size));
  const rows = await tx.query<{ held_until: Date | null }>(TAKE_SQL, [
    limits.map(({ scope }) => scope),
    ref.execNo,
    wish.now,
    limits.map(({ everyMs, size }) => (everyMs * granted) / size),
    ref.chunkNo,
    ref.fence,
    granted,
    limits.map(({ lateMs }) => lateMs),
  ]);
  if (rows.length < limits.length) throw new NotGranted();
  return { granted, heldUntil: rows[0]?.held_until ?? null };
}

/** What a slice may hold. */
export interface Grant {
  readonly granted: number;
  /** Until then a limit was spoken for, and kept messages waiting; null where none ever was. */
  readonly heldUntil: Date | null;
}

interface GrantWish {
  readonly throttles: readonly Throttle[];
  readonly rows: number;
  readonly now?: Date;
}

const NOW = 'coalesce($3::timestamptz, statement_timestamp())';

const TAKE_SQL = `
with wanted as materialized (
  select w.scope, make_interval(secs => w.every_ms / 1000) as every, make_interval(secs => w.late_ms / 1000) as late
  from unnest($1::text[], $4::float8[], $8::float8[]) as w (scope, every_ms, late_ms)
),
taken as (
  insert into campaign.limiter as l (scope, org_no, free_at)
  select w.scope, e.org_no, ${NOW} + w.every from wanted w join campaign.execution e on e.exec_no = $2 order by w.scope
  on conflict (scope) do update
  set free_at = greatest(l.free_at, ${NOW} - (select w.late from wanted w where w.scope = l.scope))
    + (select w.every from wanted w where w.scope = l.scope)
  where l.free_at <= ${NOW}
  returning scope, org_no
)
insert into campaign.throttle_grant (exec_no, chunk_no, fence, org_no, scope, cursor, granted, granted_at)
select k.exec_no, k.chunk_no, k.fence, taken.org_no, taken.scope, k.cursor, $7, ${NOW}
from taken join campaign.chunk k on k.exec_no = $2 and k.chunk_no = $5 and k.fence = $6
returning (select max(l.free_at) from campaign.limiter l join wanted w on w.scope = l.scope) as held_until`;
