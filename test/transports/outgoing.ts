import type { RenderedEmail } from '../../src/content/rendered-email';
import type { OutgoingMessage } from '../../src/transports/transport';

/** What stands in it. */
export const mailOf = (n: number): RenderedEmail => ({
  subject: `Hello ${n}`,
  html: `<p>Hello ${n}</p>`,
  text: `Hello ${n}`,
});

/** A message as the sender hands it over; `n` tells it from the others of its batch. */
export function outgoing(n: number, changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    key: `msg_${n}:1`,
    messageId: `msg_${n}`,
    attempt: 1,
    channel: 'email',
    to: `person-${n}@example.com`,
    organizationId: 'org_1',
    campaignId: 'cmp_1',
    content: mailOf(n),
    ...changes,
  };
}
