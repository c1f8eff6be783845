import { Migration } from '@mikro-orm/migrations';

/** Audiences that others keep: lists of people that a segment service named, or a rules engine chose. */
export class RemoteLists0011 extends Migration {
  override up(): void {
    for (const statement of [audiences, lists, tenancy]) this.addSql(statement);
  }
}

const audiences = `
alter table campaign.audience
  add column remote_source text check (remote_source in ('SEGMENT', 'RULE')),
  add column remote_id text check (length(remote_id) between 1 and 255),
  add constraint audience_remote check ((remote_source is null) = (remote_id is null));
alter table campaign.audience drop constraint audience_check;
alter table campaign.audience
  add constraint audience_one_source check (num_nonnulls(segment_no, rules, remote_id) = 1);`;

// A list counts once read_at is set, in the transaction that has counted it; it never changes afterwards. Members are
// numbers of contacts, read in their order; ids that the directory does not know are kept only until they are counted.
const lists = `
create table campaign.remote_list (
  list_no bigint generated always as identity primary key,
  org_no int not null references campaign.organization,
  source text not null check (source in ('SEGMENT', 'RULE')),
  remote_id text not null,
  started_at timestamptz not null,
  read_at timestamptz,
  people int,
  unknown int
);
create index remote_list_newest on campaign.remote_list (org_no, source, remote_id, list_no desc) where read_at is not null;

create table campaign.remote_member (
  list_no bigint not null,
  contact_no bigint not null,
  org_no int not null,
  primary key (list_no, contact_no)
);

create table staging.remote_stranger (
  list_no bigint not null,
  external_id text not null,
  primary key (list_no, external_id)
);`;

const tenancy = `
do $$
declare t text;
begin
  foreach t in array array['remote_list', 'remote_member'] loop
    execute format('alter table campaign.%I enable row level security', t);
    execute format('alter table campaign.%I force row level security', t);
    execute format('create policy tenant on campaign.%I to campaign_app
      using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()))', t);
    execute format('create policy all_organizations on campaign.%I to campaign_dispatcher using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on campaign.%I to campaign_app, campaign_dispatcher', t);
  end loop;
end $$;
grant usage on all sequences in schema campaign to campaign_app, campaign_dispatcher;
grant select, insert, update, delete on staging.remote_stranger to campaign_app, campaign_dispatcher;`;
