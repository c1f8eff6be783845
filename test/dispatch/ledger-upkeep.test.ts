import { keepLedger } from '../../src/dispatch/ledger-upkeep';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const partitions = async (month: string): Promise<number> => {
  const rows = await database.owner.query(
    `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'campaign' and c.relkind = 'r' and c.relname like '%\\_' || $1 and c.relforcerowsecurity`,
    [month],
  );
  return rows.length;
};

test('years after the installation there are partitions for this month and the two after it', async () => {
  expect(await partitions('203112')).toBe(0);
  const now = new Date('2031-12-31T23:59:00Z');
  await Promise.all([keepLedger(database.dispatcher, now), keepLedger(database.dispatcher, now)]);
  expect(await Promise.all(['203112', '203201', '203202', '203203'].map(partitions))).toEqual([3, 3, 3, 0]);
});

test('a time zone that is new to the server is listed, and the others keep their numbers', async () => {
  const zones = () =>
    database.owner.query<{ no: number; name: string }>('select no, name from campaign.time_zone order by no');
  const before = await zones();
  await database.owner.query("delete from campaign.time_zone where name = 'Europe/Athens'");
  const now = new Date();
  await Promise.all([keepLedger(database.dispatcher, now), keepLedger(database.dispatcher, now)]);
  const after = await zones();
  expect(after.filter(({ name }) => name !== 'Europe/Athens')).toEqual(
    before.filter(({ name }) => name !== 'Europe/Athens'),
  );
  expect(after.at(-1)).toEqual({ no: before.length + 1, name: 'Europe/Athens' });
});

test('what an import that was killed had staged is gone after a day, and not before', async () => {
  await database.dispatcher.query(
    `with load as (insert into staging.contact_load (org_no, created_at) values (1, $1) returning load_no)
     insert into staging.contact_row (load_no, line, external_id, attributes) select load_no, 1, 'p-1', '{}' from load`,
    [new Date('2026-11-20T10:00:00Z')],
  );
  const left = async () => (await database.dispatcher.query('select 1 from staging.contact_row')).length;
  await keepLedger(database.dispatcher, new Date('2026-11-21T09:00:00Z'));
  expect(await left()).toBe(1);
  await keepLedger(database.dispatcher, new Date('2026-11-21T11:00:00Z'));
  expect(await left()).toBe(0);
});

test('an event is known for 35 days, and forgotten then', async () => {
  await database.dispatcher.query(
    `insert into campaign.inbox (org_no, source, event_id, received_at) values (1, 'shop', 'e-1', $1)`,
    [new Date('2026-11-01T10:00:00Z')],
  );
  const known = async () => (await database.dispatcher.query('select 1 from campaign.inbox')).length;
  await keepLedger(database.dispatcher, new Date('2026-12-06T09:00:00Z'));
  expect(await known()).toBe(1);
  await keepLedger(database.dispatcher, new Date('2026-12-06T11:00:00Z'));
  expect(await known()).toBe(0);
});
