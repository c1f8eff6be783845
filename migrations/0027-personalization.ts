import { Migration } from '@mikro-orm/migrations';

/** What a rules engine made of a person for a message, kept beside what a profile service said. */
export class Personalization0027 extends Migration {
  override up(): void {
    this.addSql('alter table campaign.message_profile add column personalization jsonb');
  }
}
