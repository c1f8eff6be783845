import type { Database } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';
import { crashPoint } from '../shared/crash-point';
import { type ChannelKind, DISPOSITION, REASON } from '../shared/ledger-codes';
import { fallbackSql, HOLD_SQL, LOCK_SQL } from './fallback-sql';
import type { ChunkRef } from './guard';
import { type ChunkProgress, type Settlement, type SettleOptions, settle } from './settle';

/** The channels that come after one of a plan that tries them in order. */
export function channelsAfter({ channels, channelStrategy }: FrozenPlan, kind: ChannelKind): readonly ChannelKind[] {
  const place = channels.indexOf(kind);
  return channelStrategy === 'ALL' || place < 0 ? [] : channels.slice(place + 1);
}

/** Whether messages may have come to a channel from another one. */
export const followsAnother = ({ channels, channelStrategy }: FrozenPlan, kind: ChannelKind): boolean =>
  channelStrategy !== 'ALL' && channels.indexOf(kind) > 0;

/** Whether it is the last definite refusal of a message: the only end that another channel may follow. */
export const isRefused = ({ becomes, reason }: Settlement): boolean =>
  becomes === DISPOSITION.failed && reason === REASON.refused;

/** What falling back takes beside the settlements. */
interface Falling {
  readonly plan: FrozenPlan;
  readonly others: readonly ChannelKind[];
}

/**
 * Ends a slice, and sends to whom it was refused by the next channel that takes them: all of it in one transaction, which
 * moves the cursor past them too. Who is taken by no other channel has failed. Crash before the commit: nothing of it, they
 * are in flight and asked about again under the same keys.
 */
export function settleFallingBack(
  database: Database,
  ref: ChunkRef,
  settlements: readonly Settlement[],
  options: SettleOptions & Falling,
): Promise<ChunkProgress> {
  const refused = settlements.filter(isRefused).toSorted((one, other) => one.seq - other.seq);
  if (refused.length === 0 || options.others.length === 0) return settle(database, ref, settlements, options);
  return database.transaction(async (tx) => {
    const [held] = await tx.query<{ expires_at: Date }>(HOLD_SQL, [ref.execNo, ref.chunkNo, ref.fence]);
    if (!held) return 'lost';
    const keys = [refused.map(() => ref.execNo), refused.map(({ seq }) => seq), refused.map(({ attempt }) => attempt)];
    await tx.query(LOCK_SQL, keys);
    const sql = fallbackSql(options.others, options.plan);
    await tx.query(sql, [...keys, options.now, held.expires_at]);
    // Those who moved have another attempt by now: the settle passes them by.
    const progress = await settle(tx, ref, settlements, options);
    crashPoint('fallback:before-commit');
    return progress;
  });
}
