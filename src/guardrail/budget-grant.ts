import type { Transaction } from '../adapters/postgres';
import { DISPOSITION } from '../shared/ledger-codes';
import { costSql, spentSql } from './spent-sql';

/** A chunk whose next rows are wanted. */
interface WantedSlice {
  readonly execNo: number;
  readonly chunkNo: number;
}

/**
 * How many of the next rows of a chunk the budget of its campaign pays, at most `rows`. Part of the guard's transaction:
 * claims of one campaign take turns from here to their commit, and what they mark in flight is spent from then on, so no
 * number of senders, crashes and retries can spend more than there is. A row in flight was paid when it was first marked.
 * What is refused for good is not spent: its counter moves it out of what was, in the transaction that settles it.
 */
export async function rowsPaid(tx: Transaction, slice: WantedSlice, rows: number): Promise<number> {
  await tx.query(TURN_SQL, [slice.execNo], 'budget-turn');
  const [row] = await tx.query<{ paid: number }>(PAID_SQL, [slice.execNo, slice.chunkNo, rows], 'budget-paid');
  return row?.paid ?? 0;
}

const TURN_SQL = `select pg_advisory_xact_lock(hashtextextended('campaign.budget', campaign_no))
from campaign.execution where exec_no = $1`;

// A statement of its own: it sees what was committed by whoever had the turn before.
const PAID_SQL = `
select case when cost = 0 then $3::int else least($3::int, paid_before + greatest(0, floor(rest / cost)))::int end as paid
from campaign.chunk k
join campaign.execution e on e.exec_no = k.exec_no
join campaign.campaign c on c.campaign_no = e.campaign_no
cross join lateral (select ${costSql('c.budget', 'k.channel')} as cost) one
cross join lateral (select (c.budget ->> 'amount')::numeric - ${spentSql('c.campaign_no', 'c.budget')} as rest) left_over
cross join lateral (
  select count(*) as paid_before from (
    select k.first_seq + k.cursor + i as seq from generate_series(0, least($3::int, k.size - k.cursor) - 1) i
    where k.seqs is null
    union all
    select unnest(k.seqs[k.cursor + 1:k.cursor + $3::int])
  ) s
  cross join lateral (select 1 from campaign.message m
    where m.exec_no = k.exec_no and m.seq = s.seq and m.disposition = ${DISPOSITION.in_flight} offset 0) m
) flying
where k.exec_no = $1 and k.chunk_no = $2 and c.budget is not null`;
