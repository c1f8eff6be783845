import { Migration } from '@mikro-orm/migrations';

/** Addresses that nothing is sent to, whoever has them; and where imports of suppressions wait. */
export class AddressSuppressions0028 extends Migration {
  override up(): void {
    for (const statement of [normalizing, tables, tenancy, triggers]) this.addSql(statement);
  }
}

// The twin of plainPhone in src/suppression/suppression-target.ts.
const normalizing = `
create function campaign.plain_phone(phone text) returns text language sql immutable parallel safe as $$
  select regexp_replace(regexp_replace(phone, '[^0-9+]', '', 'g'), '^00', '+')
$$;
create index contact_by_phone on campaign.contact (org_no, campaign.plain_phone(phone)) where phone is not null;

-- Keyed twice, as a hash that ends where its input may be continued is no keyed hash by being keyed once.
create function campaign.address_hash(key bytea, address text) returns bytea language sql stable parallel safe as $$
  select sha256(key || sha256(key || convert_to(address, 'UTF8')))
$$;`;

const tables = `
create table campaign.address_key (
  org_no int primary key references campaign.organization,
  key bytea not null default sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
);
create table campaign.address_suppression (
  org_no int not null references campaign.organization,
  address_hash bytea not null,
  channel smallint not null,
  reason text not null check (reason in ('unsubscribed', 'complained', 'hard_bounced', 'do_not_send')),
  created_at timestamptz not null,
  primary key (org_no, address_hash, channel, reason)
);
-- kind 0: an id of the organization, 1: an e-mail address, 2: a phone number. Its load is one of staging.contact_load.
create table staging.suppression_row (
  load_no bigint not null,
  line int not null,
  kind smallint not null,
  target text not null,
  channels smallint[] not null,
  reason text not null,
  primary key (load_no, line, kind)
);`;

const tenancy = `
do $$
declare t text;
begin
  foreach t in array array['address_key', 'address_suppression'] loop
    execute format('alter table campaign.%I enable row level security', t);
    execute format('alter table campaign.%I force row level security', t);
    execute format('create policy tenant on campaign.%I to campaign_app
      using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()))', t);
    execute format('create policy all_organizations on campaign.%I to campaign_dispatcher using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on campaign.%I to campaign_app, campaign_dispatcher', t);
  end loop;
end $$;
grant select, insert, update, delete on staging.suppression_row to campaign_app, campaign_dispatcher;`;

// In the database, as no path may pass it by: imports, events, shadows of tests, whatever comes. Whoever suppresses an
// address holds the same lock alone, so that of the two, the contact and its suppression, the later one sees the earlier.
// An organization without a key has no suppressed address.
const triggers = `
create function campaign.suppress_by_address() returns trigger language plpgsql as $$
declare own int;
begin
  for own in select distinct org_no from fresh order by 1 loop
    perform pg_advisory_xact_lock_shared(hashtext('campaign.address_suppression'), own);
  end loop;
  if not exists (select from campaign.address_key k where k.org_no in (select org_no from fresh)) then return null; end if;
  if tg_op = 'UPDATE' then
    insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
    select f.org_no, f.contact_no, a.channel, a.reason, now()
    from fresh f join stale s on s.contact_no = f.contact_no
      and (f.email is distinct from s.email or f.phone is distinct from s.phone)
    join campaign.address_key k on k.org_no = f.org_no
    cross join lateral (values (campaign.address_hash(k.key, lower(f.email))),
      (campaign.address_hash(k.key, campaign.plain_phone(f.phone)))) h (address_hash)
    join campaign.address_suppression a on a.org_no = f.org_no and a.address_hash = h.address_hash
    where f.erased_at is null order by f.contact_no on conflict do nothing;
  else
    insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
    select f.org_no, f.contact_no, a.channel, a.reason, now()
    from fresh f join campaign.address_key k on k.org_no = f.org_no
    cross join lateral (values (campaign.address_hash(k.key, lower(f.email))),
      (campaign.address_hash(k.key, campaign.plain_phone(f.phone)))) h (address_hash)
    join campaign.address_suppression a on a.org_no = f.org_no and a.address_hash = h.address_hash
    order by f.contact_no on conflict do nothing;
  end if;
  return null;
end $$;
create trigger suppress_new_by_address after insert on campaign.contact
  referencing new table as fresh for each statement execute function campaign.suppress_by_address();
create trigger suppress_changed_by_address after update on campaign.contact
  referencing old table as stale new table as fresh for each statement execute function campaign.suppress_by_address();`;
