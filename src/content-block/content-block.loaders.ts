import type { Transaction } from '../adapters/postgres';
import type { LoaderDefinition } from '../graphql/loaders';
import type { Page } from '../graphql/pagination';
import type { ContentBlockType } from './content-block.types';

const columns = `id, key, upper(kind) as kind, description, content, uses, version, created_by as "createdBy",
  created_at as "createdAt", updated_by as "updatedBy", updated_at as "updatedAt", block_no as "blockNo"`;

/** Blocks by their public id, deleted ones included: a deletion answers what it deleted. */
export const contentBlockById: LoaderDefinition<string, ContentBlockType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from campaign.content_block where id = any($1) and org_no = campaign.current_org()`;
    const rows = await transaction.query<ContentBlockType>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** The organization's blocks in use, the newest first; one row more than the page. */
export function listContentBlocks(transaction: Transaction, { first, after }: Page): Promise<ContentBlockType[]> {
  const sql = `select ${columns} from campaign.content_block where org_no = campaign.current_org()
    and deleted_at is null and block_no < coalesce($1::int8, 9223372036854775807) order by block_no desc limit $2`;
  return transaction.query<ContentBlockType>(sql, [after?.[0] ?? null, first + 1]);
}
