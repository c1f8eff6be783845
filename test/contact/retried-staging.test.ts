import type { Database } from '../../src/adapters/postgres';
import { importContacts } from '../../src/contact/contact-import';
import { type Directory, openDirectory } from './directory';

let directory: Directory;
beforeAll(async () => {
  directory = await openDirectory();
});
afterAll(() => directory.close());

const now = () => new Date('2026-03-01T00:00:00Z');

/** Every transaction that copies rows in loses a deadlock once, after its work and before its commit. */
function losingOnce(database: Database, lost: { times: number }): Database {
  const transaction: Database['transaction'] = (work) => {
    let loses = false;
    return database.transaction(async (tx) => {
      let copied = false;
      const copyIn: typeof tx.copyIn = (sql, rows) => {
        copied = true;
        return tx.copyIn(sql, rows);
      };
      const result = await work({ ...tx, copyIn });
      if (copied && !loses) {
        loses = true;
        lost.times += 1;
        throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      }
      return result;
    });
  };
  return { ...database, transaction };
}

test('a staging transaction that is run again stages the same rows, though the stream is read once', async () => {
  async function* stream() {
    for (let n = 1; n <= 30_000; n++) yield { externalId: `p-${n}`, firstName: 'x'.repeat(100) };
    yield { externalId: '' };
  }
  const lost = { times: 0 };
  const database = losingOnce(directory.database, lost);
  const report = await importContacts({ database, orgNo: directory.orgNo, now }, stream());
  expect(lost.times).toBeGreaterThan(1);
  expect(report).toMatchObject({ accepted: 30_000, created: 30_000, rejected: 1 });
  expect(await directory.database.query('select 1 from staging.contact_row')).toEqual([]);
});

test('a stream that breaks leaves nothing staged', async () => {
  async function* stream() {
    for (let n = 1; n <= 20_000; n++) yield { externalId: `q-${n}`, firstName: 'x'.repeat(100) };
    throw new Error('the file is gone');
  }
  const { database, orgNo } = directory;
  await expect(importContacts({ database, orgNo, now }, stream())).rejects.toThrow('the file is gone');
  expect(await database.query('select 1 from staging.contact_row')).toEqual([]);
  expect(await database.query('select 1 from staging.contact_load')).toEqual([]);
});
