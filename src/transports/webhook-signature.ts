import { createHmac } from 'node:crypto';
import { messageIdKeys } from '../shared/message-id';

/** How a secret is written down for whoever checks signatures. */
const PREFIX = 'whsec_';

/** The setting's secrets, the newest first: `2:newer,1:older` while one takes the place of another. */
export const signingSecrets = (setting: string): readonly string[] => [...messageIdKeys(setting).secrets.values()];

/** The secrets of an organization, made of ours: so none is stored, and none tells another. */
export const webhookSecrets = (secrets: readonly string[], organizationId: string): readonly string[] =>
  secrets.map((secret) => {
    const own = createHmac('sha256', secret).update(`webhook\0${organizationId}`).digest('base64');
    return `${PREFIX}${own}`;
  });

export interface SignedRequest {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/** Headers of Standard Webhooks: who sent it, when, and that nobody changed it. One signature for each secret. */
export function signatureHeaders(
  secrets: readonly string[],
  { id, at, body }: SignedRequest,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
