import type { Transaction } from '../adapters/postgres';

/**
 * What was said through a shadow of an address (docs/decisions/0016) is said for the address: whoever has it now, and
 * whoever comes with it, is suppressed alike. Contacts that are no such shadow are passed by; any number of times is as once.
 */
export async function suppressShadowAddresses(tx: Transaction, contactNos: readonly number[]): Promise<void> {
  const owners = await tx.query<{ org_no: number }>(OWNERS, [contactNos], 'shadow-addresses');
  if (owners.length === 0) return;
  // Alone, as whoever suppresses an address is: a contact that comes meanwhile waits, and sees it.
  for (const { org_no } of owners)
    await tx.query(`select pg_advisory_xact_lock(hashtext('campaign.address_suppression'), $1)`, [org_no]);
  await tx.query(ADD_KEYS, [owners.map(({ org_no }) => org_no)]);
  await tx.query(TAKE_OVER, [contactNos]);
}

const SHADOWS = 'campaign.contact c where c.contact_no = any($1::bigint[]) and c.shadow and c.email is not null';

const OWNERS = `select distinct c.org_no from ${SHADOWS} order by 1`;

const ADD_KEYS = 'insert into campaign.address_key (org_no) select unnest($1::int[]) on conflict do nothing';

// "offset 0": by the index of addresses, whatever the planner believes of an organization that is new to it.
const TAKE_OVER = `
with said as materialized (
  select c.org_no, lower(c.email) as address, s.channel, s.reason, s.created_at
  from (select * from ${SHADOWS}) c join campaign.suppression s on s.contact_no = c.contact_no and s.reason <> 'erased'
),
addresses as (
  insert into campaign.address_suppression (org_no, address_hash, channel, reason, created_at)
  select s.org_no, campaign.address_hash(k.key, s.address), s.channel, s.reason, s.created_at
  from said s join campaign.address_key k on k.org_no = s.org_no order by 1, 2, 3, 4 on conflict do nothing
)
insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
select s.org_no, o.contact_no, s.channel, s.reason, s.created_at
from said s cross join lateral (
  select o.contact_no from campaign.contact o
  where o.org_no = s.org_no and lower(o.email) = s.address and o.erased_at is null offset 0
) o
order by o.contact_no, s.channel, s.reason on conflict do nothing`;
