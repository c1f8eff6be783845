import type { Transaction } from '../adapters/postgres';
import { DISPOSITION } from '../shared/ledger-codes';
import { costSql, spentSql } from './spent-sql';

/** The next rows of a chunk, and what their expiry goes by. */
export interface WantedSlice {
  readonly execNo: number;
  readonly chunkNo: number;
  readonly rows: number;
  /** The time; absent: the database's. */
  readonly now: Date | undefined;
  readonly expiresAfterHours: number;
  /** Scopes of the limits that it falls under: what waits for them does not count. */
  readonly limits: readonly string[];
}

/**
 * How many of the next rows of a chunk the budget of its campaign pays. Part of the guard's transaction: claims of one
 * campaign take turns from here to their commit, and what they mark in flight is spent from then on, so no number of
 * senders, crashes and retries can spend more than there is. A row in flight was paid when it was first marked. What is
 * refused for good is not spent: it moves out of what was in the transaction that settles it. Past their time all may be
 * claimed: they expire, and cost nothing; else what no budget pays would keep its execution open for ever.
 */
export async function rowsPaid(tx: Transaction, slice: WantedSlice): Promise<number> {
  const { execNo, chunkNo, rows, now, expiresAfterHours, limits } = slice;
  await tx.query(TURN_SQL, [execNo], 'budget-turn');
  const values = [execNo, chunkNo, rows, now, expiresAfterHours, limits];
  const [row] = await tx.query<{ paid: number }>(PAID_SQL, values, 'budget-paid');
  return row?.paid ?? 0;
}

const TURN_SQL = `select pg_advisory_xact_lock(hashtextextended('campaign.budget', campaign_no))
from campaign.execution where exec_no = $1`;

// A statement of its own: it sees what was committed by whoever had the turn before. Rows that were put off may stand
// before rows in flight, so what is paid is the longest run of rows that has no more new ones than the rest pays.
const PAID_SQL = `
with at as (select coalesce($4::timestamptz, statement_timestamp()) as now),
wanted as materialized (
  select k.*, c.budget, ${costSql('c.budget', 'k.channel')} as cost,
    (c.budget ->> 'amount')::numeric - ${spentSql('c.campaign_no', 'c.budget')} as rest,
    greatest(k.expires_at, (select max(free_at) from campaign.limiter where scope = any($6::text[]))
      + make_interval(hours => $5::int)) <= (select now from at) as is_past
  from campaign.chunk k
  join campaign.execution e on e.exec_no = k.exec_no
  join campaign.campaign c on c.campaign_no = e.campaign_no
  where k.exec_no = $1 and k.chunk_no = $2 and c.budget is not null
),
slice as (
  select s.place, coalesce(m.disposition = ${DISPOSITION.queued}, false) as is_new
  from wanted w
  cross join lateral (
    select w.first_seq + w.cursor + i as seq, i as place from generate_series(0, least($3::int, w.size - w.cursor) - 1) i
    where w.seqs is null
    union all
    select u.seq, u.place::int from unnest(w.seqs[w.cursor + 1:w.cursor + $3::int]) with ordinality u (seq, place)
    where w.seqs is not null
  ) s
  left join lateral (select disposition from campaign.message m
    where m.exec_no = w.exec_no and m.seq = s.seq offset 0) m on true
),
running as (select *, count(*) filter (where is_new) over (order by place) as so_many from slice)
select case when w.cost = 0 or w.is_past then $3::int
  else (select count(*) from running r where r.so_many <= greatest(0, floor(w.rest / w.cost)))::int end as paid
from wanted w`;
