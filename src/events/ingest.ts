import type { BaseLogger } from 'pino';
import type { Bus } from '../adapters/nats';
import type { BusMessage } from '../adapters/nats-message';
import type { Database } from '../adapters/postgres';
import { eventsIngested } from '../operations/figures';
import type { Clock } from '../shared/clock';
import type { MessageIdKeys } from '../shared/message-id';
import { ExecutionFactsCache } from './execution-facts';
import type { IngestContext } from './ingest-context';
import { ingestEvents } from './ingest-events';
import { createIngestParts } from './ingest-parts';
import { ingestReceipts } from './ingest-receipts';
import { settleUnknown } from './left-after-all';
import { createNudges } from './nudges';
import { lookAgain } from './second-look';
import { startLoop } from './wakeable-loop';

export interface IngestOptions {
  readonly database: Database;
  readonly bus: Bus;
  readonly log: BaseLogger;
  readonly clock: Clock;
  readonly ids: MessageIdKeys;
  /** Kinds of `campaign.message.*` that are published; all when absent. */
  readonly publishes?: (kind: string) => boolean;
  /** Hand-overs of one message at most, soft bounces included. Default 3. */
  readonly maxAttempts?: number;
  /** Pauses before the second, third, … attempt. Default 15 minutes, then an hour. */
  readonly softBounceBackoffMs?: readonly number[];
  /** How long a session lasts that is not told to have ended. Default 30. */
  readonly sessionMinutes?: number;
  /** Batches of receipts in work at a time: one is parsed while the other is written. Default 2. */
  readonly lanes?: number;
}

export interface Ingest {
  /** Waits for the batches in hand. */
  stop(): Promise<void>;
}

/** Producers compare their messages' places with the ack floors of these. */
export const RECEIPTS = { stream: 'NOTIFICATION', durable: 'campaign-notification' } as const;
export const EVENTS = { stream: 'EVENTS', durable: 'campaign-events' } as const;

const MINUTE_MS = 60_000;
const SECOND_LOOK_MS = 1_000;
const UNKNOWN_MS = 5_000;

/**
 * Takes receipts and events off the bus into the ledger. What is acknowledged is committed; what is not comes again, and
 * changes nothing the second time. Any number of processes may run it.
 */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const nudges = createNudges(options.bus);
  const parts = createIngestParts({ sessionMinutes: 30, ...options, nudges, context: contextOf(options) });
  const lanes = Array.from({ length: options.lanes ?? 2 }, () =>
    options.bus.consume(
      RECEIPTS,
      counted(RECEIPTS.stream, (messages) => ingestReceipts(parts, messages)),
    ),
  );
  const receipts = await Promise.all(lanes);
  const events = await options.bus.consume(
    EVENTS,
    counted(EVENTS.stream, (messages) => ingestEvents(parts, messages)),
  );
  let nextUnknown = 0;
  const secondLook = startLoop({
    name: 'second look',
    log: options.log,
    idleMs: SECOND_LOOK_MS,
    round: async () => {
      const now = performance.now();
      if (now >= nextUnknown) {
        nextUnknown = now + UNKNOWN_MS;
        await settleUnknown(parts);
      }
      return lookAgain(parts);
    },
  });
  return {
    stop: async () => {
      await Promise.all([...receipts, events, secondLook].map((each) => each.stop()));
      nudges.stop();
    },
  };
}

/** What is counted is committed: a batch that failed is offered again. */
function counted(stream: string, ingest: (messages: BusMessage[]) => Promise<void>) {
  return async (messages: BusMessage[]) => {
    await ingest(messages);
    eventsIngested.inc({ stream }, messages.length);
  };
}

function contextOf({ clock, log, publishes, maxAttempts, softBounceBackoffMs }: IngestOptions): IngestContext {
  return {
    clock,
    log,
    executions: new ExecutionFactsCache(),
    publishes: publishes ?? (() => true),
    maxAttempts: maxAttempts ?? 3,
    softBounceBackoffMs: softBounceBackoffMs ?? [15 * MINUTE_MS, 60 * MINUTE_MS],
  };
}
