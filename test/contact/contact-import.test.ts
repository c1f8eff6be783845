import { join } from 'node:path';
import { hillstromContacts, openHillstrom } from '../../demo/hillstrom';
import { importContacts, importCsv } from '../../src/contact/contact-import';
import type { ContactInput } from '../../src/contact/contact-input';
import { parseRule } from '../../src/segment/rule-parser';
import { compileRule } from '../../src/segment/rule-sql';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { DomainError } from '../../src/shared/errors';
import { type Directory, ensureOrganization, openDirectory } from './directory';

let directory: Directory;
beforeAll(async () => {
  directory = await openDirectory();
});
afterAll(() => directory.close());

const hillstrom = join(__dirname, '../data/hillstrom.csv.gz');
const now = () => new Date('2026-03-01T00:00:00Z');
const target = () => ({ database: directory.database, orgNo: directory.orgNo, now });

/** The text in pieces that fall anywhere, in the middle of a character too. */
async function* pieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const csv = (text: string, options = {}) => importCsv(target(), pieces(text), options);

const contact = async (externalId: string): Promise<Record<string, unknown> | undefined> => {
  const [row] = await directory.database.query(
    `select email, email_valid, email_opted_in, first_name, country, time_zone, tags, attributes, revision
     from campaign.contact where org_no = $1 and external_id = $2`,
    [directory.orgNo, externalId],
  );
  return row;
};

const counts = (accepted: number, created: number, updated: number, unchanged: number, rejected: number) => ({
  accepted,
  created,
  updated,
  unchanged,
  rejected,
});

describe('an import of contacts', () => {
  it('keeps profile columns, and makes attributes of the others', async () => {
    const report = await csv(
      'External ID,email,First Name,country,timeZone,tags,email_opted_in,age,zip,member,score,__proto__\r\n' +
        'a-1,Zoë@Exämple.com,x,de,Europe/Berlin,vip|new,true,41,01234,true,-0.50,1\r\n',
    );
    expect(report).toMatchObject({
      ...counts(0, 0, 0, 0, 1),
      rejections: [{ line: 2, reason: '"Zoë@Exämple.com" is no e-mail address' }],
    });
    await csv(
      'External ID,email,First Name,country,timeZone,tags,email_opted_in,attributes.age,zip,member,score,__proto__\r\n' +
        'a-1,zoe@Exämple.com,Zoë,de,Europe/Berlin,vip|new,true,41,01234,true,-0.50,1\r\n',
    );
    expect(await contact('a-1')).toEqual({
      email: 'zoe@xn--exmple-cua.com',
      email_valid: true,
      email_opted_in: true,
      first_name: 'Zoë',
      country: 'DE',
      time_zone: 'Europe/Berlin',
      tags: ['vip', 'new'],
      attributes: JSON.parse('{"age":41,"zip":"01234","member":true,"score":-0.5,"__proto__":1}'),
      revision: 1,
    });
  });

  it('rejects each wrong line with its reason, and never the rest', async () => {
    const report = await csv(
      [
        'id,email,city', // 1
        'b-1,b1@example.com,Ulm', // 2
        ',b2@example.com,Ulm', // 3
        'b-3,b3@example.com', // 4
        'b-4,"b4@example.com,x@example.com",Ulm', // 5
        'b-5,b5@example.com,"Ulm', // 6
        'b-6,b6@example.com,Neu"Ulm', // 7
        'b-7,b7@example.com,"New', // 8
        '""Ulm"""', // 9
        `b-8,b8@example.com,${'x'.repeat(300)}`, // 10: too long for a record here
        'b-9,b9@example.com,a\0b', // 11
        '', // 12
        'b-10,b10@example.com,Ulm', // 13
        'b-1,b1@example.com,Bonn', // 14
        'b-11,b11@localhost,Ulm', // 15
        `${'i'.repeat(256)},b12@example.com,Ulm`, // 16
      ].join('\n'),
      { csv: { recordLength: 290 } },
    );
    expect(report.rejections).toEqual([
      { line: 2, reason: 'the same id stands on line 14, which wins' },
      { line: 3, reason: 'the external id is missing' },
      { line: 4, reason: '2 columns instead of 3' },
      { line: 5, reason: '"b4@example.com,x@example.com" is no e-mail address' },
      { line: 6, reason: 'a quote stands where none may be' },
      { line: 7, reason: 'a quote stands where none may be' },
      { line: 10, reason: 'the line is longer than 290 characters' },
      { line: 11, reason: 'an attribute cannot be stored as JSON' },
      { line: 15, reason: '"b11@localhost" is no e-mail address' },
      { line: 16, reason: 'the external id is longer than 255 characters' },
    ]);
    expect(report).toMatchObject(counts(3, 3, 0, 0, 10));
    expect(await contact('b-7')).toMatchObject({ attributes: { city: 'New\n"Ulm"' } });
    expect(await contact('b-1')).toMatchObject({ attributes: { city: 'Bonn' } });
  });

  it('loses one line to a quote that nobody closes', async () => {
    const report = await csv(`id,city\nc-1,"Ulm\n${Array.from({ length: 200 }, (_, n) => `c-x${n},Ulm\n`).join('')}`);
    expect(report).toMatchObject({
      accepted: 200,
      rejections: [{ line: 2, reason: 'a quote is opened and not closed' }],
    });
  });

  it('changes nothing the second time', async () => {
    const text = 'id,email,age,nothing\nd-1,d1@example.com,30,\nd-2,,31,\n';
    expect(await csv(text)).toMatchObject(counts(2, 2, 0, 0, 0));
    expect(await csv(text)).toMatchObject(counts(2, 0, 0, 2, 0));
    expect(await contact('d-1')).toMatchObject({ revision: 1, attributes: { age: 30 } });
  });

  it('updates what a line says, keeps what it does not, and raises the revision once', async () => {
    await csv('id,email,country,age,city\ne-1,e1@example.com,DE,30,Ulm\n');
    expect(await csv('id,country,age\ne-1,,31\n')).toMatchObject(counts(1, 0, 1, 0, 0));
    expect(await contact('e-1')).toMatchObject({
      email: 'e1@example.com',
      country: 'DE',
      attributes: { age: 31, city: 'Ulm' },
      revision: 2,
    });
  });

  it('gives consent to new contacts only, and leaves suppression alone', async () => {
    await csv('id,email,email_opted_in\nf-1,f1@example.com,false\n');
    await directory.database.query(
      `insert into campaign.suppression (org_no, contact_no, reason)
       select org_no, contact_no, 'unsubscribed' from campaign.contact where external_id = 'f-1'`,
    );
    await csv('id,email\nf-1,f1@example.com\nf-2,f2@example.com\n', { emailOptedIn: true });
    expect(await contact('f-1')).toMatchObject({ email_opted_in: false });
    expect(await contact('f-2')).toMatchObject({ email_opted_in: true });
    await csv('id,email,email_opted_in\nf-1,f1@example.com,true\n');
    const suppressed = await directory.database.query('select reason from campaign.suppression');
    expect(suppressed).toEqual([{ reason: 'unsubscribed' }]);
  });

  it('does not bring an erased person back', async () => {
    await csv('id,email\ng-1,g1@example.com\n');
    await directory.database.query(
      `update campaign.contact set email = null, attributes = '{}', erased_at = now() where external_id = 'g-1'`,
    );
    const report = await csv('id,email\ng-1,g1@example.com\n');
    expect(report).toMatchObject({ accepted: 0, rejections: [{ line: 2, reason: 'this person was erased' }] });
    expect(await contact('g-1')).toMatchObject({ email: null });
  });

  it('takes contacts in hand the same way', async () => {
    const report = await importContacts(target(), [
      { externalId: 'h-1', email: 'h1@example.com', emailOptedIn: true, attributes: { cart: { items: [1, 2] } } },
      { externalId: 'h-2', email: 'nobody', attributes: {} },
      { externalId: 'h-3', attributes: { bad: '\ud800' } },
      { externalId: 'h-4', timeZone: 'Europe/Atlantis' },
      { externalId: 'h-1', emailOptedIn: false },
    ]);
    expect(report.rejections.map((rejection) => rejection.line)).toEqual([1, 2, 3, 4]);
    expect(await contact('h-1')).toMatchObject({ email: null, email_opted_in: false, attributes: {} });
  });

  it('rejects attributes that are no object: nothing is taken apart by its positions', async () => {
    // As the graph's JSON may hold them.
    const rows: ContactInput[] = JSON.parse(
      '[{"externalId":"w-1","attributes":[7]},{"externalId":"w-2","attributes":"foo"},{"externalId":"w-3","attributes":5}]',
    );
    const report = await importContacts(target(), rows);
    expect(report).toMatchObject({ accepted: 0, rejected: 3 });
    expect(new Set(report.rejections.map(({ reason }) => reason))).toEqual(
      new Set(['the attributes must be an object']),
    );
  });

  it('belongs to one organization', async () => {
    const elsewhere = { ...target(), orgNo: await ensureOrganization(directory.database, 'other') };
    await csv('id,city\ni-1,Ulm\n');
    const report = await importCsv(elsewhere, pieces('id,city\ni-1,Bonn\n'));
    expect(report).toMatchObject(counts(1, 1, 0, 0, 0));
    expect(await contact('i-1')).toMatchObject({ attributes: { city: 'Ulm' } });
  });

  it('bounds what it says of a file that is all wrong, and counts the rest', async () => {
    const report = await csv(`id,email\n${'x,not-an-address\n'.repeat(50)}`, { rejections: 5 });
    expect(report.rejections).toHaveLength(5);
    expect(report.rejected).toBe(50);
  });

  it.each([
    ['an empty file', '', {}],
    ['no id column', 'email,age\n', {}],
    ['a header twice', 'id,age,age\n', {}],
    ['a broken header', 'id,"age\n', {}],
    ['a column that is omitted but not there', 'id,age\n', { omit: ['spend'] }],
    ['an id column that is not there', 'id,age\n', { idColumn: 'number' }],
  ])('refuses %s as a whole', async (_, text, options) => {
    const failure: unknown = await csv(text, options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DomainError);
    expect(failure).toMatchObject({ code: 'AUDIENCE_INVALID_IMPORT' });
  });

  it('leaves nothing behind in the staging tables', async () => {
    const left = await directory.database.query(
      'select load_no from staging.contact_load union all select load_no from staging.contact_row',
    );
    expect(left).toEqual([]);
  });

  it('takes the 64,000 customers of the real experiment without what came of them, twice', async () => {
    expect(await importContacts(target(), hillstromContacts(openHillstrom(hillstrom)))).toMatchObject(
      counts(64_000, 64_000, 0, 0, 0),
    );
    const permuted = await importContacts(target(), hillstromContacts(openHillstrom(hillstrom)));
    expect(permuted).toMatchObject(counts(64_000, 0, 0, 64_000, 0));
    const arms = await directory.database.query(
      `select attributes->>'segment' as segment, count(*)::int as people, sum((attributes->>'history')::numeric)::text as history,
         count(*) filter (where attributes ?| array['visit', 'conversion', 'spend'])::int as told,
         count(*) filter (where email = external_id || '@example.com' and email_valid and email_opted_in)::int as reachable
       from campaign.contact where external_id like 'customer-%' group by 1 order by 1`,
    );
    expect(arms.map(({ segment, people, told, reachable }) => [segment, people, told, reachable])).toEqual([
      ['Mens E-Mail', 21_307, 0, 21_307],
      ['No E-Mail', 21_306, 0, 21_306],
      ['Womens E-Mail', 21_387, 0, 21_387],
    ]);
  }, 300_000);

  it('finds in them whom SQL written by hand finds, and the file itself', async () => {
    const parameters = new SqlParameters([directory.orgNo]);
    const rule = compileRule(
      parseRule({
        all: [
          { field: 'attributes.recency', operator: 'less_than_or_equal', value: 3 },
          { field: 'attributes.zip_code', operator: 'in', value: ['Urban', 'Rural'] },
          {
            any: [
              { field: 'attributes.history', operator: 'greater_than', value: 500 },
              { field: 'attributes.newbie', operator: 'equals', value: 1 },
            ],
          },
          { not: { field: 'attributes.channel', operator: 'starts_with', value: 'Multi' } },
        ],
      }),
      parameters,
    );
    const byRule = await directory.database.query<{ external_id: string }>(
      `select c.external_id from campaign.contact c where c.org_no = $1 and ${rule} order by 1`,
      parameters.values,
    );
    const byHand = await directory.database.query<{ external_id: string }>(
      `select external_id from campaign.contact
       where org_no = $1 and (attributes->>'recency')::int <= 3 and attributes->>'zip_code' in ('Urban', 'Rural')
         and ((attributes->>'history')::numeric > 500 or attributes->>'newbie' = '1') and attributes->>'channel' <> 'Multichannel'
       order by 1`,
      [directory.orgNo],
    );
    const byFile: string[] = [];
    for await (const { externalId, attributes } of hillstromContacts(openHillstrom(hillstrom))) {
      const { recency, zip_code: zip, history, newbie, channel } = attributes;
      const spent = Number(history) > 500 || newbie === 1;
      if (Number(recency) <= 3 && zip !== 'Surburban' && spent && channel !== 'Multichannel') byFile.push(externalId);
    }
    expect(byRule).toEqual(byHand);
    expect(byRule.map((row) => row.external_id)).toEqual(byFile);
    expect(byFile.length).toBeGreaterThan(1000);
  });
});
