import type { Measure } from '../metrics/counter-upsert';
import { attemptOnChannel } from '../shared/attempts';
import { DISPOSITION, TOUCH } from '../shared/ledger-codes';
import type { LocatedReceipt } from './ingest-context';

const { sent, unknown, failed, queued, in_flight } = DISPOSITION;

/** First times of a message that touches can set; milliseconds. */
export const FIRSTS = ['opened', 'clicked', 'bounced_hard', 'unsubscribed', 'complained'] as const;
export type First = (typeof FIRSTS)[number];

/** A message as the touches of a batch find it, and as they leave it. */
export interface TouchedMessage {
  readonly execNo: number;
  readonly seq: number;
  readonly orgNo: number;
  readonly contactNo: number;
  readonly variantNo: number;
  readonly channel: number;
  readonly phase: number;
  /** Of the last attempt; when it was judged where there was none. */
  readonly guardedAt: number;
  disposition: number;
  attempt: number;
  /** The attempt that its present channel began with; null: the first. */
  readonly began: number | null;
  readonly firsts: Record<First, number | null>;
}

/** What follows from one touch beside the row itself. */
export interface TouchEffects {
  readonly counts: readonly { readonly measure: Measure; readonly at: number; readonly by: number }[];
  readonly provesSent: boolean;
  readonly fails: boolean;
  readonly asksAgain: boolean;
  readonly suppresses: 'unsubscribed' | 'complained' | 'hard_bounced' | undefined;
}

export function touchCode(receipt: LocatedReceipt): number {
  if (receipt.kind === 'bounced') return receipt.hard ? TOUCH.bounced_hard : TOUCH.bounced_soft;
  return TOUCH[receipt.kind];
}

/**
 * Whether a receipt decides about an attempt that its sender has not settled yet: it waits until that is done, else the
 * settling would overwrite what it decides. Everything else may be written at any time.
 */
export const mustWait = (receipt: LocatedReceipt, message: TouchedMessage): boolean =>
  (receipt.kind === 'failed' || (receipt.kind === 'bounced' && !receipt.hard)) &&
  message.disposition === in_flight &&
  isCurrent(receipt, message);

/** A receipt of an older attempt is a touch and decides nothing. */
const isCurrent = (receipt: LocatedReceipt, message: TouchedMessage): boolean =>
  receipt.attempt === 0 || receipt.attempt === message.attempt;

/** Writes a new touch into its message, and tells what else follows. Any order of touches leads to the same firsts. */
export function applyTouch(receipt: LocatedReceipt, message: TouchedMessage, maxAttempts: number): TouchEffects {
  const current = isCurrent(receipt, message);
  const provesSent =
    current && receipt.kind !== 'failed' && (message.disposition === unknown || message.disposition === failed);
  if (provesSent) message.disposition = sent;
  const fails = current && receipt.kind === 'failed' && message.disposition === unknown;
  if (fails) message.disposition = failed;
  const soft = receipt.kind === 'bounced' && !receipt.hard;
  const asksAgain = current && soft && message.disposition === sent && attemptOnChannel(message) < maxAttempts;
  if (asksAgain) {
    message.disposition = queued;
    message.attempt += 1;
  }
  return { provesSent, fails, asksAgain, counts: countsOf(receipt, message), suppresses: suppressionOf(receipt) };
}

function countsOf(receipt: LocatedReceipt, message: TouchedMessage): TouchEffects['counts'] {
  const one = (measure: Measure) => ({ measure, at: receipt.at, by: 1 });
  switch (receipt.kind) {
    case 'opened':
      return receipt.machine ? [one('opened_machine')] : [one('opens'), ...first(receipt, message, 'opened')];
    case 'clicked':
      return receipt.machine ? [one('clicked_machine')] : [one('clicks'), ...first(receipt, message, 'clicked')];
    case 'bounced':
      return receipt.hard ? first(receipt, message, 'bounced_hard') : [one('bounced_soft')];
    case 'unsubscribed':
    case 'complained':
      return first(receipt, message, receipt.kind);
    case 'replied':
      return [one('replied')];
    default:
      return [];
  }
}

/** The earliest stands: one that comes later but happened before moves the count to its own minute. */
function first(receipt: LocatedReceipt, message: TouchedMessage, name: First): TouchEffects['counts'] {
  const known = message.firsts[name];
  if (known !== null && known <= receipt.at) return [];
  message.firsts[name] = receipt.at;
  const added = { measure: name, at: receipt.at, by: 1 };
  return known === null ? [added] : [{ measure: name, at: known, by: -1 }, added];
}

function suppressionOf(receipt: LocatedReceipt): TouchEffects['suppresses'] {
  if (receipt.kind === 'unsubscribed' || receipt.kind === 'complained') return receipt.kind;
  return receipt.kind === 'bounced' && receipt.hard ? 'hard_bounced' : undefined;
}
