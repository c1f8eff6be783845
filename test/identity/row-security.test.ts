import type { Transaction } from '../../src/adapters/postgres';
import { loginFaults, tenancyFaults } from '../../src/identity/tenancy-faults';
import { buildExecution } from '../events/ledger-builder';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let tables: string[];
let ours: number;
let theirs: number;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = (await buildExecution(database.dispatcher, { name: 'ours', people: 2, organizationId: 'org-ours' })).orgNo;
  theirs = (await buildExecution(database.dispatcher, { name: 'theirs', people: 2, organizationId: 'org-theirs' }))
    .orgNo;
  const rows = await database.owner.query<{ name: string }>(
    `select 'campaign.' || c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_no' and not a.attisdropped
     where c.relnamespace = 'campaign'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  tables = rows.map(({ name }) => name);
});
afterAll(() => database.close());

/** What the application reads of a table in a transaction that begins so; an error counts as nothing. */
const readAfter = (table: string, begin: (tx: Transaction) => Promise<unknown>): Promise<unknown[]> =>
  database.app
    .transaction(async (tx) => {
      await begin(tx);
      return tx.query(`select org_no from ${table}`);
    })
    .catch((error: { code?: string }) => {
      if (error.code !== '42501') throw error;
      return [];
    });

const become = (orgNo: number | string) => (tx: Transaction) =>
  tx.query(`select set_config('app.org', $1, true)`, [String(orgNo)]);

describe('row-level security', () => {
  it('is whole in the catalog: forced, with a policy, on every table and partition that carries an organization', async () => {
    expect(tables.length).toBeGreaterThan(25);
    expect(await tenancyFaults(database.owner)).toEqual([]);
  });

  it("is not the application's to get round: it owns nothing, is no superuser, and has no BYPASSRLS", async () => {
    const faults = await loginFaults(database.app);
    expect(faults.filter((fault) => fault.includes('campaign_app'))).toEqual([]);
  });

  it('shows nothing of any table without an organization, with an empty one, and after a connection was somebody', async () => {
    for (const table of tables) {
      expect({ table, rows: await readAfter(table, async () => undefined) }).toEqual({ table, rows: [] });
      await readAfter(table, become(theirs));
      expect({ table, rows: await readAfter(table, async () => undefined) }).toEqual({ table, rows: [] });
      expect({ table, rows: await readAfter(table, become('')) }).toEqual({ table, rows: [] });
    }
  });

  it('shows an organization its own rows alone', async () => {
    for (const table of tables) {
      const seen = (await readAfter(table, become(ours))) as { org_no: number }[];
      expect({ table, others: seen.filter(({ org_no }) => org_no !== ours) }).toEqual({ table, others: [] });
    }
    expect(await readAfter('campaign.message', become(ours))).toHaveLength(2);
    expect(await database.dispatcher.query('select 1 from campaign.message')).toHaveLength(4);
  });

  it('lets nobody write a row for another, move one there, or take one away', async () => {
    const asOurs = (sql: string) =>
      database.app.transaction(async (tx) => {
        await become(ours)(tx);
        return tx.query(sql);
      });
    await expect(
      asOurs(`insert into campaign.contact (org_no, external_id) values (${theirs}, 'smuggled')`),
    ).rejects.toThrow('row-level security');
    await expect(asOurs(`update campaign.contact set org_no = ${theirs}`)).rejects.toThrow('row-level security');
    expect(await asOurs(`delete from campaign.suppression where org_no = ${theirs} returning 1`)).toEqual([]);
    expect(await asOurs(`update campaign.contact set first_name = 'x' where org_no = ${theirs} returning 1`)).toEqual(
      [],
    );
  });

  it('has no way in by a partition', async () => {
    const partitions = await database.owner.query<{ name: string }>(
      `select 'campaign.' || relname as name from pg_inherits join pg_class on oid = inhrelid
       where relnamespace = 'campaign'::regnamespace and relkind = 'r'`,
    );
    expect(partitions.length).toBeGreaterThan(5);
    for (const { name } of partitions)
      await expect(database.app.query(`select 1 from ${name}`)).rejects.toThrow('permission denied');
  });

  it('comes before a condition that would tell what it sees', async () => {
    const seen: string[] = [];
    await database.owner.query(
      `create function campaign.tell(id text) returns boolean language plpgsql cost 0.0001 as
       $$ begin raise exception 'saw %', id; end $$`,
    );
    await database.owner.query('grant execute on function campaign.tell(text) to campaign_app');
    const told = database.app.transaction(async (tx) => {
      await become(ours)(tx);
      return tx.query('select 1 from campaign.contact where campaign.tell(external_id)');
    });
    await told.catch((error: Error) => seen.push(error.message));
    expect(seen).toEqual([expect.stringMatching(/^saw ours-/)]);
  });
});
