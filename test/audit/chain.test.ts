import type { Database } from '../../src/adapters/postgres';
import { openDatabase } from '../../src/adapters/postgres';
import { verifyChain } from '../../src/audit/chain-reader';
import type { Anchor } from '../../src/audit/chain-verification';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { sharedServers } from '../support/local-servers';
import { append, type LoggedOrganization, makeOrganization } from './audit-log';

let world: TestDatabase;
let superuser: Database;

beforeAll(async () => {
  world = await createTestDatabase();
  const url = Object.assign(new URL(sharedServers().adminUrl), { pathname: new URL(world.url).pathname }).toString();
  superuser = openDatabase({ url, poolSize: 2, applicationName: 'test superuser' });
});
afterAll(async () => {
  await superuser.close();
  await world.close();
});

const verify = async (organization: LoggedOrganization, anchors?: readonly Anchor[]) =>
  (await verifyChain(world.dispatcher, organization, anchors)).breaks;

test('the application may add and read, and nothing else; not even the owner changes an entry', async () => {
  const organization = await makeOrganization(world.owner, 'org-grants');
  await append(world.app, organization);
  const asApp = (sql: string) =>
    world.app.transaction(async (tx) => {
      await tx.query(`select set_config('app.org', $1, true)`, [String(organization.org_no)]);
      return tx.query(sql);
    });
  expect(await asApp('select seq from campaign.audit_entry')).toEqual([{ seq: 1 }]);
  for (const sql of [
    `update campaign.audit_entry set actor = 'x'`,
    'select * from campaign.audit_intake',
    'delete from campaign.audit_intake',
    'delete from campaign.audit_entry',
    'truncate campaign.audit_entry',
    'update campaign.audit_head set seq = 0',
    'delete from campaign.audit_head',
    `insert into campaign.audit_entry (org_no, seq) values (${organization.org_no}, 9)`,
    `insert into campaign.audit_entry (org_no, at) values (${organization.org_no}, now())`,
  ]) {
    await expect(asApp(sql)).rejects.toThrow(/permission denied/);
  }
  await expect(superuser.query(`update campaign.audit_entry set actor = 'x'`)).rejects.toThrow(/only ever added to/);
  await expect(superuser.query('truncate campaign.audit_entry')).rejects.toThrow(/only ever added to/);
});

test('an organization sees its own log alone, and adds to no other', async () => {
  const [ours, theirs] = [await makeOrganization(world.owner, 'org-o'), await makeOrganization(world.owner, 'org-t')];
  await append(world.app, theirs);
  const rows = await world.app.transaction(async (tx) => {
    await tx.query(`select set_config('app.org', $1, true)`, [String(ours.org_no)]);
    return tx.query('select seq from campaign.audit_entry');
  });
  expect(rows).toEqual([]);
  const foreign = world.app.transaction(async (tx) => {
    await tx.query(`select set_config('app.org', $1, true)`, [String(ours.org_no)]);
    await tx.query(
      `insert into campaign.audit_intake (org_no, actor, role, action, object_type, object_id, changes, request_id)
       values ($1, 'a', 'r', 'x', 'o', 'i', '[]', '')`,
      [theirs.org_no],
    );
  });
  await expect(foreign).rejects.toThrow(/row-level security/);
});

test('what is rolled back leaves no entry and no gap', async () => {
  const organization = await makeOrganization(world.owner, 'org-rollback');
  await append(world.app, organization);
  const failing = world.app.transaction(async (tx) => {
    await tx.query(`select set_config('app.org', $1, true)`, [String(organization.org_no)]);
    await tx.query(
      `insert into campaign.audit_intake (org_no, actor, role, action, object_type, object_id, changes, request_id)
       values ($1, 'a', 'r', 'x', 'o', 'i', '[]', '')`,
      [organization.org_no],
    );
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await append(world.app, organization);
  expect((await verifyChain(world.dispatcher, organization)).entries).toBe(2);
  expect(await verify(organization)).toEqual([]);
});

test('texts of every alphabet hash the same in SQL and in TypeScript', async () => {
  const organization = await makeOrganization(world.owner, 'org-texts');
  for (const text of ['', ':,', 'ü€😀', '\u2028"\\', 'a'.repeat(70_000)])
    await append(world.app, organization, { objectId: text, changes: [{ field: text, before: null, after: text }] });
  expect(await verify(organization)).toEqual([]);
});

/** Changes the log as somebody does for whom no trigger and no grant holds. */
const tamper = (sql: string, values: readonly unknown[] = []) =>
  superuser.transaction(async (tx) => {
    await tx.query(`set local session_replication_role = replica`);
    await tx.query(sql, values);
  });

describe('a log of 10,000 entries by concurrent writers', () => {
  const entries = 10_000;
  let organization: LoggedOrganization;
  let anchors: Anchor[];

  beforeAll(async () => {
    organization = await makeOrganization(world.owner, 'org-10k');
    const writers = openDatabase({ url: world.url, poolSize: 8, applicationName: 'test', role: 'campaign_app' });
    const each = async () => {
      for (let n = 0; n < entries / 8; n++) await append(writers, organization, { objectId: `cmp_${n}` });
    };
    await Promise.all(Array.from({ length: 8 }, each));
    await writers.close();
    anchors = await world.owner.transaction(async (tx) => {
      await tx.query('set local role campaign_dispatcher');
      return tx.query<Anchor>(
        `select seq, encode(hash, 'hex') as hash from campaign.audit_entry where org_no = $1 and seq % 1000 = 0`,
        [organization.org_no],
      );
    });
    await tamper('create table campaign.audit_copy as table campaign.audit_entry');
    await tamper('create table campaign.head_copy as table campaign.audit_head');
  }, 120_000);

  /** Puts the log back as it was written. */
  const restore = async (from: number) => {
    await tamper('delete from campaign.audit_entry where org_no = $1 and seq >= $2', [organization.org_no, from]);
    await tamper('insert into campaign.audit_entry select * from campaign.audit_copy where org_no = $1 and seq >= $2', [
      organization.org_no,
      from,
    ]);
    await tamper(
      `update campaign.audit_head h set seq = c.seq, hash = c.hash, at = c.at from campaign.head_copy c
       where h.org_no = c.org_no and h.org_no = $1`,
      [organization.org_no],
    );
  };

  test('there is no fork and no gap', async () => {
    const verified = await verifyChain(world.dispatcher, organization, anchors);
    expect(verified).toEqual({ organizationId: 'org-10k', entries, breaks: [] });
  });

  const org = () => organization.org_no;
  const where = 'where org_no = $1 and seq = any($2::int[])';
  const strike = (sql: string) => (seqs: readonly number[]) => tamper(sql, [org(), seqs]);
  const cut = strike('delete from campaign.audit_entry where org_no = $1 and seq >= ($2::int[])[1]');
  const moveHead = strike(
    `update campaign.audit_head h set seq = e.seq, hash = e.hash from campaign.audit_entry e
     where h.org_no = $1 and e.org_no = $1 and e.seq = ($2::int[])[1] - 1`,
  );

  /** Ways to tamper at many entries at once: each of them must be named. */
  const manyAtOnce = {
    'an edit of who': strike(`update campaign.audit_entry set actor = 'usr_eve' ${where}`),
    'an edit of what': strike(`update campaign.audit_entry set changes = replace(changes, 'draft', 'ready') ${where}`),
    'an edit of the action': strike(`update campaign.audit_entry set action = 'x' ${where}`),
    'an edit with its hash made anew': strike(
      `update campaign.audit_entry e set actor = 'usr_eve', hash = campaign.audit_hash(row(e.org_no, e.seq, e.at, 'usr_eve',
         e.role, e.action, e.object_type, e.object_id, e.changes, e.request_id, e.previous_hash, e.hash)::campaign.audit_entry)
       ${where}`,
    ),
    'a deletion': strike(`delete from campaign.audit_entry ${where}`),
    'an exchange of neighbours': strike(
      `update campaign.audit_entry e set at = o.at, object_id = o.object_id, previous_hash = o.previous_hash, hash = o.hash
       from unnest($2::int[]) as s cross join lateral (values (s, s - 1), (s - 1, s)) as pair (here, there)
       join campaign.audit_entry o on o.org_no = $1 and o.seq = pair.there
       where e.org_no = $1 and e.seq = pair.here`,
    ),
    'a back-dating': strike(`update campaign.audit_entry set at = at - interval '1 day' ${where}`),
  };
  /** Ways that move everything behind the entry. */
  const oneByOne = {
    'an insertion': async (seqs: readonly number[]) => {
      await strike('update campaign.audit_entry set seq = seq + 100000 where org_no = $1 and seq >= ($2::int[])[1]')(
        seqs,
      );
      await strike(
        `update campaign.audit_entry set seq = seq - 99999 where org_no = $1 and seq >= 100000 + ($2::int[])[1]`,
      )(seqs);
      await strike(
        `insert into campaign.audit_entry select org_no, seq, at, 'usr_eve', role, action, object_type, object_id,
           changes, request_id, previous_hash, hash from campaign.audit_copy ${where}`,
      )(seqs);
    },
    'a cut of the tail': cut,
    'a cut of the tail and of the head': async (seqs: readonly number[]) => {
      await cut(seqs);
      await moveHead(seqs);
    },
  };

  /** Places that no two of touch each other. */
  const places = (count: number) => {
    const wide = Math.floor((entries - 10) / count);
    return Array.from({ length: count }, (_, n) => 3 + n * wide + Math.floor(Math.random() * (wide - 3)));
  };
  const unnamed = async (seqs: readonly number[]) => {
    const breaks = await verify(organization, anchors);
    return seqs.filter((seq) => !breaks.some(({ from, to }) => seq - 1 <= from && from <= seq && seq <= to + 1));
  };

  test.each(Object.entries(manyAtOnce))('%s is found and located, 140 times', async (_way, strikeAt) => {
    const seqs = places(140);
    await strikeAt(seqs);
    const missed = await unnamed(seqs);
    await restore(1);
    expect(missed).toEqual([]);
    expect(await verify(organization, anchors)).toEqual([]);
  });

  test.each(Object.entries(oneByOne))('%s is found and located, 7 times', async (_way, strikeAt) => {
    for (const seq of places(7)) {
      await strikeAt([seq]);
      const missed = await unnamed([seq]);
      await restore(seq);
      expect(missed).toEqual([]);
    }
    expect(await verify(organization, anchors)).toEqual([]);
  });

  test('a tail that was written anew, hashes, head and all, is told by what was anchored outside', async () => {
    const seq = 8_500;
    await cut([seq]);
    await moveHead([seq]);
    for (let n = seq; n <= 9_100; n++) await append(world.app, organization);
    expect(await verify(organization)).toEqual([]);
    const breaks = await verify(organization, anchors);
    await restore(seq);
    expect(breaks.map(({ from, to }) => [from, to])).toEqual([
      [8_001, 9_000],
      [9_101, 10_000],
    ]);
  });
});
