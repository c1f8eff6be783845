import { Migration } from '@mikro-orm/migrations';

/**
 * People by their address, for sends that name addresses; one shadow for an address without a contact; and what an
 * organization has sent in tests of late.
 */
export class TestSends0022 extends Migration {
  override up(): void {
    this.addSql('create index contact_by_address on campaign.contact (org_no, lower(email)) where email is not null');
    this.addSql(
      'create unique index contact_shadow_address on campaign.contact (org_no, lower(email)) where shadow and email is not null',
    );
    this.addSql('create index execution_test on campaign.execution (org_no, created_at) where kind = 4');
  }
}
