import type { Transaction } from '../adapters/postgres';
import { type CounterDelta, upsertReasonCounters } from '../metrics/counter-upsert';
import { DISPOSITION, EXECUTION_KIND } from '../shared/ledger-codes';
import { countAfter } from './count-after';
import type { IngestContext, LocatedReceipt } from './ingest-context';
import { numberArray } from './pg-array';
import { proveSent } from './proven-sent';

const { unknown, failed } = DISPOSITION;

interface DeliveredGroup {
  exec_no: number;
  org_no: number;
  variant_no: number;
  channel: number;
  minute: number;
  n: number;
  proven: number[] | null;
}

// Sorted arrays give the rows' locks in one order; the guard on null makes redelivery a change of nothing.
const DELIVER = `
with e as (
  select * from unnest($1::bigint[], $2::int[], $3::int[], $4::smallint[], $5::float8[]) as e (exec_no, seq, org_no, attempt, at)
),
u as (
  update campaign.message m set delivered_at = to_timestamp(e.at / 1000)
  from e where m.exec_no = e.exec_no and m.seq = e.seq and m.org_no = e.org_no and m.delivered_at is null
  returning m.exec_no, m.seq, m.org_no, coalesce(m.variant_no, 0) as variant_no, m.channel, e.at,
    m.disposition in (${unknown}, ${failed}) and e.attempt in (0, m.attempt) as proven
),
published as (
  insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at)
  select x.org_no, x.campaign_no, x.exec_no, 'campaign.message.delivered',
    jsonb_build_object('seqs', g.seqs, 'ats', g.ats), $6::timestamptz
  from (select exec_no, jsonb_agg(seq order by seq) as seqs, jsonb_agg(at order by seq) as ats from u group by exec_no) g
  join campaign.execution x on x.exec_no = g.exec_no
  where $7::boolean and x.kind <> ${EXECUTION_KIND.TEST} order by x.exec_no
)
select exec_no, org_no, variant_no, channel, floor(at / 60000) * 60000 as minute, count(*)::int as n,
  array_agg(seq order by seq) filter (where proven) as proven
from u group by 1, 2, 3, 4, 5`;

/**
 * Writes down deliveries, one statement for the batch, and gives back those whose message is not there (yet).
 * A row in flight only learns the time: its sender settles it. A row that was thought failed or unknown has been sent.
 */
export async function applyDelivered(
  tx: Transaction,
  receipts: readonly LocatedReceipt[],
  context: IngestContext,
): Promise<LocatedReceipt[]> {
  const first = earliestOfEach(receipts);
  const groups = await tx.query<DeliveredGroup>(
    DELIVER,
    [...columnsOf(first), context.clock(), context.publishes('campaign.message.delivered')],
    'ingest-delivered',
  );
  const written = groups.reduce((sum, group) => sum + group.n, 0);
  const rest = written < first.length ? await reconsider(tx, first) : { deltas: [], missing: [] };
  const proven = groups.flatMap(({ exec_no, proven: seqs }) => (seqs ?? []).map((seq) => ({ execNo: exec_no, seq })));
  const settled = await proveSent(tx, proven, context.clock());
  await countAfter(tx, [...groups.map(toDelta), ...rest.deltas, ...settled.counters]);
  await upsertReasonCounters(tx, settled.reasons);
  return rest.missing;
}

const columnsOf = (receipts: readonly LocatedReceipt[]): string[] => [
  numberArray(receipts.map((receipt) => receipt.execNo)),
  numberArray(receipts.map((receipt) => receipt.seq)),
  numberArray(receipts.map((receipt) => receipt.orgNo)),
  numberArray(receipts.map((receipt) => receipt.attempt)),
  numberArray(receipts.map((receipt) => receipt.at)),
];

/** Sorted by key; of several receipts for one message the earliest. Most batches come as they were sent: in order. */
function earliestOfEach(receipts: readonly LocatedReceipt[]): readonly LocatedReceipt[] {
  if (receipts.every((receipt, index) => index === 0 || isAfter(receipt, receipts[index - 1]))) return receipts;
  const sorted = [...receipts].sort((a, b) => a.execNo - b.execNo || a.seq - b.seq || a.at - b.at);
  return sorted.filter((receipt, index) => {
    const before = sorted[index - 1];
    return !before || before.execNo !== receipt.execNo || before.seq !== receipt.seq;
  });
}

const isAfter = (receipt: LocatedReceipt, before: LocatedReceipt | undefined): boolean =>
  before !== undefined &&
  (receipt.execNo > before.execNo || (receipt.execNo === before.execNo && receipt.seq > before.seq));

const toDelta = (group: DeliveredGroup): CounterDelta => ({
  execNo: group.exec_no,
  orgNo: group.org_no,
  variantNo: group.variant_no,
  channel: group.channel,
  at: new Date(group.minute),
  changes: { delivered: group.n },
});

interface KnownRow {
  exec_no: number;
  seq: number;
  variant_no: number;
  channel: number;
  known: number;
}

/**
 * Receipts that changed nothing: redelivered ones, those of messages that are not there, and those that tell of an
 * earlier delivery than the one written down. The earliest stands, so the order of arrival does not matter.
 */
async function reconsider(tx: Transaction, receipts: readonly LocatedReceipt[]) {
  const rows = await tx.query<KnownRow>(
    `select m.exec_no, m.seq, coalesce(m.variant_no, 0) as variant_no, m.channel,
       round(extract(epoch from m.delivered_at) * 1000)::float8 as known
     from unnest($1::bigint[], $2::int[], $3::int[]) as e (exec_no, seq, org_no)
     join campaign.message m on m.exec_no = e.exec_no and m.seq = e.seq and m.org_no = e.org_no
     order by m.exec_no, m.seq for no key update of m`,
    columnsOf(receipts).slice(0, 3),
    'ingest-delivered-known',
  );
  const known = new Map(rows.map((row) => [`${row.exec_no}:${row.seq}`, row]));
  const missing = receipts.filter((receipt) => !known.has(`${receipt.execNo}:${receipt.seq}`));
  const earlier = receipts.flatMap((receipt) => {
    const row = known.get(`${receipt.execNo}:${receipt.seq}`);
    return row && receipt.at < row.known ? [{ receipt, row }] : [];
  });
  await moveEarlier(
    tx,
    earlier.map(({ receipt }) => receipt),
  );
  return { missing, deltas: earlier.flatMap(({ receipt, row }) => moved(receipt, row)) };
}

async function moveEarlier(tx: Transaction, receipts: readonly LocatedReceipt[]): Promise<void> {
  if (receipts.length === 0) return;
  await tx.query(
    `update campaign.message m set delivered_at = to_timestamp(e.at / 1000)
     from unnest($1::bigint[], $2::int[], $3::float8[]) as e (exec_no, seq, at)
     where m.exec_no = e.exec_no and m.seq = e.seq`,
    [
      numberArray(receipts.map((receipt) => receipt.execNo)),
      numberArray(receipts.map((receipt) => receipt.seq)),
      numberArray(receipts.map((receipt) => receipt.at)),
    ],
  );
}

function moved(receipt: LocatedReceipt, row: KnownRow): CounterDelta[] {
  const place = {
    execNo: receipt.execNo,
    orgNo: receipt.orgNo,
    variantNo: row.variant_no,
    channel: row.channel,
  };
  return [
    { ...place, at: new Date(row.known), changes: { delivered: -1 } },
    { ...place, at: new Date(receipt.at), changes: { delivered: 1 } },
  ];
}
