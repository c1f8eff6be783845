import type { Database } from '../adapters/postgres';

/**
 * Drops lists whose reading died, and those of which there is a newer one: but for what an execution is still to be judged
 * by. Both only once they are older than `before`: a start freezes the newest list a little before its execution is seen.
 */
export async function dropOldLists(database: Database, before: Date): Promise<void> {
  for (const { list_no } of await database.query<{ list_no: number }>(OLD, [before]))
    await database.transaction(async (tx) => {
      for (const sql of DROP) await tx.query(sql, [list_no]);
    });
}

// A list is old from when it was followed: the age of the newer one counts, not its own.
const OLD = `
select l.list_no from campaign.remote_list l
where (l.read_at is null and l.started_at < $1
    or exists (select 1 from campaign.remote_list n
      where n.org_no = l.org_no and n.source = l.source and n.remote_id = l.remote_id
        and n.list_no > l.list_no and n.read_at < $1))
  and not exists (
    select 1 from campaign.execution e, jsonb_array_elements(e.plan -> 'lists') f
    where e.status in ('pending', 'running', 'paused') and not e.audience_closed and (f ->> 'no')::bigint = l.list_no)`;

const DROP = [
  'delete from campaign.remote_member where list_no = $1',
  'delete from staging.remote_stranger where list_no = $1',
  'delete from campaign.remote_list where list_no = $1',
];
