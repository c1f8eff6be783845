import { Migration } from '@mikro-orm/migrations';

/** Pieces of content under a name. */
export class ContentBlocks0020 extends Migration {
  override up(): void {
    for (const statement of [blocks, tenancy]) this.addSql(statement);
  }
}

const blocks = `
create table campaign.content_block (
  block_no bigint generated always as identity primary key,
  id text not null unique,
  org_no int not null references campaign.organization,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,63}$'),
  kind text not null check (kind in ('html', 'plain')),
  description text check (length(description) <= 2000),
  content text not null check (length(content) between 1 and 64000),
  uses text[] not null default '{}',
  version int not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
create unique index content_block_key on campaign.content_block (org_no, key) where deleted_at is null;
create index content_block_list on campaign.content_block (org_no, block_no desc) where deleted_at is null;`;

const tenancy = `
alter table campaign.content_block enable row level security;
alter table campaign.content_block force row level security;
create policy tenant on campaign.content_block to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.content_block to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.content_block to campaign_app, campaign_dispatcher;
grant usage on all sequences in schema campaign to campaign_app, campaign_dispatcher;`;
