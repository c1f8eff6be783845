import type { Database } from '../adapters/postgres';
import type { RenderFailure } from '../content/render-job';
import { numberArray } from '../events/pg-array';
import { attemptOnChannel } from '../shared/attempts';
import { CHUNK_STATE, DISPOSITION, REASON } from '../shared/ledger-codes';
import type { Answer } from '../transports/transport';
import type { ChunkRef, GuardedMessage, PutOff } from './guard';
import { SETTLE_SQL } from './settle-sql';

/** What a message of the slice becomes. `rises`: 1 when a definite refusal ends this attempt and opens the next. */
export interface Settlement {
  readonly seq: number;
  readonly attempt: number;
  readonly becomes: number;
  readonly reason: number;
  readonly rises: 0 | 1;
}

/** What a settle writes beside the settlements themselves. */
export interface SettleOptions {
  /** The time; absent: the database's. */
  readonly now?: Date;
  /** Lease from now on; 0 gives the chunk back. */
  readonly leaseMs: number;
  /** Rows of the chunk that are finished with (0 while the slice is under way). */
  readonly advance: number;
  readonly unanswered: readonly number[];
  /** Carried into chunks that are due when their people are written to again. */
  readonly putOff: readonly PutOff[];
  readonly retryAfterMs: number;
  readonly askAgainAfterMs: number;
  readonly events: readonly string[];
}

/** `lost`: another holds the chunk by now and nothing was written. */
export type ChunkProgress = 'open' | 'done' | 'lost';

/** Settles what has been answered, in one statement (see SETTLE_SQL). */
export async function settle(
  database: Pick<Database, 'query'>,
  ref: ChunkRef,
  settlements: readonly Settlement[],
  options: SettleOptions,
): Promise<ChunkProgress> {
  const sorted = settlements.toSorted((a, b) => a.seq - b.seq);
  const rows = await database.query<{ state: number }>(SETTLE_SQL, values(ref, sorted, options), 'settle');
  const [held] = rows;
  if (!held) return 'lost';
  return held.state === CHUNK_STATE.open ? 'open' : 'done';
}

function values(ref: ChunkRef, settlements: readonly Settlement[], options: SettleOptions): unknown[] {
  const { now, leaseMs, advance, retryAfterMs, unanswered, putOff, askAgainAfterMs, events } = options;
  return [
    ref.execNo,
    ref.chunkNo,
    ref.fence,
    now,
    leaseMs,
    advance,
    numberArray(settlements.map((one) => one.seq)),
    numberArray(settlements.map((one) => one.attempt)),
    numberArray(settlements.map((one) => one.becomes)),
    numberArray(settlements.map((one) => one.reason)),
    numberArray(settlements.map((one) => one.rises)),
    retryAfterMs,
    unanswered,
    askAgainAfterMs,
    events,
    putOff.map(({ seq }) => seq),
    putOff.map(({ until }) => until),
  ];
}

/** What settling needs of a guarded message. */
type SettledMessage = Pick<GuardedMessage, 'seq' | 'attempt' | 'began' | 'may_have_left'>;

/** How a transport's silence and refusals are judged. */
export interface AnswerRules {
  readonly takesKeys: boolean;
  readonly maxAttempts: number;
}

/**
 * What an answer makes of its message; undefined while it stays in flight: with a key it is asked again, never given a
 * new one. Without keys a lost answer is `unknown` for good: shown, and never sent again by itself (P-08).
 */
export function settlementOf(message: SettledMessage, answer: Answer, rules: AnswerRules): Settlement | undefined {
  const { seq, attempt } = message;
  if (answer.outcome === 'accepted') return { seq, attempt, becomes: DISPOSITION.sent, reason: 0, rises: 0 };
  if (answer.outcome === 'unanswered') {
    if (rules.takesKeys) return undefined;
    return { seq, attempt, becomes: DISPOSITION.unknown, reason: REASON.answer_lost, rises: 0 };
  }
  // This request did not leave, or was turned away unread: an earlier one of the same key may have been accepted.
  if (message.may_have_left && (answer.neverLeft || answer.ofRequest)) return undefined;
  if (answer.neverLeft) return { seq, attempt, becomes: DISPOSITION.queued, reason: 0, rises: 0 };
  if (answer.permanent || attemptOnChannel(message) >= rules.maxAttempts) {
    return { seq, attempt, becomes: DISPOSITION.failed, reason: REASON.refused, rises: 0 };
  }
  return { seq, attempt, becomes: DISPOSITION.queued, reason: 0, rises: 1 };
}

/**
 * A message whose guard grew old before its connection was free: not written, so it goes back as it was; undefined where
 * an earlier holder may have written it: only what was never on the wire may be queued again.
 */
export const neverWritten = ({ seq, attempt, may_have_left: mayHaveLeft }: SettledMessage): Settlement | undefined =>
  mayHaveLeft ? undefined : { seq, attempt, becomes: DISPOSITION.queued, reason: 0, rises: 0 };

const isReason = (failure: RenderFailure): failure is RenderFailure & keyof typeof REASON => failure in REASON;

/** A message that could not be rendered: failed, with the reason; unknown where it may have left before. */
export function notRendered(
  { seq, attempt, may_have_left: mayHaveLeft }: SettledMessage,
  failure: RenderFailure,
): Settlement {
  if (mayHaveLeft) return { seq, attempt, becomes: DISPOSITION.unknown, reason: REASON.answer_lost, rises: 0 };
  const reason = isReason(failure) ? REASON[failure] : REASON.render_failed;
  return { seq, attempt, becomes: DISPOSITION.failed, reason, rises: 0 };
}
