import { randomUUID } from 'node:crypto';
import { drillOrganization } from '../../drill/campaigns';
import { drillIds } from '../../drill/stage';
import type { OutgoingBusMessage } from '../../src/adapters/nats';
import { encodeMessageId } from '../../src/shared/message-id';

/** Which message a receipt is about, and what it adds to the plain one. */
export interface Told {
  readonly kind: 'opened' | 'bounced';
  readonly execNo: number;
  readonly seq: number;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A receipt as a provider publishes it; published twice it is the same one. */
export function receipt({ kind, execNo, seq, more }: Told): OutgoingBusMessage {
  const at = new Date().toISOString();
  const data = { messageId: encodeMessageId(drillIds, execNo, seq), at, ...more };
  const id = `${kind}:${execNo}:${seq}`;
  const envelope = { id, type: `notification.${kind}`, source: 'test', organizationId: drillOrganization, data };
  return { subject: `notification.${kind}`, id, payload: JSON.stringify(envelope) };
}

/** That somebody of the drill's directory has come into the application. */
export function login(n: number): OutgoingBusMessage {
  const id = randomUUID();
  const data = { userId: `customer-${n}`, at: new Date().toISOString() };
  const envelope = { id, type: 'user.session.started', source: 'test', organizationId: drillOrganization, data };
  return { subject: 'user.session.started', id, payload: JSON.stringify(envelope) };
}

/** The numbers from 1 to `n`: sequence numbers of an execution begin there. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
