import type { Transaction } from '../adapters/postgres';
import type { CounterDelta, Measure } from '../metrics/counter-upsert';

/** Counters whose sum has to be paid for. */
const paidFor: readonly Measure[] = ['sent', 'unknown', 'in_flight', 'bounced_back'];

/**
 * Keeps the totals of executions that are completed by this transaction: `done` names them. Part of the statement that
 * completes, which holds their locks.
 */
export const keepSpendingSql = (done: string): string => `
  insert into campaign.spending (exec_no, channel, org_no, messages)
  select k.exec_no, k.channel, min(k.org_no), sum(k.sent + k.unknown + k.in_flight + k.bounced_back)
  from ${done} d join campaign.counter k on k.exec_no = d.exec_no and k.goal = 0 and k.segment_no = 0
  group by k.exec_no, k.channel
  on conflict (exec_no, channel) do update set messages = excluded.messages`;

/**
 * Moves totals with counters that a receipt changes after the end: what was thought refused has been sent. The lock of the
 * execution comes first: a completion under way either counts this change, or has written the total that it adds to.
 * Rare: most receipts change nothing that has to be paid for.
 */
export async function moveSpending(tx: Transaction, deltas: readonly CounterDelta[]): Promise<void> {
  const moved = movedBy(deltas);
  if (moved.length === 0) return;
  const execNos = moved.map(({ execNo }) => execNo);
  await tx.query(LOCK_SQL, [execNos], 'spending-lock');
  await tx.query(MOVE_SQL, [execNos, moved.map(({ channel }) => channel), moved.map(({ n }) => n)], 'spending-move');
}

interface Moved {
  readonly execNo: number;
  readonly channel: number;
  readonly n: number;
}

function movedBy(deltas: readonly CounterDelta[]): Moved[] {
  const sums = new Map<string, Moved>();
  for (const { execNo, channel, goal = 0, changes } of deltas) {
    const n = goal > 0 ? 0 : paidFor.reduce((sum, measure) => sum + (changes[measure] ?? 0), 0);
    const key = `${execNo} ${channel}`;
    sums.set(key, { execNo, channel, n: (sums.get(key)?.n ?? 0) + n });
  }
  const moved = [...sums.values()].filter(({ n }) => n !== 0);
  return moved.sort((one, other) => one.execNo - other.execNo || one.channel - other.channel);
}

const LOCK_SQL = `select 1 from campaign.execution where exec_no = any($1::bigint[]) order by exec_no for key share`;

const MOVE_SQL = `
insert into campaign.spending as s (exec_no, channel, org_no, messages)
select m.exec_no, m.channel, e.org_no, m.n
from unnest($1::bigint[], $2::smallint[], $3::bigint[]) m (exec_no, channel, n)
join campaign.execution e on e.exec_no = m.exec_no and e.status = 'completed'
order by m.exec_no, m.channel
on conflict (exec_no, channel) do update set messages = s.messages + excluded.messages`;
