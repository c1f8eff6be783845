import { Migration } from '@mikro-orm/migrations';

/**
 * Row-level security, forced, on every table of the schema that carries an organization; grants for the two roles.
 * `campaign_app` sees the organization of its transaction, `campaign_dispatcher` spans them. Partitions get no grant:
 * rows are reached through their parent alone, whose policy then holds.
 */
export class Tenancy0005 extends Migration {
  override up(): void {
    this.addSql(tenancy);
  }
}

const tenancy = `
do $$
declare t record;
begin
  for t in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'campaign' and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_no' and not a.attisdropped)
  loop
    execute format('alter table campaign.%I enable row level security', t.relname);
    execute format('alter table campaign.%I force row level security', t.relname);
    execute format('create policy tenant on campaign.%I to campaign_app
      using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()))', t.relname);
    execute format('create policy all_organizations on campaign.%I to campaign_dispatcher using (true) with check (true)', t.relname);
    execute format('grant select, insert, update, delete on campaign.%I to campaign_app, campaign_dispatcher', t.relname);
  end loop;
end $$;

-- ensure_organization runs as the owner, whom forced security would otherwise stop as well.
create policy owner_keeps_organizations on campaign.organization to current_user using (true) with check (true);

grant select, insert, update on campaign.stream_life, campaign.leader_lease to campaign_dispatcher;
grant usage on all sequences in schema campaign to campaign_app, campaign_dispatcher;
grant execute on all functions in schema campaign to campaign_app, campaign_dispatcher;
grant select, insert, update, delete on all tables in schema staging to campaign_app, campaign_dispatcher;
grant usage on all sequences in schema staging to campaign_app, campaign_dispatcher;`;
