import { hash } from 'node:crypto';
import type { OutgoingBusMessage } from '../adapters/nats';
import type { MessageIdKeys } from '../shared/message-id';

/** The shape of everything that we publish (SPEC §11). */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly version: 1;
  readonly source: 'campaign-service';
  readonly organizationId: string;
  readonly correlationId: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The same parts always give the same id: what is published again after a crash is recognized as the same event. */
export const eventId = (...parts: readonly (string | number)[]): string =>
  `evt_${hash('sha256', parts.join('\n'), 'hex').slice(0, 32)}`;

/** On the bus a person is a pseudonym that other services can count, but not trace to an address. */
export function contactPseudonym(keys: MessageIdKeys, contactNo: number): string {
  const secret = keys.secrets.get(keys.current) ?? '';
  return `per_${hash('sha256', `${secret}\ncontact\n${contactNo}`, 'hex').slice(0, 24)}`;
}

/** The subject is the type; the id of the event is the id by which the stream stores it once. */
export const toBusMessage = (envelope: Envelope): OutgoingBusMessage => ({
  subject: envelope.type,
  id: envelope.id,
  payload: JSON.stringify(envelope),
});
