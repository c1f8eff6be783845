import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { closedFolder, giveToServers, makeServerFolder, serverIdentity } from './data-folder';
import { findPostgres, noPostgres, type PostgresBinaries } from './find-postgres';
import { freePort } from './free-port';
import type { PartContext } from './nats-part';
import { type RunningPart, runPart } from './part-process';

/** PostgreSQL with the two addresses of its database. */
export interface LocalPostgres extends RunningPart {
  readonly adminUrl: string;
}

interface PostgresOptions extends PartContext {
  durable: boolean;
  settings: Record<string, string>;
}

const owner = 'campaign';
const database = 'campaign';

/** The size of the measured set-up, or a quarter of the memory where that is less. */
export function benchPostgresSettings(): Record<string, string> {
  const megabytes = Math.floor(Math.min(2_048, totalmem() / 4 / 1_048_576));
  return { shared_buffers: `${megabytes}MB`, max_wal_size: '8GB', wal_buffers: '64MB', checkpoint_timeout: '15min' };
}

/** A cluster of our own: its owner role is no superuser, so what works here works on a managed database. */
export async function postgresPart(options: PostgresOptions): Promise<LocalPostgres> {
  const { dir, durable, record } = options;
  const dataDir = join(dir, 'postgres');
  const password = passwordOf(dir);
  const prepared = await prepareCluster(options, dataDir, password);
  const port = await freePort();
  const url = (role: string, name: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${name}`;
  const adminUrl = url('postgres', 'postgres');
  const part = await runPart({
    name: 'postgres',
    version: prepared.version,
    source: prepared.source,
    port,
    url: url(owner, database),
    binary: join(prepared.bin, 'postgres'),
    args: ['-D', dataDir, '-p', String(port), ...serverArgs(durable, options.settings)],
    dataDir,
    logFile: join(dir, 'postgres.log'),
    stopSignal: 'SIGINT',
    ready: () => asAdmin(adminUrl, async () => undefined),
    removeData: () => rmSync(dataDir, { recursive: true, force: true }),
    record,
  });
  await asAdmin(adminUrl, (client) => createOwner(client, password));
  return { ...part, adminUrl };
}

function serverArgs(durable: boolean, settings: Record<string, string>): string[] {
  const flush = durable ? 'on' : 'off';
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    fsync: flush,
    synchronous_commit: flush,
    full_page_writes: flush,
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Several installations may be at hand: the first one that fits the data, or that manages to make it, is used. */
async function prepareCluster(options: PostgresOptions, dataDir: string, password: string): Promise<PostgresBinaries> {
  const reasons: string[] = [];
  for (const binaries of findPostgres(options.print)) {
    const reason = await fits(binaries, options, dataDir, password);
    if (!reason) return binaries;
    // Another installation may do no more there, and to install one changes the machine for nothing.
    if (/permission denied/i.test(reason)) throw new Error(`${closedFolder(dataDir).message}.\n${reason}`);
    reasons.push(`${binaries.bin} (${binaries.version}): ${reason}`);
  }
  throw noPostgres(reasons);
}

async function fits(
  { bin, version }: PostgresBinaries,
  { dir, durable }: PostgresOptions,
  dataDir: string,
  password: string,
): Promise<string | undefined> {
  const made = join(dataDir, 'PG_VERSION');
  const marker = join(dir, 'postgres.made');
  if (existsSync(made) && existsSync(marker)) {
    const major = readFileSync(made, 'utf8').trim();
    return version.startsWith(`${major}.`) ? undefined : `${dataDir} was made by PostgreSQL ${major}`;
  }
  // Without the marker an earlier initdb was killed half-way; there is nothing in it to keep.
  rmSync(dataDir, { recursive: true, force: true });
  makeServerFolder(dataDir);
  try {
    await initialize(bin, dir, dataDir, password, durable);
    writeFileSync(marker, version);
    return undefined;
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error).trim();
  }
}

async function initialize(
  bin: string,
  dir: string,
  dataDir: string,
  password: string,
  durable: boolean,
): Promise<void> {
  const passwordFile = join(dir, 'postgres.pwfile');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveToServers(passwordFile);
  const login = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const text = ['-E', 'UTF8', `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`];
  const safety = durable ? [] : ['--no-sync'];
  try {
    const args = ['-D', dataDir, '--data-checksums', ...login, ...text, ...safety];
    await promisify(execFile)(join(bin, 'initdb'), args, { cwd: '/', ...serverIdentity() });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function passwordOf(dir: string): string {
  const file = join(dir, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

async function createOwner(client: pg.Client, password: string): Promise<void> {
  const has = async (sql: string) => (await client.query(sql)).rows.length > 0;
  if (!(await has(`select 1 from pg_roles where rolname = '${owner}'`)))
    await client.query(`create role ${owner} login createrole password '${password}'`);
  if (!(await has(`select 1 from pg_database where datname = '${database}'`)))
    await client.query(`create database ${database} owner ${owner}`);
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
