import type { Database } from '../adapters/postgres';
import type { Rendered } from '../content/render-job';
import type { Clock } from '../shared/clock';
import type { Transport } from '../transports/transport';
import type { ChunkRef, GuardedMessage } from './guard';
import type { Lane } from './lane';
import type { RunningExecution } from './running-executions';
import type { AnswerRules } from './settle';

/** Renders a slice, in the order of its messages. A failure is its own message's. */
export interface SliceRenderer {
  /**
   * What must be known before a chunk's next people are guarded, and takes longer than a guard is good for. False while it is
   * waited for: the chunk is left alone, and hinted again.
   */
  prepare?(execution: RunningExecution, chunk: Pick<ChunkRef, 'execNo' | 'chunkNo'>): Promise<boolean>;
  render(execution: RunningExecution, messages: readonly GuardedMessage[]): Promise<readonly Rendered[]>;
}

/** What working a chunk takes. */
export interface SenderParts {
  readonly database: Database;
  readonly transport: Transport;
  readonly renderer: SliceRenderer;
  readonly lane: Lane;
  /** A test's own clock; absent: the database's. */
  readonly clock?: Clock;
  readonly leaseMs: number;
  /** A key is asked about again for no longer than this; then its message is unknown. */
  readonly keyWindowMs: number;
  readonly retryBackoffMs: number;
  readonly answerRules: AnswerRules;
  /** Kinds of per-message events that are published. */
  readonly messageEvents: readonly string[];
  messageId(execNo: number, seq: number): string;
}
