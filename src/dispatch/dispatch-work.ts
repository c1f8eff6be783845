import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import { executionDuration, executionsCompleted } from '../operations/figures';
import { endWaits, findWaiting } from '../session/login-wait-ends';
import { crashPoint } from '../shared/crash-point';
import { inGroups } from '../shared/in-groups';
import { Expansion } from './expansion';
import { Hints } from './hints';
import { layAside } from './lay-aside';
import { cancelChunk, complete, type Ended, findCancelledChunks, findFinished } from './sweep';

/** What dispatching takes. */
export interface DispatchParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly leaseMs: number;
  readonly expandBatch: number;
  readonly chunkSize: number;
  /** Hints and chunks at work at most, counted in full chunks. */
  readonly outstandingChunks: number;
  /** Called after each commit that changed figures of a campaign. */
  changed(campaignId: string): void;
}

/** The steps of the dispatcher's loops; each says whether there is more to do at once. */
export interface DispatchSteps {
  expand(): Promise<boolean>;
  hint(): Promise<boolean>;
  sweep(): Promise<boolean>;
}

/** Steps that remember between rounds whose turn it is. */
export function dispatchSteps(parts: DispatchParts): DispatchSteps {
  const { database, bus, leaseMs } = parts;
  const [expansion, hints] = [new Expansion(), new Hints()];
  const outstanding = parts.outstandingChunks * parts.chunkSize;
  return {
    expand: () => expansion.round(parts),
    hint: () => hints.give({ database, bus, repeatAfterMs: leaseMs, outstanding }),
    sweep: () => sweep(parts),
  };
}

/** Executions completed in one transaction. */
const COMPLETED_TOGETHER = 100;

/** Ends what has ended: completed executions, and the chunks of cancelled ones. */
async function sweep(parts: DispatchParts): Promise<boolean> {
  const { database } = parts;
  const failures: unknown[] = [];
  for (const execNos of inGroups(await findFinished(database), COMPLETED_TOGETHER))
    failures.push(...(await completeOrFind(parts, execNos)));
  const more = await lookAfterWaits(parts);
  const orphaned = await findCancelledChunks(database);
  for (const chunk of orphaned) {
    await cancelChunk(database, chunk);
    crashPoint('cancel-chunk:after-commit');
  }
  if (failures.length > 0) throw failures[0];
  return more || orphaned.length > 0;
}

/** Ends waits for logins whose time is over, and lays aside what only waits. True when there are more to end. */
async function lookAfterWaits({ database, changed }: DispatchParts): Promise<boolean> {
  const waiting = await findWaiting(database);
  let more = false;
  for (const execution of waiting) if (execution.ended) more = (await endWaits(database, execution)) || more;
  const only = waiting.flatMap(({ execNo, onlyWaits }) => (onlyWaits ? [execNo] : []));
  for (const execNos of inGroups(only, COMPLETED_TOGETHER))
    for (const campaignId of await layAside(database, execNos)) changed(campaignId);
  return more;
}

/** One execution that cannot be completed holds up nobody: the others are completed one by one. Gives back failures. */
async function completeOrFind(parts: DispatchParts, execNos: readonly number[]): Promise<unknown[]> {
  try {
    for (const ended of await complete(parts.database, execNos)) tell(parts, ended);
    return [];
  } catch (error) {
    if (execNos.length === 1) return [error];
    const failures: unknown[] = [];
    for (const execNo of execNos) failures.push(...(await completeOrFind(parts, [execNo])));
    return failures;
  }
}

function tell(parts: DispatchParts, { campaignId, campaignType, isTest, seconds }: Ended): void {
  parts.changed(campaignId);
  if (isTest) return;
  executionsCompleted.inc({ type: campaignType, status: 'completed' });
  executionDuration.observe({ type: campaignType }, seconds);
}
