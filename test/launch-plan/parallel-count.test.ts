import { type Database, openDatabase } from '../../src/adapters/postgres';
import type { CampaignFields } from '../../src/campaign/campaign-fields';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { createScope } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { sharedServers } from '../support/local-servers';

let world: World;
let directory: Database;

beforeAll(async () => {
  world = await openWorld();
  directory = await openEager(world.ledger);
});
afterAll(async () => {
  await directory.close();
  await world.close();
});

/** The database, which shares work among processes however little it is. */
async function openEager(ledger: Database): Promise<Database> {
  const [row] = await ledger.query<{ name: string }>('select current_database() as name');
  const admin = openDatabase({ url: sharedServers().adminUrl, poolSize: 1, applicationName: 'test admin' });
  for (const setting of ['min_parallel_table_scan_size', 'parallel_setup_cost', 'parallel_tuple_cost'])
    await admin.query(`alter database ${row?.name} set ${setting} = 0`);
  await admin.close();
  const url = Object.assign(new URL(sharedServers().templateUrl), { pathname: `/${row?.name}` }).toString();
  return openDatabase({ url, poolSize: 1, applicationName: 'test', role: 'campaign_dispatcher' });
}

const cases: readonly [string, Partial<CampaignFields>][] = [
  ['quiet hours', {}],
  ['send windows', { sendWindows: [{ days: ['MONDAY'], from: '10:00', until: '11:00' }] }],
  ['a time of day', { localTime: { at: '10:00', ifPast: 'SKIP' } }],
];

test.each(cases)('a launch is counted by several processes at once, with %s', async (name, fields) => {
  const scope = await readyScope(world, `parallel ${name}`);
  await world.ledger.query(
    `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, country, time_zone)
     select $1, 'c-' || i, i || '@example.com', true, true, 'DE', case when i % 2 = 0 then 'Asia/Tokyo' end
     from generate_series(1, 3000) i`,
    [scope.viewer.organizationNo],
  );
  const id = await createReady(scope, { fields: { name, ...fields } });
  const { figures } = await planLaunch(createScope({ ...world.parts, directory }, scope.viewer), id);
  expect(figures.people).toBe(3_000);
});
