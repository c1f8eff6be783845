import { Migration } from '@mikro-orm/migrations';

/** What has to be paid for of executions that have ended, so that a budget need not be held against all of their counters. */
export class Spending0030 extends Migration {
  override up(): void {
    for (const statement of [tables, tenancy, filled]) this.addSql(statement);
  }
}

// An accepted attempt is paid for, also one that bounced and went back to the queue.
const tables = `
alter table campaign.counter add column bounced_back bigint not null default 0;
create table campaign.spending (
  exec_no bigint not null,
  channel smallint not null,
  org_no int not null,
  messages bigint not null,
  primary key (exec_no, channel)
);`;

const tenancy = `
alter table campaign.spending enable row level security;
alter table campaign.spending force row level security;
create policy tenant on campaign.spending to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.spending to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.spending to campaign_app, campaign_dispatcher;`;

const filled = `
insert into campaign.spending (exec_no, channel, org_no, messages)
select c.exec_no, c.channel, min(c.org_no), sum(c.sent + c.unknown + c.in_flight) from campaign.counter c
join campaign.execution e on e.exec_no = c.exec_no and e.status = 'completed'
where c.goal = 0 and c.segment_no = 0 group by c.exec_no, c.channel;`;
