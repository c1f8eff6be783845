import { Migration } from '@mikro-orm/migrations';

/** Segments may be archived: names are unique among those in use, and who uses a segment is found by an index. */
export class ArchivedSegments0042 extends Migration {
  override up(): void {
    this.addSql('alter table campaign.segment add column archived_at timestamptz');
    this.addSql('drop index campaign.segment_name');
    this.addSql(`create unique index segment_name on campaign.segment (org_no, lower(name)) where archived_at is null`);
    this.addSql(`create index audience_by_segment on campaign.audience (segment_no) where segment_no is not null`);
  }
}
