import { Migration } from '@mikro-orm/migrations';

/** Time zones of later releases of the time zone database get numbers, too: the upkeep of the ledger lists them. */
export class NewZones0043 extends Migration {
  override up(): void {
    this.addSql('grant insert on campaign.time_zone to campaign_dispatcher');
  }
}
