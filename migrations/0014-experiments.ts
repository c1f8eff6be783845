import { Migration } from '@mikro-orm/migrations';

/** Winners, and the rest of an audience that waits for them (docs/ledger.md, "Rollout of a winner"). */
export class Experiments0014 extends Migration {
  override up(): void {
    this.addSql(experiments);
  }
}

// experiment lies beside its plan: undecided ones are looked for all the time, and a whole plan would be unpacked for each.
// release_at: when those who wait are due unless a winner is declared before. epoch: the one in force, 0: none.
const experiments = `
alter table campaign.campaign add column winner jsonb;
alter table campaign.execution
  add column experiment jsonb generated always as (nullif(plan -> 'experiment', 'null'::jsonb)) stored,
  add column release_at timestamptz,
  add column epoch int not null default 0,
  add column decision jsonb;
create index execution_undecided on campaign.execution (exec_no)
  where experiment is not null and decision is null and status in ('running', 'completed');

-- Append-only: what a row was assigned by can be looked up for as long as the execution is kept.
create function campaign.refuse_epoch_change() returns trigger language plpgsql as $$
begin
  raise exception 'an allocation epoch never changes';
end $$;
create trigger append_only before update on campaign.allocation_epoch
  for each row execute function campaign.refuse_epoch_change();`;
