import type { Transaction } from '../adapters/postgres';
import { moveSpending } from '../guardrail/spending-keeping';
import { type CounterDelta, upsertCounters } from '../metrics/counter-upsert';

/** Counts what receipts changed, maybe of executions that have ended; as late in the transaction as counters have to be. */
export async function countAfter(tx: Transaction, deltas: readonly CounterDelta[]): Promise<void> {
  await upsertCounters(tx, deltas);
  await moveSpending(tx, deltas);
}
