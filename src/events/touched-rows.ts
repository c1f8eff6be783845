import type { Transaction } from '../adapters/postgres';
import type { MessageKey } from '../shared/message-id';
import { numberArray } from './pg-array';
import { FIRSTS, type First, type TouchedMessage } from './touch-rules';

const COLUMN: Readonly<Record<First, string>> = {
  opened: 'opened_at',
  clicked: 'clicked_at',
  bounced_hard: 'bounced_at',
  unsubscribed: 'unsubscribed_at',
  complained: 'complained_at',
};

const milliseconds = (column: string): string => `round(extract(epoch from m.${column}) * 1000)::float8`;

type Row = Record<First, number | null> & {
  exec_no: number;
  seq: number;
  org_no: number;
  contact_no: number;
  variant_no: number;
  channel: number;
  phase: number;
  attempt: number;
  began: number | null;
  disposition: number;
  guarded: number;
};

const LOCK = `
select m.exec_no, m.seq, m.org_no, m.contact_no, coalesce(m.variant_no, 0) as variant_no, m.channel, m.phase, m.attempt, m.began,
  m.disposition, round(extract(epoch from coalesce(m.guarded_at, m.judged_at)) * 1000)::float8 as guarded,
  ${FIRSTS.map((first) => `${milliseconds(COLUMN[first])} as ${first}`).join(', ')}
from (select distinct exec_no, seq from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)) k
join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq
order by m.exec_no, m.seq for no key update of m`;

/** The messages of a batch, locked in the order of their keys: two ingesters never wait crosswise. */
export async function lockTouchedMessages(
  tx: Transaction,
  keys: readonly MessageKey[],
): Promise<ReadonlyMap<string, TouchedMessage>> {
  const columns = [numberArray(keys.map((key) => key.execNo)), numberArray(keys.map((key) => key.seq))];
  const rows = await tx.query<Row>(LOCK, columns, 'ingest-lock');
  return new Map(rows.map((row) => [`${row.exec_no}:${row.seq}`, toMessage(row)]));
}

function toMessage(row: Row): TouchedMessage {
  const { opened, clicked, bounced_hard, unsubscribed, complained } = row;
  return {
    execNo: row.exec_no,
    seq: row.seq,
    orgNo: row.org_no,
    contactNo: row.contact_no,
    variantNo: row.variant_no,
    channel: row.channel,
    phase: row.phase,
    guardedAt: row.guarded,
    disposition: row.disposition,
    attempt: row.attempt,
    began: row.began,
    firsts: { opened, clicked, bounced_hard, unsubscribed, complained },
  };
}

const WRITE = `
update campaign.message m
set ${FIRSTS.map((first) => `${COLUMN[first]} = to_timestamp(e.${first} / 1000)`).join(', ')}
from unnest($1::bigint[], $2::int[], ${FIRSTS.map((_, index) => `$${index + 3}::float8[]`).join(', ')})
  as e (exec_no, seq, ${FIRSTS.join(', ')})
where m.exec_no = e.exec_no and m.seq = e.seq
  and (${FIRSTS.map((first) => `m.${COLUMN[first]} is distinct from to_timestamp(e.${first} / 1000)`).join(' or ')})`;

/** Writes the first times back to rows that `lockTouchedMessages` has locked. */
export async function writeFirsts(tx: Transaction, touched: readonly TouchedMessage[]): Promise<void> {
  const messages = [...new Set(touched)];
  if (messages.length === 0) return;
  const columns = [
    numberArray(messages.map((message) => message.execNo)),
    numberArray(messages.map((message) => message.seq)),
    ...FIRSTS.map((first) => numberArray(messages.map((message) => message.firsts[first]))),
  ];
  await tx.query(WRITE, columns, 'ingest-firsts');
}
