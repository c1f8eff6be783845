import type { LoaderDefinition } from '../graphql/loaders';
import type { SegmentType } from './segment.types';

/** What is read of a segment. */
export const segmentColumns = `id, name, rules, version, created_at as "createdAt", updated_at as "updatedAt",
  archived_at as "archivedAt", segment_no as "segmentNo"`;

/** Segments by their public id, archived ones included: audiences of campaigns that are over lead to them. */
export const segmentById: LoaderDefinition<string, SegmentType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${segmentColumns} from campaign.segment where id = any($1) and org_no = campaign.current_org()`;
    const rows = await transaction.query<SegmentType>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** Segments by their number. */
export const segmentByNo: LoaderDefinition<number, SegmentType> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const sql = `select ${segmentColumns} from campaign.segment where segment_no = any($1::int8[])`;
    const rows = await transaction.query<SegmentType>(sql, [numbers]);
    return new Map(rows.map((row) => [String(row.segmentNo), row]));
  },
};
