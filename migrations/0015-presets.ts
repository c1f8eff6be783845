import { Migration } from '@mikro-orm/migrations';

/** Templates of campaigns that an organization keeps. */
export class Presets0015 extends Migration {
  override up(): void {
    for (const statement of [presets, tenancy]) this.addSql(statement);
  }
}

const presets = `
create table campaign.preset (
  preset_no bigint generated always as identity primary key,
  id text not null unique,
  org_no int not null references campaign.organization,
  name text not null check (length(name) between 1 and 255),
  description text check (length(description) <= 2000),
  definition jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  archived_at timestamptz
);
create unique index preset_name on campaign.preset (org_no, lower(name)) where archived_at is null;
create index preset_list on campaign.preset (org_no, preset_no desc) where archived_at is null;`;

const tenancy = `
alter table campaign.preset enable row level security;
alter table campaign.preset force row level security;
create policy tenant on campaign.preset to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.preset to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.preset to campaign_app, campaign_dispatcher;
grant usage on all sequences in schema campaign to campaign_app, campaign_dispatcher;`;
