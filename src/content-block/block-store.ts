import type { Statements } from '../statements';
import type { PinnedBlock, PinnedBlocks } from './expand-blocks';

/** The present versions of these blocks and of all that stand in them; those that are not there are left out. */
export async function readPinned(
  statements: Statements,
  organizationNo: number,
  keys: readonly string[],
): Promise<PinnedBlocks> {
  if (keys.length === 0) return {};
  const values = [organizationNo, JSON.stringify(keys), organizationNo];
  const rows = await statements.execute<(PinnedBlock & { key: string })[]>(read, values);
  return Object.fromEntries(rows.map(({ key, ...block }) => [key, block]));
}

// Circles end by `union`, which keeps each block once; none can be stored.
const read = `with recursive needed as (
  select b.key, b.id, b.version, b.kind, b.content, b.uses from campaign.content_block b
  where b.org_no = ? and b.deleted_at is null and b.key in (select jsonb_array_elements_text(?::jsonb))
  union
  select b.key, b.id, b.version, b.kind, b.content, b.uses from needed n
  join campaign.content_block b on b.org_no = ? and b.deleted_at is null and b.key = any(n.uses)
)
select key, id, version, kind, content from needed order by key`;
