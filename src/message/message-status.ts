import type { DispositionWord, MessageStatus, MessageType } from './message.types';

type Times = Pick<
  MessageType,
  'deliveredAt' | 'openedAt' | 'clickedAt' | 'bouncedAt' | 'unsubscribedAt' | 'complainedAt'
>;

// From the highest: a message that was clicked stays clicked, whatever arrives later.
const climbed: readonly [keyof Times, MessageStatus][] = [
  ['complainedAt', 'COMPLAINED'],
  ['unsubscribedAt', 'UNSUBSCRIBED'],
  ['clickedAt', 'CLICKED'],
  ['openedAt', 'OPENED'],
  ['bouncedAt', 'BOUNCED'],
  ['deliveredAt', 'DELIVERED'],
];

const resting: Readonly<Record<DispositionWord, MessageStatus>> = {
  QUEUED: 'QUEUED',
  IN_FLIGHT: 'SENDING',
  SENT: 'SENT',
  UNKNOWN: 'UNKNOWN',
  FAILED: 'FAILED',
  SKIPPED: 'SKIPPED',
  HELD_OUT: 'SKIPPED',
  CONTROL: 'SKIPPED',
  CANCELLED: 'CANCELLED',
};

/** What people did tells more than how it was handed over: a receipt may be here before the hand-over's own answer. */
export function statusOf(disposition: DispositionWord, times: Times): MessageStatus {
  const left = disposition === 'SENT' || disposition === 'IN_FLIGHT' || disposition === 'UNKNOWN';
  const reached = left ? climbed.find(([time]) => times[time]) : undefined;
  return reached?.[1] ?? resting[disposition];
}
