import { Migration } from '@mikro-orm/migrations';

/** What another service said about a person, kept with the message that says it. */
export class RemoteProfiles0012 extends Migration {
  override up(): void {
    this.addSql(profiles);
  }
}

// Written once, before the first hand-over, and never changed: the same key must always carry the same body.
const profiles = `
create table campaign.message_profile (
  exec_no bigint not null,
  seq int not null,
  org_no int not null references campaign.organization,
  contact_no bigint not null,
  profile jsonb not null,
  frozen_at timestamptz not null,
  primary key (exec_no, seq)
);
create index message_profile_by_contact on campaign.message_profile (contact_no);
create index message_profile_age on campaign.message_profile using brin (frozen_at);
alter table campaign.message_profile enable row level security;
alter table campaign.message_profile force row level security;
create policy tenant on campaign.message_profile to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.message_profile to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.message_profile to campaign_app, campaign_dispatcher;`;
