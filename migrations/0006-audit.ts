import { Migration } from '@mikro-orm/migrations';

/**
 * The audit log: one chain of hashes for each organization. Programs hand entries in; number, time and hash are given by
 * the database, so none of ours can fork, back-date or skip. Nobody who is bound by grants changes or deletes a row.
 */
export class Audit0006 extends Migration {
  override up(): void {
    for (const statement of [tables, chain, guards, tenancy]) this.addSql(statement);
  }
}

// The head stands apart from the chain: a chain that was cut short no longer ends where its head says.
const tables = `
create table campaign.audit_head (
  org_no int primary key references campaign.organization,
  seq int not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  at timestamptz not null default '-infinity',
  told_seq int not null default 0
) with (fillfactor = 50);

create table campaign.audit_entry (
  org_no int not null references campaign.organization,
  seq int not null,
  at timestamptz not null,
  actor text not null,
  role text not null,
  action text not null,
  object_type text not null,
  object_id text not null,
  changes text not null check (changes::jsonb is not null),
  request_id text not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (org_no, seq)
);

-- What a transaction hands in; its commit makes entries of it, so it is empty for everybody else.
create table campaign.audit_intake (
  intake_no bigint generated always as identity primary key,
  org_no int not null,
  actor text not null,
  role text not null,
  action text not null,
  object_type text not null,
  object_id text not null,
  changes text not null,
  request_id text not null
);
create index audit_entry_by_object on campaign.audit_entry (org_no, object_id, seq desc);
create index audit_entry_by_action on campaign.audit_entry (org_no, action, seq desc);
create index audit_entry_by_actor on campaign.audit_entry (org_no, actor, seq desc);`;

// The twin of src/audit/entry-hash.ts. Lengths stand before the parts: no two entries have the same text.
// Deferred: the head is locked in the commit alone, after every other lock and without waiting for a program meanwhile.
// It is held until the commit is durable: the order of the chain is that of the commits, and there is one tail.
const chain = `
create function campaign.netstring(part text) returns text language sql immutable parallel safe as $$
  select octet_length(convert_to(part, 'UTF8')) || ':' || part || ','
$$;

create function campaign.audit_hash(e campaign.audit_entry) returns bytea language sql stable as $$
  select sha256(e.previous_hash || convert_to(
    campaign.netstring(e.seq::text) || campaign.netstring(e.org_no::text)
    || campaign.netstring((extract(epoch from e.at) * 1000000)::bigint::text)
    || campaign.netstring(e.actor) || campaign.netstring(e.role) || campaign.netstring(e.action)
    || campaign.netstring(e.object_type) || campaign.netstring(e.object_id) || campaign.netstring(e.request_id)
    || campaign.netstring(encode(sha256(convert_to(e.changes, 'UTF8')), 'hex')), 'UTF8'))
$$;

create function campaign.chain_audit_entry() returns trigger
language plpgsql security definer set search_path = campaign as $$
declare
  head audit_head;
  entry audit_entry;
begin
  insert into audit_head (org_no) values (new.org_no) on conflict do nothing;
  select * into head from audit_head h where h.org_no = new.org_no for update;
  entry := row(new.org_no, head.seq + 1, greatest(clock_timestamp(), head.at), new.actor, new.role, new.action,
    new.object_type, new.object_id, new.changes, new.request_id, head.hash, head.hash);
  entry.hash := audit_hash(entry);
  insert into audit_entry select entry.*;
  update audit_head set seq = entry.seq, hash = entry.hash, at = entry.at where org_no = new.org_no;
  delete from audit_intake where intake_no = new.intake_no;
  return null;
end $$;
create constraint trigger chain after insert on campaign.audit_intake deferrable initially deferred
  for each row execute function campaign.chain_audit_entry();`;

// Beneath the grants: the owner's own slip of the hand fails as well.
const guards = `
create function campaign.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on campaign.audit_entry
  for each row execute function campaign.refuse_audit_change();
create trigger append_only_whole before truncate on campaign.audit_entry
  for each statement execute function campaign.refuse_audit_change();`;

const tenancy = `
alter table campaign.audit_entry enable row level security;
alter table campaign.audit_entry force row level security;
alter table campaign.audit_head enable row level security;
alter table campaign.audit_head force row level security;
alter table campaign.audit_intake enable row level security;
alter table campaign.audit_intake force row level security;
create policy tenant on campaign.audit_intake for insert to campaign_app
  with check (org_no = (select campaign.current_org()));
create policy tenant on campaign.audit_entry for select to campaign_app
  using (org_no = (select campaign.current_org()));
create policy tenant on campaign.audit_head for select to campaign_app
  using (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.audit_entry for select to campaign_dispatcher using (true);
create policy all_organizations on campaign.audit_intake for select to campaign_dispatcher using (true);
create policy all_organizations on campaign.audit_head to campaign_dispatcher using (true) with check (true);
-- The chain is continued as the owner, whom forced security would otherwise stop as well.
create policy owner_keeps_heads on campaign.audit_head to current_user using (true) with check (true);
create policy owner_adds_entries on campaign.audit_entry for insert to current_user with check (true);
create policy owner_empties_intake on campaign.audit_intake to current_user using (true) with check (true);

grant insert (org_no, actor, role, action, object_type, object_id, changes, request_id)
  on campaign.audit_intake to campaign_app;
grant select on campaign.audit_entry, campaign.audit_head to campaign_app;
grant select on campaign.audit_entry, campaign.audit_intake, campaign.audit_head to campaign_dispatcher;
-- Remembers up to which entry heads were told to the outside; the rest of the head is the chain's.
grant update (told_seq) on campaign.audit_head to campaign_dispatcher;
grant execute on function campaign.netstring, campaign.audit_hash to campaign_app, campaign_dispatcher;`;
