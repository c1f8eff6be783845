import { importContacts } from '../../src/contact/contact-import';
import { applyDirectoryEvent, parseDirectoryEvent } from '../../src/events/directory-events';
import type { Scope } from '../../src/scope';
import { suppressionLines } from '../../src/suppression/suppression-csv';
import { importSuppressions, type SuppressionImportOptions } from '../../src/suppression/suppression-import';
import { liftSuppressions } from '../../src/suppression/suppression-service';
import { plainPhone } from '../../src/suppression/suppression-target';
import { openWorld, type World } from '../campaign/campaign-world';
import { until } from '../support/until';

let world: World;
let scope: Scope;
let organizations = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  scope = await world.scopeOf(`suppressing-${++organizations}`);
});

const target = (of: Scope = scope) => ({
  database: world.parts.database,
  orgNo: of.viewer.organizationNo,
  now: world.parts.now,
});

async function* text(csv: string) {
  yield csv;
}
const suppress = (csv: string, options: SuppressionImportOptions = {}) =>
  importSuppressions(target(), suppressionLines(text(csv)), options);

const contacts = (...rows: readonly { externalId: string; email?: string; phone?: string; emailOptedIn?: boolean }[]) =>
  importContacts(target(), rows);

/** What is kept of each person, as `id channel reason`. */
async function suppressed(of: Scope = scope): Promise<string[]> {
  const rows = await world.ledger.query<{ said: string }>(
    `select concat_ws(' ', c.external_id, s.channel, s.reason) as said
     from campaign.suppression s join campaign.contact c using (contact_no) where s.org_no = $1 order by 1`,
    [of.viewer.organizationNo],
  );
  return rows.map(({ said }) => said);
}

test('people and addresses are taken over; a bad line is told with its number and without its address, and stops nothing', async () => {
  await contacts({ externalId: 'ada', email: 'Ada@Example.com' }, { externalId: 'bob', phone: '+49 (30) 12345-6' });
  const report = await suppress(
    [
      'user_id,email,phone,channel,reason',
      'ada,,,,UNSUBSCRIBED',
      ',ADA@example.com,,,complained',
      ',,0049 30 123456,sms,',
      ',nobody at example.com,,,',
      ',ada@example.com,,sms,',
      ',,12345,,',
      'eve,,,telegram,',
      'eve,,,,because',
      ',,,,',
      'eve,,"broken,,',
      'eve,,,email,hard_bounced',
      ',ada@example.com,,,complained',
    ].join('\n'),
  );
  expect(report).toEqual({
    accepted: 5,
    added: 4,
    present: 1,
    rejected: 7,
    rejections: [
      { line: 5, reason: 'the e-mail address is none' },
      { line: 6, reason: 'an e-mail address is not reached by sms' },
      { line: 7, reason: 'the phone number is none with a plus and a country code' },
      { line: 8, reason: expect.stringContaining('the channel must be one of') },
      { line: 9, reason: expect.stringContaining('the reason must be one of') },
      { line: 10, reason: 'there is neither an id nor an address' },
      { line: 11, reason: 'a quote is opened and not closed' },
    ],
  });
  expect(JSON.stringify(report)).not.toContain('example.com');
  expect(await suppressed()).toEqual([
    'ada 0 unsubscribed',
    'ada 1 complained',
    'bob 2 do_not_send',
    'eve 1 hard_bounced',
  ]);
  const again = await suppress('user_id,email\nada,ada@example.com', { reason: 'unsubscribed' });
  expect(again).toMatchObject({ accepted: 1, added: 1 });
  expect(await suppress('user_id,email\nada,ada@example.com', { reason: 'unsubscribed' })).toMatchObject({ added: 0 });
});

describe('an address that nobody has yet', () => {
  beforeEach(() => suppress('email,phone\nlater@example.com,\n,+4930123456'));

  test('is suppressed for whoever comes with it: by import, by event, or by a change', async () => {
    await contacts(
      { externalId: 'import', email: 'Later@Example.com' },
      { externalId: 'free', email: 'free@example.com' },
    );
    const created = { userId: 'event', email: 'later@example.com', phone: '0049 30 123456' };
    const envelope = { id: 'e-1', organizationId: scope.viewer.organizationId, data: created };
    await world.ledger.transaction(async (tx) =>
      applyDirectoryEvent(
        tx,
        scope.viewer.organizationNo,
        parseDirectoryEvent('user.created', JSON.stringify(envelope)),
        world.now,
      ),
    );
    expect(await suppressed()).toEqual([
      'event 1 do_not_send',
      'event 2 do_not_send',
      'event 3 do_not_send',
      'import 1 do_not_send',
    ]);
    await contacts({ externalId: 'free', email: 'later@example.com' });
    expect(await suppressed()).toContain('free 1 do_not_send');
  });

  test('is kept as a keyed hash, and means nothing in another organization', async () => {
    const other = await world.scopeOf('elsewhere');
    await importContacts(target(other), [{ externalId: 'other', email: 'later@example.com' }]);
    expect(await suppressed(other)).toEqual([]);
    const [row] = await world.ledger.query<{ kept: string; plain: number }>(
      `select string_agg(a::text, ' ') as kept,
         count(*) filter (where address_hash = sha256(convert_to('later@example.com', 'UTF8'))) as plain
       from campaign.address_suppression a where org_no = $1`,
      [scope.viewer.organizationNo],
    );
    expect(row?.kept).not.toContain('later');
    expect(row?.plain).toBe(0);
    expect(await world.ledger.query('select 1 from staging.suppression_row')).toEqual([]);
  });

  test('is free again once it was taken back of somebody who has it', async () => {
    await contacts({ externalId: 'one', email: 'later@example.com' });
    await liftSuppressions(scope, { userIds: ['one'], channel: 'email', reason: 'do_not_send' });
    await contacts({ externalId: 'two', email: 'later@example.com' });
    expect(await suppressed()).toEqual([]);
  });
});

test('who is suppressed stays so, whatever is imported about them', async () => {
  await contacts({ externalId: 'ada', email: 'ada@example.com', emailOptedIn: true });
  await suppress('user_id,email\nada,\n,ada@example.com');
  await contacts({ externalId: 'ada', email: 'ada@example.com', emailOptedIn: true });
  await contacts({ externalId: 'ada', email: 'new@example.com', emailOptedIn: true });
  expect(await suppressed()).toEqual(['ada 0 do_not_send', 'ada 1 do_not_send']);
});

test('a contact that is not committed yet is waited for by the suppression of its address, and not missed', async () => {
  let done: Promise<unknown> | undefined;
  await world.ledger.transaction(async (tx) => {
    await tx.query(
      `insert into campaign.contact (org_no, external_id, email) values ($1, 'early', 'race@example.com')`,
      [scope.viewer.organizationNo],
    );
    let finished = false;
    done = suppress('email\nrace@example.com').finally(() => {
      finished = true;
    });
    const waiting = `select from pg_locks where locktype = 'advisory' and not granted`;
    await until(
      'the suppression waits or ends',
      async () => finished || (await world.ledger.query(waiting)).length > 0,
    );
  });
  await done;
  expect(await suppressed()).toEqual(['early 1 do_not_send']);
});

test('a file without a column that says whom is refused', async () => {
  await expect(suppress('name,reason\nAda,complained')).rejects.toMatchObject({ code: 'AUDIENCE_INVALID_IMPORT' });
});

test('a phone number is plain in the same way in SQL and in TypeScript', async () => {
  const phones = ['+49 30 123', '0049-30-123', '(030) 123', '+1 (555) 010-9999', '00', '', 'call me', '+00 1'];
  const rows = await world.ledger.query<{ plain: string }>(
    'select campaign.plain_phone(phone) as plain from unnest($1::text[]) with ordinality p (phone, n) order by n',
    [phones],
  );
  expect(rows.map(({ plain }) => plain)).toEqual(phones.map(plainPhone));
});
