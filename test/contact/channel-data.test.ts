import { importContacts, importCsv } from '../../src/contact/contact-import';
import type { ContactInput } from '../../src/contact/contact-input';
import { parseRule } from '../../src/segment/rule-parser';
import { compileRule } from '../../src/segment/rule-sql';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { type Directory, openDirectory } from './directory';

let directory: Directory;
beforeAll(async () => {
  directory = await openDirectory();
});
afterAll(() => directory.close());

const target = () => ({ database: directory.database, orgNo: directory.orgNo, now: () => new Date() });
const bring = (...contacts: ContactInput[]) => importContacts(target(), contacts);

async function contact(externalId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await directory.database.query(
    `select phone, sms_opted_in as sms, whatsapp_verified as whatsapp, push_token as token, express_consent as express,
       do_not_sell as "doNotSell" from campaign.contact where org_no = $1 and external_id = $2`,
    [directory.orgNo, externalId],
  );
  return row;
}

const nothing = { phone: null, sms: false, whatsapp: false, token: null, express: false, doNotSell: false };

test('a file says what is known of people for every channel', async () => {
  const file = [
    'external_id,phone,sms_opted_in,WhatsApp Verified,pushToken,express_consent,do not sell',
    'all,+49 151 1234-5678,yes,true,token-1,1,no',
    'none,,,,,,',
    'wrong,+4915112345678,maybe,,,,',
  ].join('\n');
  const report = await importCsv(
    target(),
    (async function* () {
      yield file;
    })(),
  );
  expect(report).toMatchObject({
    accepted: 2,
    rejections: [{ line: 4, reason: 'sms consent is neither true nor false' }],
  });
  expect(await contact('all')).toEqual({
    ...{ phone: '+4915112345678', sms: true, whatsapp: true, token: 'token-1', express: true, doNotSell: false },
  });
  expect(await contact('none')).toEqual(nothing);
});

test.each([
  ['0049 151/12345678', '+4915112345678'],
  ['+1 (202) 555-0123', '+12025550123'],
  ['0151 12345678', '0151 12345678'],
  ['+49', '+49'],
])('the number %s is kept as %s', async (given, kept) => {
  await bring({ externalId: 'number', phone: given });
  expect((await contact('number'))?.phone).toBe(kept);
});

test('what a later import does not say stays, in any mix', async () => {
  await bring({
    externalId: 'mix',
    phone: '+4915112345678',
    whatsappVerified: true,
    expressConsent: true,
    doNotSell: true,
  });
  await bring({ externalId: 'mix', pushToken: 'token-2', smsOptedIn: true });
  await bring({ externalId: 'mix', doNotSell: false });
  expect(await contact('mix')).toEqual({
    ...{ phone: '+4915112345678', sms: true, whatsapp: true, token: 'token-2', express: true, doNotSell: false },
  });
  expect(await bring({ externalId: 'mix', doNotSell: false })).toMatchObject({ unchanged: 1 });
});

test('another number is not the one that WhatsApp verified', async () => {
  const verified = { externalId: 'moved', phone: '+4915112345678', whatsappVerified: true };
  await bring(verified);
  await bring({ externalId: 'moved', phone: '+4915112345678' });
  expect((await contact('moved'))?.whatsapp).toBe(true);
  await bring({ externalId: 'moved', phone: '+4915187654321' });
  expect((await contact('moved'))?.whatsapp).toBe(false);
  await bring({ externalId: 'moved', phone: '+4915111111111', whatsappVerified: true });
  expect((await contact('moved'))?.whatsapp).toBe(true);
});

test('a push token that is no text of 4,096 characters is refused', async () => {
  expect(await bring({ externalId: 'long', pushToken: 'x'.repeat(4_097) })).toMatchObject({
    rejections: [{ reason: 'the push token is longer than 4096 characters' }],
  });
});

test('rules ask for consent and for what a channel needs', async () => {
  await bring(
    { externalId: 'r-1', smsOptedIn: true, doNotSell: true, pushToken: 't', tags: ['rules'] },
    { externalId: 'r-2', expressConsent: true, whatsappVerified: true, phone: '+4915112345678', tags: ['rules'] },
  );
  const found = async (...rules: object[]) => {
    const parameters = new SqlParameters();
    const rule = parseRule({ all: [{ field: 'tags', operator: 'has_tag', value: 'rules' }, ...rules] });
    const sql = `select external_id from campaign.contact c where ${compileRule(rule, parameters)} order by 1`;
    const rows = await directory.database.query<{ external_id: string }>(sql, parameters.values);
    return rows.map(({ external_id: id }) => id);
  };
  const is = (field: string, value: boolean) => ({ field, operator: 'equals', value });
  expect(await found(is('smsOptedIn', true))).toEqual(['r-1']);
  expect(await found(is('do_not_sell', false))).toEqual(['r-2']);
  expect(await found(is('express_consent', true), is('whatsapp_verified', true))).toEqual(['r-2']);
  expect(await found({ field: 'push_token', operator: 'exists', value: true })).toEqual(['r-1']);
});
