import type { BaseLogger } from 'pino';
import type { Clock } from '../shared/clock';
import type { ExecutionFactsCache } from './execution-facts';
import type { Receipt } from './receipt';

/** A receipt whose organization we know. */
export interface LocatedReceipt extends Receipt {
  readonly orgNo: number;
}

/** What every step of ingest shares. */
export interface IngestContext {
  readonly clock: Clock;
  readonly log: BaseLogger;
  readonly executions: ExecutionFactsCache;
  /** Whether events of this kind leave through the outbox. */
  readonly publishes: (kind: string) => boolean;
  /** Hand-overs of one message at most, soft bounces included. */
  readonly maxAttempts: number;
  /** Pause before the second, third, … attempt. */
  readonly softBounceBackoffMs: readonly number[];
}
