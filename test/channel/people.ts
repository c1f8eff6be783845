import fc from 'fast-check';
import type { Database } from '../../src/adapters/postgres';
import { CHANNEL, type ChannelKind } from '../../src/shared/ledger-codes';
import type { Someone } from './channel-oracle';

export const KINDS = ['email', 'sms', 'whatsapp', 'push', 'in_app'] as const satisfies readonly ChannelKind[];

const ofNobody = fc.constantFrom<readonly (ChannelKind | 'all')[]>(
  [],
  [],
  [],
  ['email'],
  ['sms'],
  ['push', 'email'],
  ['all'],
);

/** Anybody: every mix of addresses, consents and suppressions. */
export const someone = (n: number): fc.Arbitrary<Someone> =>
  fc.record({
    external_id: fc.constant(`s-${n}`),
    email: fc.constantFrom(null, `s-${n}@example.com`),
    email_valid: fc.boolean(),
    email_opted_in: fc.boolean(),
    phone: fc.constantFrom(null, '+4915112345678', '0151 12345678', '+49', '+1234567890123456'),
    sms_opted_in: fc.boolean(),
    whatsapp_verified: fc.boolean(),
    push_token: fc.constantFrom(null, 'token'),
    express_consent: fc.boolean(),
    do_not_sell: fc.constantFrom(false, false, true),
    country: fc.constantFrom(null, 'DE', 'CA'),
    suppressed: ofNobody,
  });

/** Puts people into a directory as they are, past every check of an import; all of them are in the application. */
export async function addPeople(database: Database, orgNo: number, people: readonly Someone[]): Promise<void> {
  await database.query(
    `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, phone, sms_opted_in,
       whatsapp_verified, push_token, express_consent, do_not_sell, country)
     select $1, p.* from jsonb_to_recordset($2) p (external_id text, email text, email_valid boolean,
       email_opted_in boolean, phone text, sms_opted_in boolean, whatsapp_verified boolean, push_token text,
       express_consent boolean, do_not_sell boolean, country text)`,
    [orgNo, JSON.stringify(people)],
  );
  await database.query(
    `insert into campaign.contact_session (contact_no, org_no, until)
     select contact_no, org_no, 'infinity' from campaign.contact where org_no = $1 on conflict do nothing`,
    [orgNo],
  );
  const suppressed = people.flatMap(({ external_id, suppressed: channels }) =>
    channels.map((channel) => ({ external_id, channel: channel === 'all' ? 0 : CHANNEL[channel] })),
  );
  await database.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason)
     select $1, c.contact_no, s.channel, 'unsubscribed' from jsonb_to_recordset($2) s (external_id text, channel smallint)
     join campaign.contact c on c.org_no = $1 and c.external_id = s.external_id`,
    [orgNo, JSON.stringify(suppressed)],
  );
}
