import type { Database } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';
import { crashPoint } from '../shared/crash-point';
import { CHANNEL, type ChannelKind, DISPOSITION, REASON } from '../shared/ledger-codes';
import { fallbackSql, HOLD_SQL, LOCK_COUNTERS_SQL, LOCK_SQL } from './fallback-sql';
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
  const sorted = settlements.toSorted((one, other) => one.seq - other.seq);
  const refused = sorted.filter(isRefused);
  if (refused.length === 0 || options.others.length === 0) return settle(database, ref, settlements, options);
  return database.transaction(async (tx) => {
    const [held] = await tx.query<{ expires_at: Date }>(HOLD_SQL, [ref.execNo, ref.chunkNo, ref.fence]);
    if (!held) return 'lost';
    // All that either statement writes, before the first of them: two statements, one order of locks.
    await tx.query(LOCK_SQL, keysOf(ref, sorted));
    const channels = [ref.channel ?? 'email', ...options.others].map((kind) => CHANNEL[kind]);
    await tx.query(LOCK_COUNTERS_SQL, [ref.execNo, sorted.map(({ seq }) => seq), channels, options.now]);
    const sql = fallbackSql(options.others, options.plan);
    await tx.query(sql, [...keysOf(ref, refused), options.now, held.expires_at]);
    // Those who moved have another attempt by now: the settle passes them by.
    const progress = await settle(tx, ref, settlements, options);
    crashPoint('fallback:before-commit');
    return progress;
  });
}

const keysOf = ({ execNo }: ChunkRef, settlements: readonly Settlement[]) => [
  settlements.map(() => execNo),
  settlements.map(({ seq }) => seq),
  settlements.map(({ attempt }) => attempt),
];
