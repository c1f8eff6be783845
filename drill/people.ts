import type { Database } from '../src/adapters/postgres';

/** By which channels a drill goes: e-mail, or each person by one of three. */
export type DrillChannels = 'email' | 'mixed';

/** Of each this many more stand in the directory who must never be written to. */
export const unreachableOf = (recipients: number): number => Math.ceil(recipients / 100);

/**
 * A directory made by the database: `recipients` people who may be written to, some without consent, some suppressed.
 * Everybody's e-mail differs, so that a body that went to the wrong person has another hash.
 */
export function makeDirectory(
  database: Database,
  organizationNo: number,
  recipients: number,
  channels: DrillChannels = 'email',
): Promise<void> {
  const extra = unreachableOf(recipients);
  return database.transaction(async (tx) => {
    await tx.query(`select set_config('app.org', $1, true)`, [String(organizationNo)]);
    await tx.query(CONTACTS, [organizationNo, recipients, recipients + 2 * extra, recipients + extra]);
    if (channels === 'mixed') await tx.query(MIXED, [organizationNo, recipients]);
    await tx.query(SUPPRESSED, [organizationNo]);
  });
}

const CONTACTS = `
insert into campaign.contact
  (org_no, external_id, email, email_valid, email_opted_in, first_name, last_name, country, attributes)
select $1, 'customer-' || n, 'customer-' || n || '@example.com', true, n <= $2 or n > $4, 'Ada ' || n, 'Byron', 'DE',
  jsonb_build_object('group', case when n > $4 then 'suppressed' when n > $2 then 'silent' else 'reachable' end)
from generate_series(1, $3::int) n`;

// By turns: everything, a token and an e-mail, an e-mail alone. Who is silent has a number without consent.
const MIXED = `
update campaign.contact set phone = '+49151' || (1000000 + n), sms_opted_in = n % 3 = 0 and n <= $2,
  push_token = case when n % 3 < 2 and n <= $2 then 'token-' || n end
from (select contact_no, split_part(external_id, '-', 2)::int as n from campaign.contact where org_no = $1) p
where contact.contact_no = p.contact_no`;

const SUPPRESSED = `
insert into campaign.suppression (org_no, contact_no, channel, reason)
select org_no, contact_no, 0, 'unsubscribed' from campaign.contact
where org_no = $1 and attributes ->> 'group' = 'suppressed' on conflict do nothing`;
