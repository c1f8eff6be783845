import type { Database, Transaction } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import { CHANNEL, CHUNK_CAUSE, CHUNK_STATE, DISPOSITION } from '../shared/ledger-codes';
import { lockForWaiting } from './login-locks';

const NOW = 'coalesce($2::timestamptz, statement_timestamp())';

/**
 * Queued messages of due in-app chunks whose people are in no session wait for a login, one statement: their chunk is done
 * with, and the others of it go on in a list chunk. A row in flight may have left, and goes on with them. How long it waits is
 * what its chunk still had when it was due: time that it spent on limits and pauses does not count. To the minute, so that
 * those who log in together share a chunk.
 *
 * $1 exec_no · $2 the time, null: the database's · $3, $4 which chunks
 */
const awaitSql = (which: string) => `
with held as materialized (
  select k.*, e.paused_for from campaign.chunk k join campaign.execution e on e.exec_no = k.exec_no
  where k.exec_no = $1 and ${which} and k.channel = ${CHANNEL.in_app} and k.state = ${CHUNK_STATE.open}
    and e.status = 'running' and k.due_at <= ${NOW} and k.expires_at > k.due_at
    and (k.lease_until is null or k.lease_until < ${NOW})
  order by k.chunk_no for no key update of k
),
ahead as materialized (
  select h.chunk_no, h.exec_no, h.org_no, h.phase, s.seq, m.contact_no,
    date_trunc('minute', ${NOW} + (h.expires_at - h.due_at) - h.paused_for) as until,
    m.contact_no is not null and not exists (
      select from campaign.contact_session c where c.contact_no = m.contact_no and c.until > ${NOW} offset 0) as absent
  from held h
  cross join lateral (
    select h.first_seq + i as seq from generate_series(h.cursor, h.size - 1) i where h.seqs is null
    union all
    select unnest(h.seqs[h.cursor + 1:])
  ) s
  left join lateral (
    select m.contact_no from campaign.message m
    where m.exec_no = h.exec_no and m.seq = s.seq and m.disposition = ${DISPOSITION.queued} offset 0
  ) m on true
),
waiting as (
  insert into campaign.login_wait (contact_no, exec_no, seq, org_no, phase, since, until)
  select contact_no, exec_no, seq, org_no, phase, ${NOW}, until from ahead where absent order by contact_no, seq
),
split as (
  select chunk_no, array_agg(seq order by seq) filter (where not absent) as seqs from ahead group by chunk_no having bool_or(absent)
),
present as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, cause, made_at)
  select h.exec_no, h.org_no, h.channel, h.phase, h.due_at, h.expires_at, cardinality(s.seqs), s.seqs, h.cause, h.made_at
  from held h join split s on s.chunk_no = h.chunk_no where s.seqs is not null order by h.chunk_no
  returning chunk_no
),
done as (
  update campaign.chunk k set state = ${CHUNK_STATE.done}, cursor = k.size
  from split s where k.exec_no = $1 and k.chunk_no = s.chunk_no
)
select (select count(*) from split)::int as split, (select min(chunk_no) from present) as "present"`;

const NEW_SQL = awaitSql('k.first_seq >= $3::int and k.seqs is null and k.fence = 0');
const HINTED_SQL = awaitSql('k.chunk_no = $3 and k.fence = $4');

/** What was just expanded of an execution. */
interface NewMessages {
  readonly execNo: number;
  /** From this number on. */
  readonly fromSeq: number;
  readonly now: Date;
}

/** Part of the step that wrote them, which holds the lock of their organization since before it looked at anybody. */
export const awaitLoginsOfNew = (tx: Transaction, { execNo, fromSeq, now }: NewMessages): Promise<unknown> =>
  tx.query(NEW_SQL, [execNo, now, fromSeq], 'login-await-new');

/** A chunk as a hint names it, and whose it is. */
interface HintedChunk {
  readonly execNo: number;
  readonly chunkNo: number;
  readonly fence: number;
  readonly orgNo: number;
}

/** What a sender has to work on; `ended`: their time to wait is over, and what is left to do is to say so. */
interface PeopleThere {
  readonly chunkNo: number;
  readonly fence: number;
  readonly ended: boolean;
}

/**
 * Before a sender takes an in-app chunk: whoever is not there waits, without a grant of any limit. Nothing where that is
 * everybody. Crash before the commit: the chunk is as it was; after it: who is there is in a chunk that is hinted by itself.
 */
export async function awaitLogins(
  database: Database,
  { execNo, chunkNo, fence, orgNo }: HintedChunk,
  now?: Date,
): Promise<PeopleThere | undefined> {
  const [chunk] = await database.query<{ ended: boolean }>(ENDED_SQL, [execNo, chunkNo], 'login-ended');
  if (chunk?.ended) return { chunkNo, fence, ended: true };
  const found = await database.transaction(async (tx) => {
    await lockForWaiting(tx, [orgNo]);
    const values = [execNo, now, chunkNo, fence];
    const [row] = await tx.query<{ split: number; present: number | null }>(HINTED_SQL, values, 'login-await');
    crashPoint('login-wait:before-commit');
    return row;
  });
  if (!found?.split) return { chunkNo, fence, ended: false };
  return found.present === null ? undefined : { chunkNo: found.present, fence: 0, ended: false };
}

// A retry past its time is none of these: a limit may have kept its message alive, which the guard judges.
const ENDED_SQL = `select expires_at <= due_at and cause = ${CHUNK_CAUSE.login} as ended from campaign.chunk
where exec_no = $1 and chunk_no = $2`;
