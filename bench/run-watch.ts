import { until } from '../drill/until';
import type { Database } from '../src/adapters/postgres';

/** How far executions have come. */
export interface Progress {
  readonly sent: number;
  readonly delivered: number;
  readonly unpublished: number;
}

/** Sums of the counters: what a reader of the campaign sees. */
export async function readProgress(database: Database, execNos: readonly number[]): Promise<Progress> {
  const [row] = await database.query<Progress>(PROGRESS_SQL, [execNos], 'bench-progress');
  return row ?? { sent: 0, delivered: 0, unpublished: 0 };
}

const PROGRESS_SQL = `
select coalesce(sum(sent), 0)::int8 as sent, coalesce(sum(delivered), 0)::int8 as delivered,
  (select count(*) from campaign.outbox where published_at is null) as unpublished
from campaign.counter where exec_no = any($1) and goal = 0`;

/** Milliseconds from the first judgement of anybody to now, by the database's clock. */
async function sinceFirst(database: Database, execNos: readonly number[]): Promise<number> {
  const [row] = await database.query<{ ms: number }>(
    `select extract(epoch from clock_timestamp() - min(judged_at))::float8 * 1000 as ms
     from campaign.message where exec_no = any($1::int8[]) and seq = 1`,
    [execNos],
  );
  return row?.ms ?? 0;
}

/** Milliseconds until all deliveries are counted and no event waits to go out; throws when that takes too long. */
export async function allCounted(
  database: Database,
  execNos: readonly number[],
  expected: number,
  minutes: number,
): Promise<{ readonly sinceFirstMs: number }> {
  let last: Progress | undefined;
  const done = await until(Date.now() + minutes * 60_000, async () => {
    last = await readProgress(database, execNos);
    const ended = last.delivered >= expected && last.unpublished === 0;
    return ended ? { sinceFirstMs: await sinceFirst(database, execNos) } : undefined;
  });
  if (!done) throw new Error(`not ended in ${minutes} min: ${JSON.stringify(last)} of ${expected}`);
  return done;
}
