import { Migration } from '@mikro-orm/migrations';

/** At most so many people of an audience. */
export class AudienceCaps0026 extends Migration {
  override up(): void {
    this.addSql('alter table campaign.campaign add column audience_cap int check (audience_cap > 0)');
  }
}
