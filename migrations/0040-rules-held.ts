import { Migration } from '@mikro-orm/migrations';

/** Which rules held of a member of an audience, where their membership does not tell it: bits of src/audience/rules-held.ts. */
export class RulesHeld0040 extends Migration {
  override up(): void {
    this.addSql('alter table campaign.message add column rules_held bigint');
  }
}
