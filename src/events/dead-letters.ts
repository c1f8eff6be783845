import type { BaseLogger } from 'pino';
import type { Bus, BusMessage } from '../adapters/nats';
import type { Transaction } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import { eventId } from './envelope';

export interface DeadLetterParts {
  /** The database, or the transaction that lets the messages go. */
  readonly database: Transaction;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: BaseLogger;
}

/** Where the organization is not known the letter belongs to none, and only operators see it. */
export const NO_ORGANIZATION = 0;

export interface DeadLetter {
  readonly message: Pick<BusMessage, 'subject' | 'deliveries' | 'text'>;
  readonly reason: string;
  readonly orgNo?: number | undefined;
}

/**
 * Sets messages aside that cannot be handled: a row each, from which they can be replayed, and a copy on `dlq.>` for
 * whoever watches. The row is what counts: the copy is lost when the bus is away.
 */
export async function writeDeadLetters(parts: DeadLetterParts, letters: readonly DeadLetter[]): Promise<void> {
  if (letters.length === 0) return;
  const { database, bus, clock, log } = parts;
  // Text that PostgreSQL cannot keep must not come back for ever.
  const payloads = letters.map(({ message }) => message.text().replaceAll('\0', '\u2400'));
  await database.query(
    `insert into campaign.dead_letter (org_no, subject, payload, reason, deliveries, at)
     select e.*, $6 from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[]) as e`,
    [
      letters.map(({ orgNo }) => orgNo ?? NO_ORGANIZATION),
      letters.map(({ message }) => message.subject),
      payloads,
      letters.map(({ reason }) => reason),
      letters.map(({ message }) => message.deliveries),
      clock(),
    ],
  );
  crashPoint('dead-letter:after-row');
  log.error(
    { letters: letters.length, subject: letters[0]?.message.subject, reason: letters[0]?.reason },
    'dead letters',
  );
  const copies = letters.map(({ message, reason }, index) => ({
    subject: `dlq.${message.subject}`,
    id: eventId('dlq', message.subject, payloads[index] ?? '', reason),
    payload: JSON.stringify({ reason, subject: message.subject, payload: payloads[index] }),
  }));
  await bus.publishBatch(copies).catch((error: unknown) => log.warn({ err: error }, 'no copy of the dead letters'));
  crashPoint('dead-letter:after-copy');
}
