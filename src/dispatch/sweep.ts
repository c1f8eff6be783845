import type { Database } from '../adapters/postgres';
import { keepSpendingSql } from '../guardrail/spending-keeping';
import { upsertCounters, upsertReasonCounters } from '../metrics/counter-upsert';
import { crashPoint } from '../shared/crash-point';
import { DISPOSITION, EXECUTION_KIND, REASON } from '../shared/ledger-codes';

const { queued, in_flight, unknown, cancelled } = DISPOSITION;

/** An execution that the sweep has ended. */
export interface Ended {
  readonly execNo: number;
  readonly campaignId: string;
  readonly campaignType: string;
  readonly isTest: boolean;
  /** From its start to now. */
  readonly seconds: number;
}

/** Executions whose audience is closed, whose chunks are all done and of whom nobody waits for a login: they may be complete. */
export async function findFinished(database: Database): Promise<number[]> {
  const rows = await database.query<{ exec_no: number }>(FINISHED_SQL, [], 'finished-executions');
  return rows.map((row) => row.exec_no);
}

const FINISHED_SQL = `
select e.exec_no from campaign.execution e
where e.status = 'running' and e.audience_closed
  and not exists (select 1 from campaign.chunk k where k.exec_no = e.exec_no and k.state = 0)
  and (select min(w.until) from campaign.login_wait w where w.exec_no = e.exec_no) is null
order by e.exec_no`;

/**
 * Completes those of the executions that balance (P-09): under their locks, with the audience closed, counted from the
 * rows once. Never from an empty batch and never from a counter. Says which. `now`: absent, the database's.
 */
export function complete(database: Database, execNos: readonly number[], now?: Date): Promise<Ended[]> {
  return database.transaction(async (tx) => {
    await tx.query(LOCK_CAMPAIGNS, [execNos], 'complete-lock-campaigns');
    const locked = await tx.query<{ exec_no: number }>(LOCK_EXECUTIONS, [execNos], 'complete-lock');
    const ended = await tx.query<Ended>(COMPLETE_SQL, [locked.map((row) => row.exec_no), now], 'complete');
    crashPoint('complete:before-commit');
    return ended;
  });
}

// Campaign before execution, as pause and cancel do: whoever comes second sees what the first one made of it.
export const LOCK_CAMPAIGNS = `
select 1 from campaign.campaign
where campaign_no in (select campaign_no from campaign.execution where exec_no = any($1::bigint[]))
order by campaign_no for update`;

export const LOCK_EXECUTIONS = `
select exec_no from campaign.execution
where exec_no = any($1::bigint[]) and status = 'running' and audience_closed order by exec_no for update`;

// A recurring campaign is scheduled again as long as its calendar has a next time before its end date.
export const GOES_ON = `c.type = 'RECURRING' and c.schedule ->> 'at' is not null
    and (c.end_at is null or (c.schedule ->> 'at')::timestamptz < c.end_at)`;

// A campaign paused by hand in the meantime is not running: its execution is not either, and nothing is completed.
// The rows are counted in a statement after the locks, so it sees all that was committed before them. Of a test nobody is
// told: it ends no campaign.
const COMPLETE_SQL = `
with at as (select coalesce($2::timestamptz, statement_timestamp()) as now),
balanced as materialized (
  select e.exec_no from unnest($1::bigint[]) as e (exec_no)
  where not exists (
    select 1 from campaign.message m where m.exec_no = e.exec_no and m.disposition in (${queued}, ${in_flight}))
),
done as (
  update campaign.execution x set status = 'completed', completed_at = at.now
  from balanced b, at where x.exec_no = b.exec_no
  returning x.exec_no, x.id, x.org_no, x.campaign_no, x.kind, extract(epoch from at.now - x.created_at)::float8 as seconds
),
spending as (${keepSpendingSql('done')}
),
runs as (select * from done where kind <> ${EXECUTION_KIND.TEST}),
closed as (
  update campaign.campaign c set status = case when ${GOES_ON} then 'scheduled' else 'completed' end,
    completed_at = case when ${GOES_ON} then c.completed_at else at.now end, updated_at = at.now, version = c.version + 1
  from runs, at
  where c.campaign_no = runs.campaign_no and c.status = 'running' and c.type in ('ONE_TIME', 'RECURRING')
    -- A round of retries may come to its end while the next occurrence is under way; one that is aside holds up no other.
    and not exists (select 1 from campaign.execution o where o.campaign_no = c.campaign_no and o.kind in (0, 1)
      and o.status in ('pending', 'running', 'paused') and o.exec_no not in (select exec_no from balanced)
      and not (o.aside and ${GOES_ON}))
  returning c.campaign_no, c.status
),
totals as (
  select runs.exec_no, coalesce(sum(k.audience), 0) as audience, coalesce(sum(k.sent), 0) as sent,
    coalesce(sum(k.delivered), 0) as delivered
  from runs left join campaign.counter k on k.exec_no = runs.exec_no and k.segment_no = 0
  group by runs.exec_no
),
events as (
  insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at)
  select runs.org_no, runs.campaign_no, runs.exec_no, e.kind,
    jsonb_build_object('campaignId', c.id, 'executionId', runs.id, 'audienceSize', t.audience, 'totalSent', t.sent,
      'totalDelivered', t.delivered),
    at.now
  from at, runs join campaign.campaign c using (campaign_no) join totals t using (exec_no)
  cross join lateral (
    select 1 as n, 'execution.completed' as kind
    -- Once, whatever ends with it.
    union all select 2, 'campaign.completed' from closed where closed.campaign_no = runs.campaign_no and closed.status = 'completed'
      and runs.exec_no = (select max(last.exec_no) from runs last where last.campaign_no = closed.campaign_no)
  ) e
  order by runs.exec_no, e.n
)
select done.exec_no as "execNo", c.id as "campaignId", c.type as "campaignType", done.kind = ${EXECUTION_KIND.TEST} as "isTest",
  done.seconds
from done join campaign.campaign c using (campaign_no)`;

/** Chunks of cancelled executions that nobody holds any more. */
export async function findCancelledChunks(
  database: Database,
  now?: Date,
): Promise<{ execNo: number; chunkNo: number }[]> {
  const rows = await database.query<{ exec_no: number; chunk_no: number }>(
    `select k.exec_no, k.chunk_no from campaign.chunk k join campaign.execution e using (exec_no)
     where k.state = 0 and e.status = 'cancelled'
       and (k.lease_until is null or k.lease_until < coalesce($1::timestamptz, statement_timestamp()))
     order by k.exec_no, k.chunk_no limit 100`,
    [now],
  );
  return rows.map((row) => ({ execNo: row.exec_no, chunkNo: row.chunk_no }));
}

/**
 * Ends a chunk of a cancelled execution: what is queued is cancelled, what may have left becomes unknown. The fence
 * rises with it, so a sender that held the chunk and was merely slow settles nothing afterwards. Rows before the cursor
 * are done with, or lie in list chunks that another sender may hold at this moment: they are not this chunk's to touch.
 */
export function cancelChunk(database: Database, chunk: { execNo: number; chunkNo: number }, now?: Date): Promise<void> {
  return database.transaction(async (tx) => {
    const rows = await tx.query<CancelledGroup>(CANCEL_SQL, [chunk.execNo, chunk.chunkNo, now]);
    const place = (row: CancelledGroup) => ({ execNo: chunk.execNo, orgNo: row.org_no, variantNo: row.variant_no });
    await upsertCounters(
      tx,
      rows.map((row) => ({
        ...place(row),
        channel: row.channel,
        at: row.at,
        changes:
          row.becomes === cancelled ? { queued: -row.n, cancelled: row.n } : { in_flight: -row.n, unknown: row.n },
      })),
    );
    await upsertReasonCounters(
      tx,
      rows.map((row) => ({ ...place(row), reason: reasonOf(row.becomes), n: row.n })),
    );
    crashPoint('cancel-chunk:before-commit');
  });
}

interface CancelledGroup {
  org_no: number;
  variant_no: number;
  channel: number;
  becomes: number;
  n: number;
  at: Date;
}

const reasonOf = (becomes: number): number => (becomes === cancelled ? REASON.cancelled : REASON.answer_lost);

const CANCEL_SQL = `
with at as (select coalesce($3::timestamptz, statement_timestamp()) as now),
taken as (
  update campaign.chunk set state = 2, fence = fence + 1 from at
  where exec_no = $1 and chunk_no = $2 and state = 0 and (lease_until is null or lease_until < at.now)
  returning exec_no, first_seq, last_seq, seqs, cursor
),
moved as (
  update campaign.message m
  set disposition = case m.disposition when ${queued} then ${cancelled} else ${unknown} end,
    gate = case m.disposition when ${queued} then ${REASON.cancelled} else ${REASON.answer_lost} end
  from taken t
  where m.exec_no = $1 and m.disposition in (${queued}, ${in_flight})
    and (t.seqs is null and m.seq between t.first_seq + t.cursor and t.last_seq or m.seq = any(t.seqs[t.cursor + 1:]))
  returning m.seq, m.org_no, m.variant_no, m.channel, m.attempt, m.disposition as becomes, m.gate
),
exceptions as (
  insert into campaign.message_exception (exec_no, reason, seq, org_no, attempt, at)
  select $1, gate, seq, org_no, attempt, at.now from moved, at order by gate, seq
  on conflict (exec_no, reason, seq) do nothing
)
select min(org_no) as org_no, coalesce(variant_no, 0) as variant_no, channel, becomes, count(*) as n, min(at.now) as at
from moved, at group by 2, 3, 4`;
