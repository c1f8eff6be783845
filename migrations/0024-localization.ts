import { Migration } from '@mikro-orm/migrations';

/** What a localization and pricing service said last, and what an execution fixed of it. */
export class Localization0024 extends Migration {
  override up(): void {
    for (const statement of [answers, words, access]) this.addSql(statement);
  }
}

// kind 1 strings, 2 prices. value null: the service has nothing under this key.
const answers = `
create table campaign.localization_answer (
  org_no int not null references campaign.organization,
  kind smallint not null,
  place text not null,
  key text not null,
  value jsonb,
  answered_at timestamptz not null,
  primary key (org_no, kind, place, key)
);
create index localization_answer_age on campaign.localization_answer using brin (answered_at);`;

// words null: nothing was said of the place yet, and its people wait. Once there, they never change: the same key must always
// carry the same body.
const words = `
create table campaign.execution_words (
  exec_no bigint not null references campaign.execution,
  kind smallint not null,
  place text not null,
  org_no int not null references campaign.organization,
  words jsonb,
  complete boolean not null,
  answered_at timestamptz,
  asked_at timestamptz not null,
  primary key (exec_no, kind, place)
);
create index execution_words_age on campaign.execution_words using brin (asked_at);`;

const access = `
do $$
declare t text;
begin
  foreach t in array array['localization_answer', 'execution_words'] loop
    execute format('alter table campaign.%I enable row level security', t);
    execute format('alter table campaign.%I force row level security', t);
    execute format('create policy tenant on campaign.%I to campaign_app
      using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()))', t);
    execute format('create policy all_organizations on campaign.%I to campaign_dispatcher using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on campaign.%I to campaign_app, campaign_dispatcher', t);
  end loop;
end $$;`;
