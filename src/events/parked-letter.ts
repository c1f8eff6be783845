import { encodeMessageId, type MessageIdKeys } from '../shared/message-id';
import type { DeadLetter } from './dead-letters';
import type { LocatedReceipt } from './ingest-context';
import type { LocatedOutcomeEvent } from './outcomes';
import type { ParkedRow } from './parked';

const SOURCE = 'campaign-service';

/** A parked event as its producer could have told it: what is replayed must be readable like anything else. */
export function toLetter(ids: MessageIdKeys, { payload, tries }: ParkedRow, reason: string): DeadLetter {
  const [subject, envelope, orgNo] =
    payload.sort === 'receipt'
      ? [`notification.${payload.receipt.kind}`, () => receiptEnvelope(ids, payload.receipt), payload.receipt.orgNo]
      : ['event.stored', () => outcomeEnvelope(payload.event), payload.event.orgNo];
  return { message: { subject, deliveries: tries, text: () => JSON.stringify(envelope()) }, reason, orgNo };
}

const receiptEnvelope = (ids: MessageIdKeys, receipt: LocatedReceipt): object => ({
  source: SOURCE,
  organizationId: receipt.organizationId,
  data: {
    messageId: encodeMessageId(ids, receipt.execNo, receipt.seq),
    attempt: receipt.attempt,
    at: receipt.at,
    ...(receipt.kind === 'bounced' && { bounceType: receipt.hard ? 'hard' : 'soft' }),
    machine: receipt.machine,
    link: receipt.link,
    reason: receipt.detail,
  },
});

const outcomeEnvelope = (event: LocatedOutcomeEvent): object => ({
  source: event.source,
  organizationId: event.organizationId,
  data: {
    eventId: event.eventId,
    eventType: event.eventType,
    userId: event.externalId,
    at: event.at,
    properties: { ...event.amounts, currency: event.currency },
  },
});
