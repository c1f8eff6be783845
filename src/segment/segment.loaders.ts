import type { Transaction } from '../adapters/postgres';
import type { LoaderDefinition } from '../graphql/loaders';
import type { Page } from '../graphql/pagination';
import type { SegmentType } from './segment.types';

const columns = `id, name, rules, version, created_at as "createdAt", updated_at as "updatedAt",
  segment_no as "segmentNo"`;

/** Segments by their public id. */
export const segmentById: LoaderDefinition<string, SegmentType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from campaign.segment where id = any($1) and org_no = campaign.current_org()`;
    const rows = await transaction.query<SegmentType>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** Segments by their number. */
export const segmentByNo: LoaderDefinition<number, SegmentType> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const sql = `select ${columns} from campaign.segment where segment_no = any($1::int8[])`;
    const rows = await transaction.query<SegmentType>(sql, [numbers]);
    return new Map(rows.map((row) => [String(row.segmentNo), row]));
  },
};

/** The organization's segments, the newest first; one row more than the page. */
export function listSegments(transaction: Transaction, { first, after }: Page): Promise<SegmentType[]> {
  const sql = `select ${columns} from campaign.segment where org_no = campaign.current_org()
    and segment_no < coalesce($1::int8, 9223372036854775807) order by segment_no desc limit $2`;
  return transaction.query<SegmentType>(sql, [after?.[0] ?? null, first + 1]);
}
