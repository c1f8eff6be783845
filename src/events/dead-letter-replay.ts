import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import { eventId } from './envelope';

export interface ReplayOptions {
  readonly database: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Only letters with this reason; every one that was not replayed when absent. */
  readonly reason?: string;
}

const BATCH = 500;

interface Letter {
  letter_no: number;
  subject: string;
  payload: string;
}

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

function replayBatch({ database, bus, clock, reason }: ReplayOptions): Promise<number> {
  return database.transaction(async (tx) => {
    const letters = await tx.query<Letter>(
      `select letter_no, subject, payload from campaign.dead_letter
       where replayed_at is null and ($1::text is null or reason = $1)
       order by letter_no limit ${BATCH} for update skip locked`,
      [reason ?? null],
    );
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
