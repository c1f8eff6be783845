/**
 * Messages of an open chunk from its cursor on, `m`, that are not done with, each with its living contact, `c`, or the one
 * whose data all of a test are shown. Parameters: $1 exec_no · $2 chunk_no · $3 that contact, null: each their own.
 */
export const chunkPeopleSql = (columns: string): string => `
with slice as (
  select k.exec_no, s.seq from campaign.chunk k
  cross join lateral (
    select k.first_seq + i as seq from generate_series(k.cursor, k.size - 1) i where k.seqs is null
    union all
    select unnest(k.seqs[k.cursor + 1:])
  ) s
  where k.exec_no = $1 and k.chunk_no = $2 and k.state = 0
)
select ${columns}
from slice s
cross join lateral (
  select * from campaign.message m where m.exec_no = s.exec_no and m.seq = s.seq and m.disposition in (0, 1) offset 0
) m
cross join lateral (
  select * from campaign.contact c
  where c.contact_no = coalesce($3::bigint, m.contact_no) and c.erased_at is null offset 0
) c`;
