import { Migration } from '@mikro-orm/migrations';

/** Organizations, contacts, suppression and segments; the roles and the rule that keeps tenants apart. */
export class Directory0001 extends Migration {
  override up(): void {
    for (const statement of [schemas, roles, organizations, contacts, segments, hashes, instants])
      this.addSql(statement);
  }
}

const schemas = `
create schema if not exists campaign;
create schema if not exists staging;
revoke all on schema campaign, staging from public;`;

// Two deployments on one server share the roles, hence "if not exists" by hand.
const roles = `
do $$
declare role_name text;
begin
  foreach role_name in array array['campaign_app', 'campaign_dispatcher'] loop
    begin
      execute format('create role %I nologin noinherit nobypassrls', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
    -- Since 16 whoever creates a role administers it, which is membership of a kind, but may not become it.
    if not pg_has_role(current_user, role_name,
      case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) then
      execute format('grant %I to current_user', role_name);
    end if;
  end loop;
end $$;
grant usage on schema campaign to campaign_app, campaign_dispatcher;
grant usage on schema staging to campaign_app, campaign_dispatcher;`;

// An unset organization raises: a query that forgot its tenant must be loud, never empty (P-30).
const organizations = `
create function campaign.current_org() returns int language plpgsql stable as $$
begin
  if nullif(current_setting('app.org', true), '') is null then
    raise exception 'no organization is set for this transaction' using errcode = 'insufficient_privilege';
  end if;
  return current_setting('app.org', true)::int;
end $$;

create table campaign.organization (
  org_no int generated always as identity primary key,
  id text not null unique,
  settings jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now()
);

create function campaign.ensure_organization(wanted text) returns int
language plpgsql security definer set search_path = campaign as $$
declare found_no int;
begin
  select org_no into found_no from organization where id = wanted;
  if found_no is null then
    insert into organization (id) values (wanted) on conflict (id) do nothing;
    select org_no into found_no from organization where id = wanted;
  end if;
  return found_no;
end $$;`;

const contacts = `
create table campaign.contact (
  contact_no bigint generated always as identity primary key,
  org_no int not null references campaign.organization,
  external_id text not null,
  email text,
  email_valid boolean not null default false,
  email_opted_in boolean not null default false,
  phone text,
  sms_opted_in boolean not null default false,
  whatsapp_verified boolean not null default false,
  push_token text,
  express_consent boolean not null default false,
  first_name text,
  last_name text,
  locale text,
  time_zone text,
  country text,
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  revision int not null default 1,
  shadow boolean not null default false,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (org_no, external_id)
);
create index contact_by_org on campaign.contact (org_no, contact_no);
create index contact_by_attribute on campaign.contact using gin (attributes jsonb_path_ops);
create index contact_by_tag on campaign.contact using gin (tags);

-- channel 0 means every channel. Each reason has a row and a time of its own: who bounces and then unsubscribes has said
-- no, and it must be known when, and known still when a mended address ends the bounce.
create table campaign.suppression (
  org_no int not null references campaign.organization,
  contact_no bigint not null references campaign.contact on delete cascade,
  channel smallint not null default 0,
  reason text not null check (reason in ('unsubscribed', 'complained', 'hard_bounced', 'erased', 'do_not_send')),
  created_at timestamptz not null default now(),
  primary key (contact_no, channel, reason)
);

-- Staged rows are logged and counted: an unlogged table is emptied by a crash and a load would end short unnoticed.
create table staging.contact_load (
  load_no bigint generated always as identity primary key,
  org_no int not null,
  expected int,
  created_at timestamptz not null default now()
);
create table staging.contact_row (
  load_no bigint not null,
  line int not null,
  external_id text not null,
  email text,
  email_opted_in boolean,
  phone text,
  sms_opted_in boolean,
  first_name text,
  last_name text,
  locale text,
  time_zone text,
  country text,
  tags text[],
  attributes jsonb not null,
  primary key (load_no, line)
);`;

const segments = `
create table campaign.segment (
  segment_no bigint generated always as identity primary key,
  id text not null unique,
  org_no int not null references campaign.organization,
  name text not null,
  rules jsonb not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index segment_name on campaign.segment (org_no, lower(name));`;

// The twin of src/shared/hash-bucket.ts; golden vectors in test/ hold both. 10,000 buckets: allocations have two decimals.
const hashes = `
create function campaign.hash_bucket(salt text, key text) returns int
language sql immutable parallel safe as $$
  select (('x' || left(encode(sha256(convert_to(salt || key, 'UTF8')), 'hex'), 8))::bit(32)::bigint % 10000)::int
$$;`;

// The twin of src/shared/instant.ts: the time that an attribute names, null for whatever is none. It never raises, as
// one customer's "30 February" must not end an expansion; the day is checked because the cast would raise.
const instants = String.raw`
create function campaign.instant(value jsonb) returns timestamptz language sql stable parallel safe as $$
  select case
    when value is null or jsonb_typeof(value) <> 'string' then null
    when (value #>> '{}') !~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?$' then null
    when substr(value #>> '{}', 9, 2)::int
      > extract(day from (left(value #>> '{}', 7) || '-01')::date + interval '1 month - 1 day') then null
    when length(value #>> '{}') = 10 then ((value #>> '{}') || 'T00:00Z')::timestamptz
    when (value #>> '{}') ~ '(Z|[+-][0-9]{2}:[0-9]{2})$' then (value #>> '{}')::timestamptz
    else ((value #>> '{}') || 'Z')::timestamptz
  end
$$`;
