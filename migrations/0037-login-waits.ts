import { Migration } from '@mikro-orm/migrations';

/** In-app messages wait for the login of their person. */
export class LoginWaits0037 extends Migration {
  override up(): void {
    for (const statement of [sessions, waits, tenancy, executions]) this.addSql(statement);
  }
}

// Of a session only what decides whether somebody is there: nothing of what they do in it. `until`: there before it.
const sessions = `
create table campaign.contact_session (
  contact_no bigint primary key,
  org_no int not null,
  started_at timestamptz,
  ended_at timestamptz,
  until timestamptz not null
) with (fillfactor = 70);`;

// A queued message that waits for a login is here and in no chunk. `until` by its execution's own clock, which stands still
// in pauses: nobody's row is touched when a campaign resumes.
const waits = `
create table campaign.login_wait (
  contact_no bigint not null,
  exec_no bigint not null,
  seq int not null,
  org_no int not null,
  phase smallint not null,
  since timestamptz not null,
  until timestamptz not null,
  primary key (contact_no, exec_no, seq)
);
create index login_wait_of_execution on campaign.login_wait (exec_no, until);`;

const tenancy = ['contact_session', 'login_wait']
  .map(
    (table) => `
alter table campaign.${table} enable row level security;
alter table campaign.${table} force row level security;
create policy tenant on campaign.${table} to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.${table} to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.${table} to campaign_app, campaign_dispatcher;`,
  )
  .join('\n');

// One that only waits for logins is aside: it holds up no other occurrence, and no place among the running.
const executions = `
alter table campaign.execution
  add column aside boolean not null default false,
  add column paused_for interval not null default '0';
drop index campaign.execution_one_open;
create unique index execution_one_open on campaign.execution (campaign_no)
  where status in ('pending', 'running', 'paused') and kind in (0, 1) and round = 0 and not aside;`;
