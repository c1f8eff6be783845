import type { Database } from '../../src/adapters/postgres';
import { Lane } from '../../src/delivery/lane';
import type { SenderParts } from '../../src/delivery/sender-parts';
import type { Answer, OutgoingMessage } from '../../src/transports/transport';

const mail = { subject: 's', html: 'h', text: 't' };

/** A sender whose provider is `handOver`, one message a request. */
export const testSender = (
  database: Database,
  handOver: (messages: readonly OutgoingMessage[]) => Promise<Answer[]>,
): SenderParts => ({
  database,
  transport: { name: 'test', takesKeys: true, batch: 1, concurrency: 3, handOver, close: async () => {} },
  renderer: { render: async (_, messages) => messages.map(() => ({ ok: true, content: mail })) },
  lane: new Lane(3),
  leaseMs: 5_000,
  keyWindowMs: 86_400_000,
  retryBackoffMs: 1_000,
  answerRules: { takesKeys: true, maxAttempts: 3 },
  messageEvents: [],
  messageId: (execNo, seq) => `${execNo}:${seq}`,
});
