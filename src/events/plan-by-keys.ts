import type { Transaction } from '../adapters/postgres';

/**
 * For the rest of the transaction rows are reached one by one through their full key. A fresh partition has no
 * statistics yet, and a planner that trusts them reads all of it for every batch.
 */
export async function planByKeys(tx: Transaction): Promise<void> {
  await tx.query(
    `select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
       set_config('enable_seqscan', 'off', true), set_config('enable_material', 'off', true),
       set_config('enable_bitmapscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`,
  );
}
