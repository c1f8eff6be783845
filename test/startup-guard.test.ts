import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../src/adapters/postgres';
import { refuseUnsafeDatabase } from '../src/startup-guard';
import { createTestDatabase, type TestDatabase } from './support/database';
import { sharedServers } from './support/local-servers';

let database: TestDatabase;
let admin: Database;
const logins: string[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  const url = Object.assign(new URL(sharedServers().adminUrl), { pathname: new URL(database.url).pathname }).toString();
  admin = openDatabase({ url, poolSize: 1, applicationName: 'test admin' });
});
afterEach(async () => {
  for (const login of logins.splice(0)) await admin.query(`drop role ${login}`);
  await admin.close();
  await database.close();
});

const api = { environment: 'production', roles: ['api'] } as const;

/** What the start says of the database as this login sees it, of the tests' own forgetfulness nothing. */
async function faultsOf(login: Database, config: Parameters<typeof refuseUnsafeDatabase>[1] = api): Promise<string[]> {
  const message = await refuseUnsafeDatabase(login, config).then(
    () => '',
    (error: Error) => error.message,
  );
  return message
    .split('\n  ')
    .slice(1)
    .filter((fault) => !fault.endsWith('acknowledged rows may be lost'));
}

/** Makes a login with these attributes, as whoever deploys the service does, and says what is wrong with it. */
async function faultsOfLogin(attributes: string, grants = 'campaign_app'): Promise<string[]> {
  const name = `login_${randomUUID().slice(0, 8)}`;
  await admin.query(`create role ${name} login password 'secret' ${attributes}`);
  logins.push(name);
  await admin.query(`grant ${grants} to ${name}`);
  const url = Object.assign(new URL(database.url), { username: name, password: 'secret' }).toString();
  const login = openDatabase({ url, poolSize: 1, applicationName: 'test login' });
  const faults = await faultsOf(login);
  await login.close();
  return faults.map((fault) => fault.replace(name, 'the login'));
}

describe('the start', () => {
  it('refuses settings that may forget what was acknowledged, except in tests', async () => {
    const { owner } = database;
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'])
      await expect(refuseUnsafeDatabase(owner, { ...api, environment: 'development' })).rejects.toThrow(
        `${name} is off`,
      );
    await expect(refuseUnsafeDatabase(owner, { ...api, environment: 'test' })).resolves.toBeUndefined();
  });

  it('takes a login that may do nothing but be the application', async () => {
    expect(await faultsOfLogin('')).toEqual([]);
  });

  it('refuses to serve requests as a superuser, around row-level security, or as the owner', async () => {
    expect(await faultsOfLogin('superuser')).toEqual(['requests would be served as the login, which is a superuser']);
    expect(await faultsOfLogin('bypassrls')).toEqual(['requests would be served as the login, which has BYPASSRLS']);
    expect(await faultsOfLogin('', 'campaign')).toEqual(['requests would be served as campaign, which owns tables']);
    expect(await faultsOf(database.owner)).toEqual(['requests would be served as campaign, which owns tables']);
  });

  it('lets a developer, and a process that serves no requests, be the owner', async () => {
    expect(await faultsOf(database.owner, { environment: 'development', roles: ['api'] })).toEqual([]);
    expect(await faultsOf(database.owner, { environment: 'production', roles: ['dispatcher'] })).toEqual([]);
  });

  it('names everything that is wrong at once', async () => {
    const [partition] = await database.owner.query<{ name: string }>(
      `select 'campaign.' || relname as name from pg_inherits join pg_class on oid = inhrelid where inhparent = 'campaign.message'::regclass limit 1`,
    );
    await database.owner.query('alter table campaign.campaign disable row level security');
    await database.owner.query('alter table campaign.contact no force row level security');
    await database.owner.query('drop policy tenant on campaign.segment');
    await database.owner.query('create policy loose on campaign.variant to campaign_app using (true)');
    await database.owner.query(`grant select on ${partition?.name} to campaign_app`);
    await database.owner.query('create table campaign.newcomer (org_no int)');
    await database.owner.query('drop index campaign.message_by_contact');
    expect(await faultsOf(database.owner)).toEqual([
      'the unique key campaign.message (contact_no, exec_no, slot) is missing',
      'campaign.newcomer has no policy that keeps campaign_app to one organization',
      'campaign.segment has no policy that keeps campaign_app to one organization',
      'campaign_app may pass the policy loose of campaign.variant',
      `campaign_app may reach the partition ${partition?.name} directly`,
      'row-level security is not forced on campaign.contact',
      'row-level security is not forced on campaign.newcomer',
      'row-level security is off on campaign.campaign',
      'row-level security is off on campaign.newcomer',
      'requests would be served as campaign, which owns tables',
    ]);
  });
});
