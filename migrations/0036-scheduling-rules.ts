import { Migration } from '@mikro-orm/migrations';

/** What a rules engine said last about the occurrence of a campaign that is due (docs/decisions/0023). */
export class SchedulingRules0036 extends Migration {
  override up(): void {
    this.addSql(answers);
    this.addSql(tenancy);
  }
}

// Beside the campaign, not in it: an answer a minute must not raise its version. heard_at: when the engine itself answered
// last. outlived_at: when the occurrence is not waited with any longer, as the next one is due or the campaign has ended.
const answers = `
create table campaign.scheduling_answer (
  campaign_no bigint primary key references campaign.campaign on delete cascade,
  org_no int not null,
  occurrence text not null,
  rule_id text not null,
  decision text not null check (decision in ('START', 'WAIT', 'SKIP')),
  answered boolean not null,
  reason text,
  until timestamptz,
  asked_at timestamptz not null,
  heard_at timestamptz,
  ask_again_at timestamptz not null,
  outlived_at timestamptz
);`;

const tenancy = `
alter table campaign.scheduling_answer enable row level security;
alter table campaign.scheduling_answer force row level security;
create policy tenant on campaign.scheduling_answer to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.scheduling_answer to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.scheduling_answer to campaign_app, campaign_dispatcher;`;
