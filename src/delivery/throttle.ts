import type { Transaction } from '../adapters/postgres';
import type { ChunkRef } from './guard';

/** A slice's share of a minute: small, so that sends are spread evenly. */
const SLICE_SHARE = 0.01;
/** A minute, and the 500 ms that may pass between a guard and its write. */
const WINDOW_MS = 60_500;
/** With fewer slices in a minute than this, making up for lateness would cost more of the limit than it saves. */
const CATCH_UP_FROM = 20;

/** How a limit is dealt out: `size` messages every `everyMs`; who comes late may catch up by `lateMs`. */
export interface Pacing {
  readonly size: number;
  readonly everyMs: number;
  readonly lateMs: number;
}

/**
 * Grants that are `everyMs` apart, late ones by `lateMs` at most, are at most ceil((window + late) / every) in any
 * window: `everyMs` is the shortest distance for which that many slices are within the limit.
 */
export function pacing(perMinute: number): Pacing {
  if (perMinute < 1) return { size: 1, everyMs: WINDOW_MS / perMinute, lateMs: 0 };
  const size = Math.max(1, Math.floor(perMinute * SLICE_SHARE));
  const slices = Math.max(1, Math.floor(perMinute / size));
  if (slices < CATCH_UP_FROM) return { size, everyMs: WINDOW_MS / slices, lateMs: 0 };
  const everyMs = WINDOW_MS / (slices - 1);
  return { size, everyMs, lateMs: everyMs };
}

/**
 * Takes one slice's worth from the scope's limit (generic cell rate), in the guard's own transaction; 0 while the limit
 * is spoken for. The limit lives where the lease lives, so no crash, restart or emptied cache can grant anything twice
 * (P-26), and the grant is on record beside the fence that used it.
 */
export async function takeGrant(
  tx: Transaction,
  ref: ChunkRef,
  throttle: { readonly scope: string; readonly perMinute: number },
  now: Date,
): Promise<number> {
  const { size, everyMs, lateMs } = pacing(throttle.perMinute);
  const rows = await tx.query(TAKE_SQL, [
    throttle.scope,
    ref.execNo,
    now,
    everyMs,
    ref.chunkNo,
    ref.fence,
    size,
    lateMs,
  ]);
  return rows.length > 0 ? size : 0;
}

const TAKE_SQL = `
with taken as (
  insert into campaign.limiter as l (scope, org_no, free_at)
  select $1, org_no, $3::timestamptz + make_interval(secs => $4::float8 / 1000) from campaign.execution where exec_no = $2
  on conflict (scope) do update set free_at = greatest(l.free_at, $3 - make_interval(secs => $8::float8 / 1000))
    + make_interval(secs => $4::float8 / 1000)
  where l.free_at <= $3
  returning org_no
)
insert into campaign.throttle_grant (exec_no, chunk_no, fence, org_no, scope, cursor, granted, granted_at)
select k.exec_no, k.chunk_no, k.fence, taken.org_no, $1, k.cursor, $7, $3
from taken join campaign.chunk k on k.exec_no = $2 and k.chunk_no = $5 and k.fence = $6
returning granted`;
