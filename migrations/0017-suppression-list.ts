import { Migration } from '@mikro-orm/migrations';

/** The pages of an organization's suppression list. */
export class SuppressionList0017 extends Migration {
  override up(): void {
    this.addSql('create index suppression_list on campaign.suppression (org_no, contact_no, channel, reason)');
  }
}
