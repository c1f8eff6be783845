import type { Transaction } from '../adapters/postgres';
import { upsertCounters, upsertReasonCounters } from '../metrics/counter-upsert';
import { crashPoint } from '../shared/crash-point';
import { DISPOSITION, REASON } from '../shared/ledger-codes';
import { writeDeadLetters } from './dead-letters';
import type { IngestParts } from './ingest-parts';
import { applyReceipts } from './ingest-receipts';
import { applyOutcomes } from './outcomes';
import { type ParkedEvent, type ParkedRow, parkAgain, takeParked, unpark } from './parked';
import { planByKeys } from './plan-by-keys';
import { proveSent } from './proven-sent';

/** A receipt whose message has not turned up for so long names one that never was, or is no longer, here. */
const LONGEST_PARKED_MS = 7 * 86_400_000;
const RECENT_DAYS = 4;
const EXEC_NO_PER_DAY = 2 ** 32;
const DAY_MS = 86_400_000;

/** Applies parked events that can be applied by now. Tells whether there may be more. */
export async function lookAgain(parts: IngestParts): Promise<boolean> {
  const now = parts.clock();
  const { taken, execNos } = await parts.database.transaction(async (tx) => {
    await planByKeys(tx);
    const rows = await takeParked(tx, now);
    return rows.length > 0 ? replay(tx, rows, parts, now) : { taken: 0, execNos: [] };
  });
  if (taken > 0) crashPoint('parked:after-commit');
  if (execNos.length > 0) await parts.announce(execNos);
  return taken > 0 && execNos.length > 0;
}

async function replay(tx: Transaction, rows: readonly ParkedRow[], parts: IngestParts, now: Date) {
  const receipts = rows.flatMap(({ payload }) => (payload.sort === 'receipt' ? [payload.receipt] : []));
  const events = rows.flatMap(({ payload }) => (payload.sort === 'outcome' ? [payload.event] : []));
  const waiting = await applyReceipts(tx, receipts, parts.context);
  const outcomes = await applyOutcomes(tx, events, now);
  const unapplied = new Set<object>([...waiting, ...outcomes.waiting]);
  const rest = rows.filter(({ payload }) => unapplied.has(contentOf(payload)));
  const old = rest.filter((row) => now.getTime() - row.parked_at.getTime() > LONGEST_PARKED_MS);
  await writeDeadLetters({ ...parts, database: tx }, old.map(toLetter));
  await parkAgain(
    tx,
    rest.filter((row) => !old.includes(row)),
    now,
  );
  await unpark(tx, [...rows.filter((row) => !rest.includes(row)), ...old]);
  crashPoint('parked:before-commit');
  const applied = receipts.filter((receipt) => !unapplied.has(receipt)).map((receipt) => receipt.execNo);
  return { taken: rows.length, execNos: [...new Set([...applied, ...outcomes.execNos])] };
}

const contentOf = (parked: ParkedEvent): object => (parked.sort === 'receipt' ? parked.receipt : parked.event);

const toLetter = ({ payload, tries }: ParkedRow) => ({
  message: {
    subject: payload.sort === 'receipt' ? `notification.${payload.receipt.kind}` : payload.event.eventType,
    deliveries: tries,
    text: () => JSON.stringify(contentOf(payload)),
  },
  reason: 'its message did not turn up',
  orgNo: payload.sort === 'receipt' ? payload.receipt.orgNo : payload.event.orgNo,
});

/**
 * A receipt can come while its message is in flight, and the answer of the hand-over be lost afterwards: the row is
 * unknown, though we know that it left. Such rows are found by the reasons of their exceptions, of the last days.
 */
export async function settleUnknown(parts: IngestParts): Promise<void> {
  const now = parts.clock();
  const since = (Math.floor(now.getTime() / DAY_MS) - RECENT_DAYS) * EXEC_NO_PER_DAY;
  const keys = await parts.database.transaction(async (tx) => {
    await planByKeys(tx);
    const rows = await tx.query<{ exec_no: number; seq: number }>(LEFT_AFTER_ALL, [since]);
    const found = rows.map(({ exec_no, seq }) => ({ execNo: exec_no, seq }));
    const settled = await proveSent(tx, found, now);
    await upsertCounters(tx, settled.counters);
    await upsertReasonCounters(tx, settled.reasons);
    return found;
  });
  if (keys.length > 0) await parts.announce(keys.map((key) => key.execNo));
}

const LEFT_AFTER_ALL = `
select m.exec_no, m.seq
from (
  select exec_no, reason from campaign.reason_counter
  where exec_no >= $1 and reason in (${REASON.answer_lost}, ${REASON.changed_in_flight})
  group by exec_no, reason having sum(n) > 0
) r
join campaign.message_exception x on x.exec_no = r.exec_no and x.reason = r.reason
join campaign.message m on m.exec_no = x.exec_no and m.seq = x.seq
where m.disposition = ${DISPOSITION.unknown} and x.attempt = m.attempt
  and coalesce(m.delivered_at, m.bounced_at, m.opened_at, m.clicked_at, m.unsubscribed_at, m.complained_at)
    >= coalesce(m.guarded_at, m.judged_at)
order by m.exec_no, m.seq limit 1000 for no key update of m`;
