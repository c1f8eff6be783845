import { CHUNK_CAUSE, CHUNK_STATE, DISPOSITION } from '../shared/ledger-codes';

const { queued, failed } = DISPOSITION;

/** Messages in one list chunk at most. */
const CHUNK = 500;

/**
 * Sends the failed messages of an execution again, one statement: rows, what was noted against them, list chunks, the
 * execution and the counters together. The caller holds the execution's lock. Each row opens its next attempt, so it has
 * a key of its own, and a late receipt of the failed attempt decides nothing.
 *
 * Values: exec_no, now, when they expire. Answers how many there were.
 *
 * Due by the database's clock, which judges it: asked for through a process that is ahead, it would wait.
 *
 * A row is never queued without an open chunk that names it, nor named by two: chunks are made of the rows that moved, and
 * what failed in a slice under way, whose chunk has not passed it yet, waits for the end of that slice. Crash of its sender:
 * the next holder passes it by, and it may be asked for again.
 */
export const RETRY_FAILED_SQL = `
with given as (select ?::bigint as exec_no, ?::timestamptz as now, ?::timestamptz as expires_at),
found as materialized (
  select m.exec_no, m.seq, m.gate as reason from campaign.message m, given g
  where m.exec_no = g.exec_no and m.disposition = ${failed} and not exists (
    select 1 from campaign.chunk k
    where k.exec_no = g.exec_no and k.state = ${CHUNK_STATE.open} and k.lease_until is not null
      and (k.seqs is null and m.seq between k.first_seq + k.cursor and k.last_seq or m.seq = any(k.seqs[k.cursor + 1:])))
  order by m.exec_no, m.seq for update of m
),
moved as (
  update campaign.message m set disposition = ${queued}, attempt = m.attempt + 1, gate = 0, sent_at = null
  from found f where m.exec_no = f.exec_no and m.seq = f.seq and m.disposition = ${failed}
  returning m.exec_no, m.seq, m.org_no, m.channel, m.phase, coalesce(m.variant_no, 0) as variant_no, f.reason
),
chunks as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, state, cause)
  select g.exec_no, min(p.org_no), p.channel, p.phase, least(g.now, statement_timestamp()), g.expires_at, count(*), array_agg(p.seq order by p.seq),
    ${CHUNK_STATE.open}, ${CHUNK_CAUSE.retried}
  from (select *, (row_number() over (partition by channel, phase order by seq) - 1) / ${CHUNK} as part from moved) p, given g
  group by g.exec_no, g.now, g.expires_at, p.channel, p.phase, p.part order by p.channel, p.phase, p.part
),
forgiven as (
  delete from campaign.message_exception x using moved
  where x.exec_no = moved.exec_no and x.reason = moved.reason and x.seq = moved.seq
),
reopened as (
  update campaign.execution e set status = 'running', round = e.round + 1, completed_at = null
  from given g where e.exec_no = g.exec_no and e.status = 'completed' and exists (select 1 from moved)
),
counted as (
  insert into campaign.counter as counter
    (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, failed, queued)
  select g.exec_no, variant_no, channel, 0, 0, date_trunc('minute', g.now), min(org_no), -count(*), count(*)
  from moved, given g group by g.exec_no, g.now, variant_no, channel order by variant_no, channel
  on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
  set failed = counter.failed + excluded.failed, queued = counter.queued + excluded.queued
  returning 1
),
reasons as (
  insert into campaign.reason_counter as counter (exec_no, reason, variant_no, org_no, n)
  select g.exec_no, reason, variant_no, min(org_no), -count(*) from moved, given g, (select count(*) from counted) after_counters
  group by g.exec_no, reason, variant_no order by reason, variant_no
  on conflict (exec_no, reason, variant_no) do update set n = counter.n + excluded.n
)
select count(*)::int as messages from moved`;
