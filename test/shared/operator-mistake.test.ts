import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { startMark } from '../../src/local/process-tree';
import { claimFolder } from '../../src/local/running-record';
import { lastWords } from '../../src/shared/operator-mistake';
import { refuseUnsafeDatabase } from '../../src/startup-guard';
import { createTestDatabase } from '../support/database';

/** What a program says that ends by this. */
const saidOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'nothing went wrong';
  } catch (error) {
    return lastWords(error);
  }
};
const stack = /\n\s+at /;

test('wrong settings are told in words, all of them', async () => {
  const settings = { PORT: 'x', LEASE_MS: '-1', DATABASE_URL: 'postgres://a', NATS_URL: 'nats://a' };
  const said = await saidOf(() => readConfig(settings));
  expect(said).toMatch(/PORT.*\n.*LEASE_MS/s);
  expect(said).not.toMatch(stack);
});

test('a folder that a living process works on is told in one sentence', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'campaign-claim-'));
  const owner = process.ppid;
  writeFileSync(join(dir, 'running.json'), JSON.stringify({ owner, ownerStarted: startMark(owner), parts: {} }));
  const said = await saidOf(() => claimFolder(dir));
  rmSync(dir, { recursive: true, force: true });
  expect(said).toBe(`LOCAL_DIR: ${dir} is in use by process ${owner}; stop it, or choose another folder`);
});

test('a database that is not safe to work on is told without a stack, and a fault of ours with one', async () => {
  const database = await createTestDatabase();
  await database.owner.query('alter table campaign.message_profile disable row level security');
  const roles = ['dispatcher'] as const;
  const said = await saidOf(() => refuseUnsafeDatabase(database.owner, { environment: 'development', roles }));
  await database.close();
  expect(said).toMatch(/^The database is not safe to work on:\n/);
  expect(said).not.toMatch(stack);
  expect(lastWords(new TypeError('ours'))).toMatch(/^TypeError: ours\n\s+at /);
});
