import { until } from '../drill/until';
import type { Database } from '../src/adapters/postgres';

/** How far executions have come. */
export interface Progress {
  readonly sent: number;
  readonly delivered: number;
  readonly unpublished: number;
  /** Milliseconds from the first judgement of anybody to now, by the database's clock. */
  readonly sinceFirstMs: number;
}

/** Sums of the counters: what a reader of the campaign sees. */
export async function readProgress(database: Database, execNos: readonly number[]): Promise<Progress> {
  const [row] = await database.query<Progress>(PROGRESS_SQL, [execNos], 'bench-progress');
  return row ?? { sent: 0, delivered: 0, unpublished: 0, sinceFirstMs: 0 };
}

const PROGRESS_SQL = `
select coalesce(sum(sent), 0)::int8 as sent, coalesce(sum(delivered), 0)::int8 as delivered,
  (select count(*) from campaign.outbox where published_at is null) as unpublished,
  coalesce((select extract(epoch from clock_timestamp() - min(e.first)) * 1000 from (
    select (select judged_at from campaign.message where exec_no = n and seq = 1) as first
    from unnest($1::int8[]) n) e), 0)::float8 as "sinceFirstMs"
from campaign.counter where exec_no = any($1) and goal = 0`;

/** Resolves when all deliveries are counted and no event waits to go out; throws when that takes too long. */
export async function allCounted(
  database: Database,
  execNos: readonly number[],
  expected: number,
  minutes: number,
): Promise<Progress> {
  let last: Progress | undefined;
  const done = await until(Date.now() + minutes * 60_000, async () => {
    last = await readProgress(database, execNos);
    return last.delivered >= expected && last.unpublished === 0 ? last : undefined;
  });
  if (!done) throw new Error(`not ended in ${minutes} min: ${JSON.stringify(last)} of ${expected}`);
  return done;
}
