import { Migration } from '@mikro-orm/migrations';

/** Lists of campaigns by their last change; by name the unique index (campaign_name) has the order. */
export class Lists0010 extends Migration {
  override up(): void {
    this.addSql(`create index campaign_changed on campaign.campaign (org_no, updated_at desc, campaign_no desc)
      where archived_at is null`);
  }
}
