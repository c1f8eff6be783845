import { Migration } from '@mikro-orm/migrations';

/** Templates of a creative service as they came last: what stands in for the service while it is away. */
export class RemoteTemplates0013 extends Migration {
  override up(): void {
    this.addSql(templates);
  }
}

const templates = `
create table campaign.remote_template (
  org_no int not null references campaign.organization,
  template_id text not null,
  version text not null,
  content jsonb not null,
  fetched_at timestamptz not null,
  primary key (org_no, template_id)
);
alter table campaign.remote_template enable row level security;
alter table campaign.remote_template force row level security;
create policy tenant on campaign.remote_template to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.remote_template to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.remote_template to campaign_app, campaign_dispatcher;`;
