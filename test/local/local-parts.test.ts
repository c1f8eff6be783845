import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/adapters/postgres';
import { type LocalParts, startLocalParts } from '../../src/local/local-parts';

test('a folder is made with those above it, so that servers get there', async () => {
  const top = mkdtempSync(join(tmpdir(), 'campaign-deep-'));
  chmodSync(top, 0o755);
  const parts = await startLocalParts({
    ...{ dir: join(top, 'new', 'newer', 'data'), durable: false, parts: ['postgres'], print: () => undefined },
  });
  await parts.stop();
  rmSync(top, { recursive: true, force: true });
});

test('a PostgreSQL that may not work in the folder is told apart from one that is not there', async () => {
  const top = mkdtempSync(join(tmpdir(), 'campaign-refused-'));
  chmodSync(top, 0o755);
  for (const [name, script] of [
    ['postgres', 'echo "postgres (PostgreSQL) 17.1"'],
    ['initdb', 'echo "initdb: error: could not access directory: Permission denied" >&2; exit 1'],
  ])
    writeFileSync(join(top, `${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const before = process.env.POSTGRES_BIN;
  process.env.POSTGRES_BIN = top;
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const starting = startLocalParts({ dir: join(top, 'data'), durable: false, parts: ['postgres'], print });
  await expect(starting).rejects.toThrow(/data\/postgres cannot be used: .*LOCAL_DIR.*\n.*Permission denied/);
  expect(lines).toEqual([]);
  if (before === undefined) delete process.env.POSTGRES_BIN;
  else process.env.POSTGRES_BIN = before;
  rmSync(top, { recursive: true, force: true });
});

describe('local parts', () => {
  const dir = mkdtempSync(join(tmpdir(), 'campaign-parts-'));
  const lines: string[] = [];
  let parts: LocalParts;
  let database: Database;

  beforeAll(async () => {
    parts = await startLocalParts({
      dir,
      durable: true,
      parts: ['postgres', 'nats'],
      print: (line) => lines.push(line),
    });
    database = openDatabase({ url: parts.databaseUrl, applicationName: 'test' });
  });
  afterAll(async () => {
    await database?.close();
    await parts?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('say what runs, its version, where it was found, and its port', () => {
    expect(lines).toEqual([
      expect.stringMatching(/^postgres 1[5-8]\.\d+ \(.+\) on 127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^nats 2\.\d+\.\d+ \(.+\) on 127\.0\.0\.1:\d+$/),
    ]);
  });

  test('the owner of the database is no superuser, and the database is durable', async () => {
    const sql = `select rolsuper as super, current_setting('fsync') as fsync, current_setting('data_checksums') as sums
                 from pg_roles where rolname = current_user`;
    expect(await database.query(sql)).toEqual([{ super: false, fsync: 'on', sums: 'on' }]);
  });

  test('what was committed outlives a killed PostgreSQL, at the same address', async () => {
    await database.query('create table kept (id int)');
    await database.query('insert into kept values (1)');
    await parts.postgres.kill9();
    await expect(database.query('select 1')).rejects.toThrow();
    await parts.postgres.restart();
    expect(await database.query('select id from kept')).toEqual([{ id: 1 }]);
  });

  test('a wiped NATS comes back at the same address', async () => {
    const before = parts.nats.pid();
    await parts.nats.wipe();
    expect(parts.nats.pid()).toBeUndefined();
    await parts.nats.restart();
    expect(parts.nats.pid()).not.toBe(before);
  });

  test('a part that was not asked for is named when it is read', () => {
    expect(() => parts.redis).toThrow('redis is not among the local parts');
  });
});
