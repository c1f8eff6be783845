import { Migration } from '@mikro-orm/migrations';

/** Where a storage service said last that assets are, and a media service what stands in for pictures. */
export class RemoteAddresses0035 extends Migration {
  override up(): void {
    this.addSql(addresses);
  }
}

// kind 1 assets, 2 pictures. key: an asset's id; a picture's address, after its width where it is shown in one.
const addresses = `
create table campaign.remote_address (
  org_no int not null references campaign.organization,
  kind smallint not null,
  key text not null,
  address text not null,
  answered_at timestamptz not null,
  primary key (org_no, kind, key)
);
create index remote_address_age on campaign.remote_address using brin (answered_at);
alter table campaign.remote_address enable row level security;
alter table campaign.remote_address force row level security;
create policy tenant on campaign.remote_address to campaign_app
  using (org_no = (select campaign.current_org())) with check (org_no = (select campaign.current_org()));
create policy all_organizations on campaign.remote_address to campaign_dispatcher using (true) with check (true);
grant select, insert, update, delete on campaign.remote_address to campaign_app, campaign_dispatcher;`;
