import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrations } from '../../migrations';
import { type Database, openDatabase } from '../../src/adapters/postgres';
import { freePort, until } from './own-nats-server';

/** A migrated database on a server of its own. */
export interface OwnPostgres {
  readonly url: string;
  /** As the dispatcher sees it: every organization. */
  readonly database: Database;
  close(): Promise<void>;
}

const NOBODY = 65_534;
const asUser = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

export async function startOwnPostgres(settings: readonly string[] = ['-c', 'fsync=off']): Promise<OwnPostgres> {
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'campaign-pg-'));
  if (asUser.uid) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'owner', '-A', 'trust', '-N', '-E', 'UTF8', '--no-locale'], {
    ...asUser,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await freePort();
  const listen = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...listen, ...settings], {
    ...asUser,
    cwd: folder,
    stdio: 'ignore',
  });
  const url = `postgres://owner@127.0.0.1:${port}/postgres`;
  await until(() => answers(url));
  await migrate(url);
  const database = openDatabase({ url, role: 'campaign_dispatcher', applicationName: 'test', poolSize: 6 });
  return { url, database, close: () => shutDown(child, database, folder) };
}

function binaries(): string {
  const places = [process.env.PG_BIN, '/usr/lib/postgresql/15/bin', '/usr/lib/postgresql/17/bin'];
  const found = places.find((place) => place && existsSync(join(place, 'postgres')));
  if (!found) throw new Error('no PostgreSQL: set PG_BIN to the folder of its binaries');
  return found;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** Runs the statements of the migrations themselves; which of them ran already is of no interest here. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { class: Step } of migrations) {
    const step = Reflect.construct(Step, [undefined, undefined]);
    step.up();
    for (const query of step.getQueries()) await client.query(String(query));
  }
  await client.end();
}

async function shutDown(child: ChildProcess, database: Database, folder: string): Promise<void> {
  await database.close();
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
