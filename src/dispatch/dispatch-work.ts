import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import { expandStep } from './expand';
import type { Hints } from './hints';
import { cancelChunk, complete, findCancelledChunks, findFinished } from './sweep';

/** What dispatching takes. */
export interface DispatchParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly expandBatch: number;
  readonly chunkSize: number;
  /** Hints and chunks at work at most. */
  readonly outstandingChunks: number;
  /** Called after each commit that changed figures of a campaign. */
  changed(campaignId: string): void;
}

/** The first people of an execution are judged in a small step, so that its first chunk leaves within a second. */
const FIRST_BATCH = 1_000;

/** One transaction for each open execution in turn; true while an audience is still open. */
export async function expandOpen(parts: DispatchParts): Promise<boolean> {
  const open = await parts.database.query<{ exec_no: number; started: boolean }>(
    `select exec_no, cursor_contact_no > 0 as started from campaign.execution
     where status = 'running' and not audience_closed order by exec_no`,
  );
  let more = false;
  for (const { exec_no: execNo, started } of open) {
    const batch = started ? parts.expandBatch : Math.min(FIRST_BATCH, parts.expandBatch);
    const result = await expandStep(parts.database, { execNo, now: parts.clock(), batch, chunkSize: parts.chunkSize });
    crashPoint('expand:after-commit');
    if (result.campaignId) parts.changed(result.campaignId);
    more ||= !result.closed;
  }
  return more;
}

/** Gives hints for what is due. */
export async function hintDue(parts: DispatchParts, hints: Hints): Promise<boolean> {
  const given = await hints.give({
    database: parts.database,
    bus: parts.bus,
    now: parts.clock(),
    repeatAfterMs: parts.leaseMs,
    outstanding: parts.outstandingChunks,
  });
  return given > 0;
}

/** Ends what has ended: completed executions, and the chunks of cancelled ones. */
export async function sweep(parts: DispatchParts): Promise<boolean> {
  for (const execNo of await findFinished(parts.database)) {
    const ended = await complete(parts.database, execNo, parts.clock());
    if (ended) parts.changed(ended.campaignId);
  }
  const orphaned = await findCancelledChunks(parts.database, parts.clock());
  for (const chunk of orphaned) {
    await cancelChunk(parts.database, chunk, parts.clock());
    crashPoint('cancel-chunk:after-commit');
  }
  return orphaned.length > 0;
}
