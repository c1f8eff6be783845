import { Migration } from '@mikro-orm/migrations';

/** Each channel of a message has attempts of its own. */
export class AttemptsByChannel0032 extends Migration {
  override up(): void {
    this.addSql(began);
  }
}

// The attempt that its present channel began with; null: the first, which takes no room in a row.
const began = `
alter table campaign.message add column began smallint check (began > 1);`;
