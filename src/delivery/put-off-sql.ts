import type { ChannelHours } from '../channel/channel-hours';
import { closedUntilSql } from '../channel/closed-until-sql';
import { SqlParameters } from '../segment/sql-parameters';
import { CHUNK_CAUSE, CHUNK_STATE, DISPOSITION } from '../shared/ledger-codes';

const NOW = 'coalesce($4::timestamptz, statement_timestamp())';

/**
 * Puts off everybody at the head of a chunk who is not written to at this hour, however many there are, in one statement:
 * list chunks due when they are written to again, and the cursor past them. No limit is asked, for nothing leaves; where
 * one holds, a slice at a time would use it up for those who are only put off. Who is queued stays queued, who is in flight
 * in flight: as in the guard nothing is changed of them. What may be past its time is left to the guard, which judges that.
 *
 * $1 exec_no · $2 chunk_no · $3 fence · $4 the time, null: the database's · $5 how often the known plan was edited ·
 * $6 nothing expires before: null without limits
 *
 * It takes the chunk as a guard does, and gives it back: the fence rises, so whoever held it before settles nothing.
 */
export function putOffSql(
  hours: ChannelHours,
  values: readonly [
    execNo: number,
    chunkNo: number,
    fence: number,
    now: Date | undefined,
    planEdits: number,
    earliest: Date | null,
  ],
): { readonly text: string; readonly values: readonly unknown[] } {
  const parameters = new SqlParameters(values);
  const fallback = parameters.bind(hours.timeZone);
  const until = closedUntilSql(hours, { at: NOW, zone: 'time_zone', fallback }, parameters);
  return { text: textOf(until), values: parameters.values };
}

const textOf = (until: string): string => `
with held as materialized (
  select k.* from campaign.chunk k join campaign.execution e using (exec_no)
  where k.exec_no = $1 and k.chunk_no = $2 and k.fence = $3 and k.state = ${CHUNK_STATE.open} and k.due_at <= ${NOW}
    and greatest(k.expires_at, $6::timestamptz) > ${NOW} and e.status = 'running' and e.plan_edits = $5::int and (k.lease_until is null or k.lease_until < ${NOW})
  for update of k
),
ahead as materialized (
  select h.exec_no, s.seq, s.place from held h
  cross join lateral (
    select h.first_seq + h.cursor + i as seq, i as place from generate_series(0, h.size - h.cursor - 1) i where h.seqs is null
    union all
    select u.seq, u.place::int - 1 from unnest(h.seqs[h.cursor + 1:]) with ordinality u (seq, place) where h.seqs is not null
  ) s
),
seen as materialized (
  select a.seq, a.place, m.contact_no is not null as waits, c.time_zone from ahead a
  left join lateral (
    select contact_no from campaign.message m where m.exec_no = a.exec_no and m.seq = a.seq
      and m.disposition in (${DISPOSITION.queued}, ${DISPOSITION.in_flight}) offset 0
  ) m on true
  left join lateral (select time_zone from campaign.contact c where c.contact_no = m.contact_no offset 0) c on true
),
zones as materialized (
  select time_zone, ${until} as until from (select distinct time_zone from seen where waits) z
),
timed as materialized (
  select s.*, z.until from seen s left join zones z on s.waits and z.time_zone is not distinct from s.time_zone
),
head as materialized (
  select * from timed where place < coalesce((select min(place) from timed where waits and until is null), 2147483647)
),
passed as (
  update campaign.chunk k
  set fence = k.fence + 1, cursor = k.cursor + n.rows, lease_until = null,
    state = case when k.cursor + n.rows >= k.size then ${CHUNK_STATE.done} else k.state end
  from held h, (select count(*)::int as rows from head) n
  where k.exec_no = h.exec_no and k.chunk_no = h.chunk_no and n.rows > 0
  returning 1
)
insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, ready_at, expires_at, size, seqs, cause)
select h.exec_no, h.org_no, h.channel, h.phase, p.until, coalesce(h.ready_at, h.due_at), p.until + (h.expires_at - h.due_at),
  cardinality(p.seqs), p.seqs, ${CHUNK_CAUSE.put_off}
from held h cross join (select until, array_agg(seq order by seq) as seqs from head where waits group by until) p
order by p.until`;
