import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Statements of one transaction, or of none when it is the database itself. */
export interface Transaction {
  /** Runs one statement. `name` keeps a hot statement prepared on its connection: one name, always one text. */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** Streams rows in by `COPY … FROM STDIN`. */
  copyIn(sql: string, rows: Readable): Promise<void>;
}

/** A pool of connections. */
export interface Database extends Transaction {
  /**
   * Runs `work` in one transaction. A deadlock or a serialization failure runs it again from the start,
   * so `work` changes nothing but the database. When the connection breaks during COMMIT this throws,
   * and whether the transaction is kept is unknown: callers are written to be repeated. `opening` is one statement that
   * begins it, in the same round trip; it takes no values.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, opening?: string): Promise<T>;
  close(): Promise<void>;
}

/** Whom the connections belong to and what their sessions start with. */
export interface DatabaseOptions {
  url: string;
  role?: 'campaign_app' | 'campaign_dispatcher';
  poolSize?: number;
  applicationName: string;
  session?: Readonly<Record<string, string>>;
  /** Hears of connections that break while nobody uses them; whoever uses one gets the error itself. */
  onConnectionError?: (error: Error) => void;
}

const int8Array = 1016 as number;
const retries = 5;
const retryable = new Set(['40P01', '40001']);

/** Opens a pool; connects at the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options);
  return {
    // A statement on its own is a transaction of its own: one that lost a deadlock has changed nothing.
    query: (sql, values, name) => retrying(() => run(pool, sql, values, name)),
    copyIn: (sql, rows) => withClient(pool, (client) => copy(client, sql, rows)),
    transaction: (work, opening) => retrying(() => withClient(pool, (client) => transact(client, work, opening))),
    close: () => pool.end(),
  };
}

function openPool(options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    application_name: options.applicationName,
    options: startupOptions(options),
    types: numericKeys(),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // An error event without a listener ends the process. The pool tells of idle connections; who uses one gets the error.
  pool.on('error', (error) => options.onConnectionError?.(bare(error)));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The pool hangs the whole client on an idle connection's error: its statements and its cancel key are for no log. */
function bare(error: Error): Error {
  Reflect.deleteProperty(error, 'client');
  return error;
}

/** Set by the startup packet, so a connection never exists without its role. */
function startupOptions({ role, session = {} }: DatabaseOptions): string | undefined {
  const all = Object.entries({ ...(role && { role }), ...session });
  const escaped = all.map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`);
  return escaped.length > 0 ? escaped.join(' ') : undefined;
}

/** Our keys stay below 2^53: int8 comes as number; numeric stays text. */
function numericKeys(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  // The library's list of type numbers has no arrays; its parsers do.
  const parseArray: (text: string) => (string | null)[] = pg.types.getTypeParser(int8Array as 20);
  types.setTypeParser(20, exactInteger);
  types.setTypeParser(int8Array as 20, (text: string) =>
    parseArray(text).map((item) => (item === null ? null : exactInteger(item))),
  );
  return types;
}

function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a number`);
  return value;
}

async function run<Row extends object>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row[]> {
  const result = await on.query<Row>({ text, values: values as unknown[], ...(name && { name }) });
  return result.rows;
}

async function copy(client: pg.PoolClient, sql: string, rows: Readable): Promise<void> {
  await pipeline(rows, client.query(copyFrom(sql)));
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const remember = (error: Error) => {
    broken = error;
  };
  client.on('error', remember);
  try {
    return await work(client);
  } finally {
    client.off('error', remember);
    client.release(broken);
  }
}

async function transact<T>(
  client: pg.PoolClient,
  work: (tx: Transaction) => Promise<T>,
  opening: string | undefined,
): Promise<T> {
  try {
    await client.query(opening === undefined ? 'begin' : `begin; ${opening}`);
    const result = await work({
      query: (sql, values, name) => run(client, sql, values, name),
      copyIn: (sql, rows) => copy(client, sql, rows),
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= retries || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** tried * 5 * (0.5 + Math.random())));
    }
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && retryable.has(String(error.code));
}
