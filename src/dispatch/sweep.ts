import type { Database, Transaction } from '../adapters/postgres';
import { upsertCounters, upsertReasonCounters } from '../metrics/counter-upsert';
import { crashPoint } from '../shared/crash-point';
import { DISPOSITION, REASON } from '../shared/ledger-codes';

const { queued, in_flight, unknown, cancelled } = DISPOSITION;

/** An execution that the sweep has ended. */
export interface Ended {
  readonly execNo: number;
  readonly campaignId: string;
}

/** Executions whose audience is closed and whose chunks are all done: they may be complete. */
export async function findFinished(database: Database): Promise<number[]> {
  const rows = await database.query<{ exec_no: number }>(
    `select e.exec_no from campaign.execution e
     where e.status = 'running' and e.audience_closed
       and not exists (select 1 from campaign.chunk k where k.exec_no = e.exec_no and k.state = 0)`,
  );
  return rows.map((row) => row.exec_no);
}

/**
 * Completes an execution when it balances (P-09): under its lock, with the audience closed, counted from the rows once.
 * Never from an empty batch and never from a counter. Returns the campaign when it did.
 */
export function complete(database: Database, execNo: number, now: Date): Promise<Ended | undefined> {
  return database.transaction(async (tx) => {
    const campaignNo = await lockCampaign(tx, execNo);
    const [open] = await tx.query<{ n: number }>(
      `select count(*) as n from campaign.message where exec_no = $1 and disposition in (${queued}, ${in_flight})`,
      [execNo],
    );
    if (campaignNo === undefined || !open || open.n > 0) return undefined;
    const [row] = await tx.query<{ campaign_id: string }>(COMPLETE_SQL, [execNo, now]);
    crashPoint('complete:before-commit');
    return row && { execNo, campaignId: row.campaign_id };
  });
}

// Campaign before execution, as pause and cancel do: whoever comes second sees what the first one made of it.
async function lockCampaign(tx: Transaction, execNo: number): Promise<number | undefined> {
  await tx.query(
    `select 1 from campaign.campaign c join campaign.execution e using (campaign_no) where e.exec_no = $1 for update of c`,
    [execNo],
  );
  const [row] = await tx.query<{ campaign_no: number }>(
    `select campaign_no from campaign.execution where exec_no = $1 and status = 'running' and audience_closed for update`,
    [execNo],
  );
  return row?.campaign_no;
}

// A campaign paused by hand in the meantime is not running: its execution is not either, and nothing is completed.
const COMPLETE_SQL = `
with done as (
  update campaign.execution set status = 'completed', completed_at = $2 where exec_no = $1
  returning exec_no, org_no, campaign_no, kind, round
),
closed as (
  update campaign.campaign c set status = 'completed', completed_at = $2, updated_at = $2, version = c.version + 1
  from done where c.campaign_no = done.campaign_no and c.status = 'running' and c.type = 'ONE_TIME'
  returning c.id, c.campaign_no
),
events as (
  insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at)
  select done.org_no, done.campaign_no, done.exec_no, e.kind,
    jsonb_build_object('campaignId', c.id, 'executionId', x.id), $2
  from done join campaign.campaign c using (campaign_no) join campaign.execution x on x.exec_no = done.exec_no
  cross join lateral (
    select 'execution.completed' as kind union all select 'campaign.completed' from closed
  ) e
)
select c.id as campaign_id from done join campaign.campaign c using (campaign_no)`;

/** Chunks of cancelled executions that nobody holds any more. */
export async function findCancelledChunks(
  database: Database,
  now: Date,
): Promise<{ execNo: number; chunkNo: number }[]> {
  const rows = await database.query<{ exec_no: number; chunk_no: number }>(
    `select k.exec_no, k.chunk_no from campaign.chunk k join campaign.execution e using (exec_no)
     where k.state = 0 and e.status = 'cancelled' and (k.lease_until is null or k.lease_until < $1)
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
export function cancelChunk(database: Database, chunk: { execNo: number; chunkNo: number }, now: Date): Promise<void> {
  return database.transaction(async (tx) => {
    const rows = await tx.query<CancelledGroup>(CANCEL_SQL, [chunk.execNo, chunk.chunkNo, now]);
    const place = (row: CancelledGroup) => ({ execNo: chunk.execNo, orgNo: row.org_no, variantNo: row.variant_no });
    await upsertCounters(
      tx,
      rows.map((row) => ({
        ...place(row),
        channel: row.channel,
        at: now,
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
}

const reasonOf = (becomes: number): number => (becomes === cancelled ? REASON.cancelled : REASON.answer_lost);

const CANCEL_SQL = `
with taken as (
  update campaign.chunk set state = 2, fence = fence + 1
  where exec_no = $1 and chunk_no = $2 and state = 0 and (lease_until is null or lease_until < $3)
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
  select $1, gate, seq, org_no, attempt, $3 from moved order by gate, seq
  on conflict (exec_no, reason, seq) do nothing
)
select min(org_no) as org_no, coalesce(variant_no, 0) as variant_no, channel, becomes, count(*) as n
from moved group by 2, 3, 4`;
