import type { BaseLogger } from 'pino';
import type { Bus } from '../adapters/nats';
import type { Database, Transaction } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import type { MessageIdKeys } from '../shared/message-id';
import { ExecutionFactsCache } from './execution-facts';
import { isBatch, OutboxExpansion, type OutboxRow, takeOutboxRows } from './outbox-rows';
import { startLoop } from './wakeable-loop';

export interface OutboxRelayOptions {
  readonly database: Database;
  readonly bus: Bus;
  readonly log: BaseLogger;
  readonly clock: Clock;
  readonly ids: MessageIdKeys;
}

export interface OutboxRelay {
  /** There are new rows; also heard from other processes as `nudge.outbox`. */
  wake(): void;
  stop(): Promise<void>;
}

const STREAM = 'CAMPAIGN';
const IDLE_MS = 500;
const CLEAN_EVERY_MS = 60_000;
const LIFE_EVERY_MS = 1_000;

/**
 * Publishes what committed transactions have written down, at least once, in the order of outbox_no. One relay works at
 * a time: it holds a lock for the length of one round's transaction, others find it taken and rest. A crash between the
 * acknowledgements and the commit publishes the same rows again with the same ids.
 */
export function startOutboxRelay({ database, bus, log, clock, ids }: OutboxRelayOptions): OutboxRelay {
  const expansion = new OutboxExpansion(ids, new ExecutionFactsCache());
  const due = { life: 0, clean: 0 };

  const round = () =>
    database.transaction(async (tx) => {
      if (!(await isOnlyRelay(tx))) return false;
      const now = performance.now();
      if (now >= due.life) {
        await republishToNewStream(tx, await bus.streamCreated(STREAM), log);
        due.life = now + LIFE_EVERY_MS;
      }
      if (now >= due.clean) {
        await dropPublished(tx, new Date(clock().getTime() - bus.streamMaxAgeMs(STREAM)));
        due.clean = now + CLEAN_EVERY_MS;
      }
      const rows = await publishNext(tx, { bus, clock, expansion });
      tellLifecycles(log, rows);
      return rows.length > 0;
    });

  const loop = startLoop({ name: 'outbox', log, idleMs: IDLE_MS, round });
  const nudges = bus.subscribeCore('nudge.outbox', () => loop.wake());
  return {
    wake: () => loop.wake(),
    stop: async () => {
      nudges.stop();
      await loop.stop();
    },
  };
}

// Never waits: two dispatchers cannot block each other, and a dead one's lock ends with its connection.
async function isOnlyRelay(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ only: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('campaign.outbox')) as only,
       set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
       set_config('enable_seqscan', 'off', true)`,
  );
  return row?.only === true;
}

interface Publishing {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly expansion: OutboxExpansion;
}

async function publishNext(tx: Transaction, { bus, clock, expansion }: Publishing): Promise<readonly OutboxRow[]> {
  const rows = await takeOutboxRows(tx);
  if (rows.length === 0) return rows;
  const messages = await expansion.expand(tx, rows);
  crashPoint('outbox:before-publish');
  await bus.publishBatch(messages);
  crashPoint('outbox:after-publish');
  await markPublished(tx, rows, clock());
  return rows;
}

/** One line for each step of a campaign's life, never for messages; nothing of what people wrote, such as a reason. */
function tellLifecycles(log: BaseLogger, rows: readonly OutboxRow[]): void {
  for (const row of rows) {
    if (isBatch(row)) continue;
    const { organization_id: organizationId, campaign_id: campaignId, at } = row;
    const { executionId } = row.payload as { executionId?: unknown };
    log.info({ organizationId, campaignId, executionId, at }, `[LIFECYCLE] ${row.kind}`);
  }
}

async function markPublished(tx: Transaction, rows: readonly OutboxRow[], now: Date): Promise<void> {
  await tx.query('update campaign.outbox set published_at = $2 where outbox_no = any($1::bigint[])', [
    rows.map((row) => row.outbox_no),
    now,
  ]);
}

/**
 * A stream with another creation time has lost what it held: every row that is still kept is published again. Wiped
 * after this look and before the publishing, the new stream gets those rows twice at most, the others at the next look.
 */
async function republishToNewStream(tx: Transaction, createdAt: Date, log: BaseLogger): Promise<void> {
  const [known] = await tx.query<{ created_at: Date }>(
    'select created_at from campaign.stream_life where stream = $1',
    [STREAM],
  );
  if (known && known.created_at.getTime() === createdAt.getTime()) return;
  await tx.query(
    `insert into campaign.stream_life (stream, created_at) values ($1, $2)
     on conflict (stream) do update set created_at = excluded.created_at`,
    [STREAM, createdAt],
  );
  const [again] = await tx.query<{ rows: number }>(
    `with again as (update campaign.outbox set published_at = null where published_at is not null returning 1)
     select count(*)::int as rows from again`,
  );
  log.info({ stream: STREAM, rows: again?.rows ?? 0 }, 'a new stream gets every kept event');
}

async function dropPublished(tx: Transaction, before: Date): Promise<void> {
  await tx.query(
    `delete from campaign.outbox where outbox_no in (
       select outbox_no from campaign.outbox where published_at < $1 order by published_at limit 5000)`,
    [before],
  );
}
