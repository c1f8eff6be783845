import type { Database } from './adapters/postgres';
import type { Config, RoleName } from './config';
import { loginFaults, tenancyFaults } from './identity/tenancy-faults';
import { OperatorMistake } from './shared/operator-mistake';

type Query = Pick<Database, 'query'>;

/**
 * Refuses a database on which our promises do not hold, naming all that is wrong with it. Tests may use one that
 * forgets; a developer's machine may serve requests as the owner of the tables, whom forced security holds too.
 */
export async function refuseUnsafeDatabase(
  database: Query,
  { environment, roles }: { readonly environment: Config['environment']; readonly roles: readonly RoleName[] },
): Promise<void> {
  if (environment === 'test') return;
  const faults = [
    ...(await forgetfulSettings(database)),
    ...(await missingKeys(database)),
    ...(await tenancyFaults(database)),
    ...(environment === 'production' && roles.includes('api') ? await loginFaults(database) : []),
  ];
  if (faults.length > 0) throw new OperatorMistake(`The database is not safe to work on:\n  ${faults.join('\n  ')}`);
}

/** Settings of PostgreSQL without which an acknowledged row may be lost. */
const needed = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

async function forgetfulSettings(database: Query): Promise<string[]> {
  const off = await database.query<{ name: string }>(
    `select name from pg_settings where name = any($1) and setting = 'off' order by name`,
    [needed],
  );
  return off.map(({ name }) => `${name} is off, so acknowledged rows may be lost`);
}

/** Keys without which a person could be in an execution twice, or an event counted twice. */
const keys = [
  ['execution', 'campaign_no, occurrence'],
  ['inbox', 'org_no, source, event_id'],
  ['message', 'exec_no, seq'],
  ['message', 'contact_no, exec_no, slot'],
  ['outcome', 'exec_no, seq, goal, source, event_id'],
  ['touch', 'exec_no, seq, kind, at'],
] as const;

async function missingKeys(database: Query): Promise<string[]> {
  const sql = `select 'campaign.' || c.relname as "table",
      (select string_agg(a.attname, ', ' order by k.place) from unnest(i.indkey) with ordinality k (attnum, place)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = to_regnamespace('campaign') and i.indisunique and i.indisvalid and i.indpred is null`;
  const found = await database.query<{ table: string; columns: string }>(sql);
  const present = new Set(found.map(({ table, columns }) => `${table} (${columns})`));
  const wanted = keys.map(([table, columns]) => `campaign.${table} (${columns})`);
  return wanted.filter((key) => !present.has(key)).map((key) => `the unique key ${key} is missing`);
}
