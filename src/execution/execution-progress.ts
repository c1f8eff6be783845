import type { Transaction } from '../adapters/postgres';
import { addFigures } from '../metrics/metrics';
import { readTallies } from '../metrics/metrics-reader';
import { viewTotal } from '../metrics/metrics-view';
import type { ExecutionProgressType } from './execution.types';
import { readStatus } from './execution-reader';
import { readReasons, reconcile } from './reconciliation';

/** What a follower of an execution sees, without what its own fields read. */
export type Progress = Pick<ExecutionProgressType, 'status' | 'reconciliation' | 'metrics'>;

/** Status, account and figures of one moment: all from one transaction. */
export async function readProgress(transaction: Transaction, execNo: number): Promise<Progress> {
  const status = await readStatus(transaction, execNo);
  const tally = (await readTallies(transaction, { of: 'execution', numbers: [execNo] })).get(execNo);
  const reasons = (await readReasons(transaction, [execNo])).get(execNo) ?? [];
  if (tally === undefined) throw new Error(`execution ${execNo} is gone`);
  return { status, reconciliation: reconcile(addFigures(tally.cells), reasons), metrics: viewTotal(tally) };
}
