import { CHUNK_CAUSE, CHUNK_STATE, DISPOSITION } from '../shared/ledger-codes';

const { queued, in_flight, sent, unknown, failed } = DISPOSITION;

// Tests move their own clock.
const NOW = 'coalesce($4::timestamptz, statement_timestamp())';
const later = (ms: string) => `${NOW} + make_interval(secs => ${ms}::float8 / 1000)`;

/**
 * Settles answers of a slice, one statement: rows, retries in a list chunk of their own, exceptions, events, counters and
 * the chunk's cursor together. It names chunk, fence and attempt: a sender that lost its lease changes nothing (P-07).
 *
 * $1 exec_no · $2 chunk_no · $3 fence · $4 the time, null: the database's · $5 lease ms (0 releases) · $6 rows the cursor moves on ·
 * $7 seqs · $8 attempts · $9 what each becomes · $10 reasons (0: none) · $11 attempt rises by ·
 * $12 ms until those queued again are due · $13 seqs still unanswered at the end of the slice · $14 ms until those are due ·
 * $15 kinds of event to publish · $16 seqs put off · $17 until when each, in ms since 1970
 *
 * Rows are joined by their whole key, `exec_no` never compared with $1: of a fresh execution the planner expects no rows,
 * and would read all of them for every slice.
 *
 * What is put off is due when it may go again, and expires as much later; a retry expires with its chunk.
 *
 * A row leaves the main chunk only into a list chunk of this same transaction: no crash can lose it from both.
 */
export const SETTLE_SQL = `
with held as (
  update campaign.chunk k
  set cursor = k.cursor + $6::int,
    state = case when k.cursor + $6::int >= k.size then ${CHUNK_STATE.done} else k.state end,
    lease_until = case when $5::float8 > 0 then ${later('$5')} end
  where k.exec_no = $1 and k.chunk_no = $2 and k.fence = $3 and k.state = ${CHUNK_STATE.open}
  returning k.exec_no, k.org_no, k.channel, k.phase, k.due_at, k.ready_at, k.expires_at, k.state, k.cursor, k.size
),
answers as materialized (
  select held.exec_no, a.* from held cross join
    unnest($7::int[], $8::smallint[], $9::smallint[], $10::smallint[], $11::smallint[]) as a(seq, attempt, becomes, reason, rises)
),
settled as (
  update campaign.message m
  set disposition = a.becomes, gate = a.reason, attempt = m.attempt + a.rises,
    sent_at = case when a.becomes = ${sent} then ${NOW} else m.sent_at end
  from answers a
  where m.exec_no = a.exec_no and m.seq = a.seq and m.attempt = a.attempt and m.disposition = ${in_flight}
  returning m.seq, m.org_no, m.variant_no, m.channel, a.attempt, a.becomes, a.reason
),
again as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, cause)
  select h.exec_no, h.org_no, h.channel, h.phase, ${later('$12')}, h.expires_at, cardinality(r.seqs), r.seqs,
    ${CHUNK_CAUSE.refused}
  from held h, (select array_agg(seq order by seq) as seqs from settled where becomes = ${queued}) r
  where r.seqs is not null
),
unanswered as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, cause)
  select h.exec_no, h.org_no, h.channel, h.phase, ${later('$14')}, h.expires_at, cardinality($13::int[]), $13::int[],
    ${CHUNK_CAUSE.unanswered}
  from held h where cardinality($13::int[]) > 0
),
put_off as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, ready_at, expires_at, size, seqs, cause)
  select h.exec_no, h.org_no, h.channel, h.phase, p.until, coalesce(h.ready_at, h.due_at), p.until + (h.expires_at - h.due_at),
    cardinality(p.seqs), p.seqs, ${CHUNK_CAUSE.put_off}
  from held h cross join (
    select to_timestamp(u.until / 1000) as until, array_agg(u.seq order by u.seq) as seqs
    from unnest($16::int[], $17::float8[]) u(seq, until) group by u.until
  ) p
),
exceptions as (
  insert into campaign.message_exception (exec_no, reason, seq, org_no, attempt, at)
  select $1, reason, seq, org_no, attempt, ${NOW} from settled where becomes in (${unknown}, ${failed}) order by reason, seq
  on conflict (exec_no, reason, seq) do update set attempt = excluded.attempt, at = excluded.at
),
published as (
  insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at)
  select e.org_no, e.campaign_no, e.exec_no, g.kind, jsonb_build_object('seqs', g.seqs), ${NOW}
  from (
    select case becomes when ${sent} then 'campaign.message.sent' else 'campaign.message.failed' end as kind,
      jsonb_agg(seq order by seq) as seqs
    from settled where becomes in (${sent}, ${failed}) group by 1
  ) g join campaign.execution e on e.exec_no = $1
  where g.kind = any($15::text[]) order by g.kind
),
counted as (
  insert into campaign.counter as counter
    (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, in_flight, queued, sent, unknown, failed)
  select $1, coalesce(variant_no, 0), channel, 0, 0, date_trunc('minute', ${NOW}), min(org_no),
    -count(*), count(*) filter (where becomes = ${queued}), count(*) filter (where becomes = ${sent}),
    count(*) filter (where becomes = ${unknown}), count(*) filter (where becomes = ${failed})
  from settled group by coalesce(variant_no, 0), channel order by 2, 3
  on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
  set in_flight = counter.in_flight + excluded.in_flight, queued = counter.queued + excluded.queued,
    sent = counter.sent + excluded.sent, unknown = counter.unknown + excluded.unknown,
    failed = counter.failed + excluded.failed
  returning 1
),
reasons as (
  insert into campaign.reason_counter as counter (exec_no, reason, variant_no, org_no, n)
  select $1, reason, coalesce(variant_no, 0), min(org_no), count(*) from settled, (select count(*) from counted) after_counters
  where becomes in (${unknown}, ${failed}) group by reason, coalesce(variant_no, 0) order by 2, 3
  on conflict (exec_no, reason, variant_no) do update set n = counter.n + excluded.n
)
select state, cursor, size from held`;
