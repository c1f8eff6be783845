import type { OutgoingBusMessage } from '../src/adapters/nats';
import type { Receipt } from './provider';

const SOURCE = 'simulator';

/** What the provider reports of a message that it accepted. Identity: message, kind and provider time. */
export function deliveredEvent({ key, attempt, at, organizationId }: Receipt): OutgoingBusMessage {
  const id = `${key}:delivered`;
  const time = new Date(at).toISOString();
  const messageId = key.slice(0, key.lastIndexOf(':'));
  return {
    subject: 'notification.delivered',
    id,
    payload: JSON.stringify({
      id,
      type: 'notification.delivered',
      source: SOURCE,
      organizationId,
      timestamp: time,
      data: { messageId, attempt, channel: 'email', at: time },
    }),
  };
}

/** Something a person did, as the event store tells it. */
export interface Outcome {
  readonly eventId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly eventType: string;
  readonly at: string;
  readonly value?: number | string;
}

/** Identified by organization, source and event id. */
export function storedEvent({ eventId, organizationId, userId, eventType, at, value }: Outcome): OutgoingBusMessage {
  return {
    subject: 'event.stored',
    id: eventId,
    payload: JSON.stringify({
      id: eventId,
      type: 'event.stored',
      source: SOURCE,
      organizationId,
      timestamp: at,
      data: { eventId, eventType, userId, at, properties: value === undefined ? {} : { value, currency: 'USD' } },
    }),
  };
}
