import type { Transaction } from '../adapters/postgres';
import { DISPOSITION, REASON } from '../shared/ledger-codes';
import type { MessageKey } from '../shared/message-id';
import { numberArray } from './pg-array';
import type { LedgerDeltas } from './proven-sent';

interface FailedRow {
  exec_no: number;
  seq: number;
  org_no: number;
  variant_no: number;
  channel: number;
  gate: number;
}

/** Unknown rows whose receipt tells that they never left: failed, and noted as refused. The caller holds their locks. */
export async function markFailed(tx: Transaction, keys: readonly MessageKey[], now: Date): Promise<LedgerDeltas> {
  if (keys.length === 0) return { counters: [], reasons: [] };
  const columns = [numberArray(keys.map((key) => key.execNo)), numberArray(keys.map((key) => key.seq))];
  const rows = await tx.query<FailedRow>(MARK, [...columns, now]);
  const place = (row: FailedRow) => ({ execNo: row.exec_no, orgNo: row.org_no, variantNo: row.variant_no });
  return {
    counters: rows.map((row) => ({
      ...place(row),
      channel: row.channel,
      at: now,
      changes: { failed: 1, unknown: -1 },
    })),
    reasons: rows.flatMap((row) => [
      { ...place(row), reason: REASON.refused, n: 1 },
      { ...place(row), reason: row.gate, n: -1 },
    ]),
  };
}

// The exception of an unknown row is the one its gate names; it makes room for the reason that is known now.
const MARK = `
with was as materialized (
  select m.exec_no, m.seq, m.gate from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)
  join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq
  where m.disposition = ${DISPOSITION.unknown}
),
dropped as (
  delete from campaign.message_exception x using was
  where x.exec_no = was.exec_no and x.seq = was.seq and x.reason = was.gate
),
marked as (
  update campaign.message m set disposition = ${DISPOSITION.failed}, gate = ${REASON.refused}
  from was where m.exec_no = was.exec_no and m.seq = was.seq
  returning m.exec_no, m.seq, m.org_no, m.attempt, coalesce(m.variant_no, 0) as variant_no, m.channel, was.gate
),
noted as (
  insert into campaign.message_exception (exec_no, reason, seq, org_no, attempt, at)
  select exec_no, ${REASON.refused}, seq, org_no, attempt, $3 from marked order by exec_no, seq
  on conflict (exec_no, reason, seq) do update set attempt = excluded.attempt, at = excluded.at
)
select exec_no, seq, org_no, variant_no, channel, gate from marked`;
