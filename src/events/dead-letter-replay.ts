import type { Bus } from '../adapters/nats';
import type { Database, Transaction } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import { eventId } from './envelope';

/** Which of the letters that were not replayed yet; all of them where nothing is said. */
export interface LetterChoice {
  readonly letterNos?: readonly number[] | undefined;
  readonly organizationId?: string | undefined;
  readonly reason?: string | undefined;
}

export interface ReplayOptions extends LetterChoice {
  readonly database: Database;
  readonly bus: Bus;
  readonly clock: Clock;
}

const BATCH = 500;

/** A dead letter as operators see it. */
export interface WaitingLetter {
  readonly letter_no: number;
  readonly at: Date;
  /** Null where it is not known whose it is. */
  readonly organization_id: string | null;
  readonly subject: string;
  readonly reason: string;
  readonly deliveries: number;
  readonly payload: string;
}

/** The oldest of the chosen letters. In a transaction that means to replay them they are locked. */
export const readLetters = (
  tx: Transaction,
  { letterNos, organizationId, reason }: LetterChoice,
  most: number,
  lock: '' | 'for update of l skip locked' = '',
): Promise<WaitingLetter[]> =>
  tx.query<WaitingLetter>(
    `select l.letter_no, l.at, g.id as organization_id, l.subject, l.reason, l.deliveries, l.payload
     from campaign.dead_letter l left join campaign.organization g on g.org_no = l.org_no
     where l.replayed_at is null and ($1::bigint[] is null or l.letter_no = any($1))
       and ($2::text is null or g.id = $2) and ($3::text is null or l.reason = $3)
     order by l.letter_no limit $4 ${lock}`,
    [letterNos ?? null, organizationId ?? null, reason ?? null, most],
  );

/**
 * Publishes dead letters to their subjects again, after what killed them was mended; tells how many. A crash between
 * the publishing and the commit publishes some again: their handlers take everything at least once anyway.
 */
export async function replayDeadLetters(options: ReplayOptions): Promise<number> {
  let replayed = 0;
  for (;;) {
    const batch = await replayBatch(options);
    replayed += batch;
    if (batch < BATCH) return replayed;
  }
}

function replayBatch(options: ReplayOptions): Promise<number> {
  const { database, bus, clock } = options;
  return database.transaction(async (tx) => {
    const letters = await readLetters(tx, options, BATCH, 'for update of l skip locked');
    await bus.publishBatch(
      letters.map(({ letter_no, subject, payload }) => ({ subject, id: eventId('replay', letter_no), payload })),
    );
    crashPoint('replay:after-publish');
    await tx.query('update campaign.dead_letter set replayed_at = $2 where letter_no = any($1::bigint[])', [
      letters.map(({ letter_no }) => letter_no),
      clock(),
    ]);
    return letters.length;
  });
}
