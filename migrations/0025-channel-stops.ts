import { Migration } from '@mikro-orm/migrations';

/** What each channel said of a person when one of them was chosen; null where there was no choice. */
export class ChannelStops0025 extends Migration {
  override up(): void {
    this.addSql('alter table campaign.message add column channel_stops int');
  }
}
