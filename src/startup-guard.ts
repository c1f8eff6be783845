import type { Database } from './adapters/postgres';
import type { Config } from './config';

/** Settings of PostgreSQL without which an acknowledged row may be lost. */
const needed = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

/** Refuses a database that may forget what it has acknowledged: exactness rests on it. Tests may use one. */
export async function refuseForgetfulDatabase(
  database: Pick<Database, 'query'>,
  environment: Config['environment'],
): Promise<void> {
  if (environment === 'test') return;
  const off = await database.query<{ name: string }>(
    `select name from pg_settings where name = any($1) and setting = 'off' order by name`,
    [needed],
  );
  if (off.length === 0) return;
  const names = off.map(({ name }) => name).join(', ');
  throw new Error(`The database runs with ${names} off and may lose acknowledged rows; switch it on`);
}
