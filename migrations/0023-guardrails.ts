import { Migration } from '@mikro-orm/migrations';

/** What a campaign watches of itself, and why it stopped by itself the last time. */
export class Guardrails0023 extends Migration {
  override up(): void {
    this.addSql('alter table campaign.campaign add column guardrails jsonb, add column guardrail_trip jsonb');
  }
}
