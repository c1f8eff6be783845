import pg from 'pg';
import type { Database } from '../src/adapters/postgres';

/** Starts counting anew. */
export const forgetStatements = (adminUrl: string): Promise<unknown> =>
  asAdmin(adminUrl, async (client) => {
    await client.query('create extension if not exists pg_stat_statements');
    return client.query('select pg_stat_statements_reset()');
  });

/** Updates of messages, and those that found room in their page: the others write two index entries each. */
export async function updatesInPlace(database: Database): Promise<string> {
  const [row] = await database.query<{ line: string }>(
    `select format('%s updates of messages, %s in place', sum(n_tup_upd), sum(n_tup_hot_upd)) as line
     from pg_stat_user_tables where relname like 'message_2%'`,
  );
  return row?.line ?? '';
}

/** Where the database's time went, dearest first. */
export const dearestStatements = (adminUrl: string): Promise<string[]> =>
  asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ line: string }>(DEAREST_SQL);
    return rows.map(({ line }) => line);
  });

const DEAREST_SQL = `
select format('%s ms  %s calls  %s ms each  %s', round(total_exec_time::numeric), calls,
  round(mean_exec_time::numeric, 2), left(regexp_replace(query, '\\s+', ' ', 'g'), 140)) as line
from pg_stat_statements order by total_exec_time desc limit 20`;

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
