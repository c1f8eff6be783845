import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readAnchors } from '../../src/audit/anchor-file';
import { verifyChain } from '../../src/audit/chain-reader';
import { tellHeads } from '../../src/audit/head-telling';
import { build } from '../demo/built-demo';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { append, type LoggedOrganization, makeOrganization } from './audit-log';

let world: TestDatabase;
let dir: string;
let ours: LoggedOrganization;
let theirs: LoggedOrganization;
const lines: string[] = [];
const published: { id: string; payload: string }[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
const bus = {
  publishBatch: async (events: readonly { id: string; payload: string }[]) => void published.push(...events),
};

beforeAll(async () => {
  world = await createTestDatabase();
  dir = mkdtempSync(join(tmpdir(), 'campaign-audit-'));
  ours = await makeOrganization(world.owner, 'org-ours');
  theirs = await makeOrganization(world.owner, 'org-theirs');
  await build();
}, 120_000);
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await world.close();
});

const tell = () => tellHeads({ database: world.dispatcher, bus: bus as never, log });

test('heads are told once for each time that a chain has grown, on the bus and in the log alike', async () => {
  for (const organization of [ours, ours, theirs]) await append(world.app, organization);
  await tell();
  await tell();
  await append(world.app, ours);
  await tell();
  const fromLog = readAnchors(lines.join(''));
  expect(fromLog).toEqual(readAnchors(published.map(({ payload }) => payload).join('\nnot JSON\n')));
  expect([...fromLog].map(([name, anchors]) => [name, anchors.map(({ seq }) => seq)])).toEqual([
    ['org-ours', [2, 3]],
    ['org-theirs', [1]],
  ]);
  for (const organization of [ours, theirs]) {
    const { breaks } = await verifyChain(world.dispatcher, organization, fromLog.get(organization.id));
    expect(breaks).toEqual([]);
  }
});

test('a head whose telling failed is told again', async () => {
  await append(world.app, theirs);
  const failing = { publishBatch: () => Promise.reject(new Error('the bus is away')) };
  await expect(tellHeads({ database: world.dispatcher, bus: failing, log })).rejects.toThrow('the bus is away');
  const before = published.length;
  await tell();
  expect(published.slice(before)).toHaveLength(1);
});

/** How `npm run audit:verify` ends, and what it says. */
const verify = (...args: string[]) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: world.url };
    execFile(
      process.execPath,
      [join(__dirname, '../../dist/src/audit/verify-command.js'), ...args],
      { env },
      (error, out, told) => resolve({ code: error?.code ?? 0, output: out + told }),
    );
  });

describe('the command', () => {
  test('follows every chain, or the one that is named', async () => {
    expect(await verify()).toEqual({
      code: 0,
      output: 'org-ours: 3 entries, the chain holds\norg-theirs: 2 entries, the chain holds\n',
    });
    expect(await verify('--org', 'org-ours')).toMatchObject({
      code: 0,
      output: 'org-ours: 3 entries, the chain holds\n',
    });
  });

  test('says what it takes, and that there is no such organization', async () => {
    expect(await verify('--nothing')).toMatchObject({ code: 2, output: expect.stringContaining('usage:') });
    expect(await verify('--org', 'org-none')).toEqual({ code: 2, output: 'no organization org-none\n' });
  });

  test('fails on a break, and names the entries; with anchors also on a log that was written anew', async () => {
    const file = join(dir, 'service.log');
    writeFileSync(file, lines.join(''));
    await world.owner.query('alter table campaign.audit_entry disable trigger user');
    // Forced row-level security holds for the owner as well: it is the tables' owner who may end it.
    await world.owner.query('alter table campaign.audit_entry no force row level security');
    await world.owner.query('alter table campaign.audit_head no force row level security');
    await world.owner.query('delete from campaign.audit_entry where org_no = $1', [theirs.org_no]);
    await world.owner.query('delete from campaign.audit_head where org_no = $1', [theirs.org_no]);
    expect(await verify('--org', 'org-theirs')).toMatchObject({ code: 0 });
    expect(await verify('--org', 'org-theirs', '--anchors', file)).toEqual({
      code: 1,
      output: 'org-theirs: 0 entries, BROKEN at 1 places\n  1 to 2: missing at the end\n',
    });
    await world.owner.query(`update campaign.audit_entry set actor = 'usr_eve' where org_no = $1 and seq = 2`, [
      ours.org_no,
    ]);
    expect(await verify()).toEqual({
      code: 1,
      output:
        'org-ours: 3 entries, BROKEN at 1 places\n  2: is not what was written\norg-theirs: 0 entries, the chain holds\n',
    });
  });
});
