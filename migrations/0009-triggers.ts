import { Migration } from '@mikro-orm/migrations';

/** Triggers as parts of a campaign, and the index by which the dispatcher finds what is due. */
export class Triggers0009 extends Migration {
  override up(): void {
    for (const statement of [triggers, tenancy, due]) this.addSql(statement);
  }
}

const triggers = `
create table campaign.trigger (
  trigger_no bigint generated always as identity primary key,
  id text not null unique,
  org_no int not null references campaign.organization,
  campaign_no bigint not null references campaign.campaign on delete cascade,
  position smallint not null,
  event_type text not null check (length(event_type) between 1 and 100),
  conditions jsonb not null,
  delay_minutes int not null check (delay_minutes between 0 and 43200),
  frequency_count int not null check (frequency_count > 0),
  frequency_hours int not null check (frequency_hours > 0),
  heeds_quiet_hours boolean not null,
  enabled boolean not null
);
create index trigger_by_campaign on campaign.trigger (campaign_no, position);
create index trigger_by_event on campaign.trigger (org_no, event_type) where enabled;`;

const tenancy = `
alter table campaign.trigger enable row level security;
alter table campaign.trigger force row level security;
create policy tenant on campaign.trigger to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.trigger to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.trigger to campaign_app, campaign_dispatcher;
grant usage on all sequences in schema campaign to campaign_app, campaign_dispatcher;`;

// Times lie in the schedule as texts of one form, so their order is that of the texts. Campaigns without a time, and
// those that have ended, cost the search nothing.
const due = `
create index campaign_due on campaign.campaign ((schedule ->> 'at') collate "C")
  where archived_at is null and status in ('scheduled', 'running', 'paused');
create index campaign_end on campaign.campaign (end_at)
  where archived_at is null and status in ('scheduled', 'active') and end_at is not null;`;
