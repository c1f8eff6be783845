import { Migration } from '@mikro-orm/migrations';

/** Audiences of people who are named one by one, by the organization's own ids. */
export class NamedAudiences0031 extends Migration {
  override up(): void {
    for (const statement of [audiences, people]) this.addSql(statement);
  }
}

const audiences = `
alter table campaign.audience add column named int check (named > 0);
alter table campaign.audience drop constraint audience_one_source;
alter table campaign.audience
  add constraint audience_one_source check (num_nonnulls(segment_no, rules, remote_id, named) = 1);`;

// By the id that was given, known to the directory or not: whoever comes with it later is meant. Rows are written with their
// audience and never changed; audiences are fixed once a campaign has started, so an execution needs no copy of them.
const people = `
create table campaign.named_user (
  audience_id text not null references campaign.audience on delete cascade,
  external_id text not null,
  org_no int not null references campaign.organization,
  primary key (audience_id, external_id)
);
alter table campaign.named_user enable row level security;
alter table campaign.named_user force row level security;
create policy tenant on campaign.named_user to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.named_user to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.named_user to campaign_app, campaign_dispatcher;`;
