import { upsertReasonCounters } from '../metrics/counter-upsert';
import { DISPOSITION, REASON } from '../shared/ledger-codes';
import { countAfter } from './count-after';
import type { IngestParts } from './ingest-parts';
import { planByKeys } from './plan-by-keys';
import { proveSent } from './proven-sent';

const RECENT_DAYS = 4;
const EXEC_NO_PER_DAY = 2 ** 32;
const DAY_MS = 86_400_000;

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
    await countAfter(tx, settled.counters);
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
