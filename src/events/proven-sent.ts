import type { Transaction } from '../adapters/postgres';
import type { CounterDelta, ReasonDelta } from '../metrics/counter-upsert';
import { DISPOSITION, REASON } from '../shared/ledger-codes';
import type { MessageKey } from '../shared/message-id';
import { numberArray } from './pg-array';

const { unknown, failed, sent } = DISPOSITION;

/** Why a row was taken for unknown or failed; a receipt disproves each of them. */
const DISPROVED = [
  REASON.render_failed,
  REASON.too_long,
  REASON.variable_missing,
  REASON.refused,
  REASON.bounced,
  REASON.answer_lost,
  REASON.changed_in_flight,
];

export interface LedgerDeltas {
  readonly counters: readonly CounterDelta[];
  readonly reasons: readonly ReasonDelta[];
}

interface Proven {
  exec_no: number;
  seq: number;
  org_no: number;
  variant_no: number;
  channel: number;
  was: number;
}

/**
 * Rows that were unknown or failed, and whose receipt shows that they left: they are sent, and are no exception any more.
 * The caller holds the rows' locks, and adds the deltas to the counters at the end of its transaction.
 */
export async function proveSent(tx: Transaction, keys: readonly MessageKey[], now: Date): Promise<LedgerDeltas> {
  if (keys.length === 0) return { counters: [], reasons: [] };
  const columns = [numberArray(keys.map((key) => key.execNo)), numberArray(keys.map((key) => key.seq))];
  const rows = await tx.query<Proven>(
    `with was as materialized (
       select m.exec_no, m.seq, m.disposition from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)
       join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq
       where m.disposition in (${unknown}, ${failed})
     )
     update campaign.message m
     set disposition = ${sent}, gate = 0, sent_at = coalesce(m.sent_at, m.guarded_at, $3)
     from was where m.exec_no = was.exec_no and m.seq = was.seq and m.disposition = was.disposition
     returning m.exec_no, m.seq, m.org_no, coalesce(m.variant_no, 0) as variant_no, m.channel, was.disposition as was`,
    [...columns, now],
  );
  const counters = rows.map(
    (row): CounterDelta => ({
      execNo: row.exec_no,
      orgNo: row.org_no,
      variantNo: row.variant_no,
      channel: row.channel,
      at: now,
      changes: { sent: 1, [row.was === unknown ? 'unknown' : 'failed']: -1 },
    }),
  );
  return { counters, reasons: await dropExceptions(tx, rows) };
}

/** Deletes what was noted against rows; the figures of the reasons go down with them. */
async function dropExceptions(tx: Transaction, rows: readonly Proven[]): Promise<ReasonDelta[]> {
  const variantOf = new Map(rows.map((row) => [`${row.exec_no}:${row.seq}`, row.variant_no]));
  const dropped = await tx.query<{ exec_no: number; seq: number; reason: number; org_no: number }>(
    `delete from campaign.message_exception x
     using unnest($1::bigint[], $2::int[]) as k (exec_no, seq), unnest($3::smallint[]) as r (reason)
     where x.exec_no = k.exec_no and x.seq = k.seq and x.reason = r.reason
     returning x.exec_no, x.seq, x.reason, x.org_no`,
    [numberArray(rows.map((row) => row.exec_no)), numberArray(rows.map((row) => row.seq)), numberArray(DISPROVED)],
  );
  return dropped.map(({ exec_no, seq, reason, org_no }) => ({
    execNo: exec_no,
    orgNo: org_no,
    reason,
    variantNo: variantOf.get(`${exec_no}:${seq}`) ?? 0,
    n: -1,
  }));
}
