import { Migration } from '@mikro-orm/migrations';

/** Templates of campaigns may be changed, each change from a version that its author saw. */
export class PresetVersions0018 extends Migration {
  override up(): void {
    this.addSql(`alter table campaign.preset add column version int not null default 1,
      add column updated_by text, add column updated_at timestamptz`);
  }
}
