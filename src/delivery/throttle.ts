import type { Transaction } from '../adapters/postgres';
import type { ChunkRef } from './guard';

/** A slice's share of a minute: small enough that sends are spread evenly and a window is never overrun by one grant. */
const SLICE_SHARE = 0.02;
/** What is left of the limit for grants: a slice of burst (2 %) and 500 ms between guard and write (0.9 %) stay below it. */
const USABLE_SHARE = 0.965;

/** Messages that one grant allows at this rate. */
export const grantSize = (perMinute: number): number => Math.max(1, Math.floor(perMinute * SLICE_SHARE));

/** Time that one message of this rate takes, in ms. */
export const spacingMs = (perMinute: number): number => 60_000 / (perMinute * USABLE_SHARE);

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
  const size = grantSize(throttle.perMinute);
  const rows = await tx.query(TAKE_SQL, [
    throttle.scope,
    ref.execNo,
    now,
    size * spacingMs(throttle.perMinute),
    ref.chunkNo,
    ref.fence,
    size,
  ]);
  return rows.length > 0 ? size : 0;
}

const TAKE_SQL = `
with taken as (
  insert into campaign.limiter as l (scope, org_no, free_at)
  select $1, org_no, $3::timestamptz + make_interval(secs => $4::float8 / 1000) from campaign.execution where exec_no = $2
  on conflict (scope) do update set free_at = greatest(l.free_at, $3) + make_interval(secs => $4::float8 / 1000)
  where l.free_at <= $3
  returning org_no
)
insert into campaign.throttle_grant (exec_no, chunk_no, fence, org_no, scope, cursor, granted, granted_at)
select k.exec_no, k.chunk_no, k.fence, taken.org_no, $1, k.cursor, $7, $3
from taken join campaign.chunk k on k.exec_no = $2 and k.chunk_no = $5 and k.fence = $6
returning granted`;
