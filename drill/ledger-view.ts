import type { Database } from '../src/adapters/postgres';
import { DISPOSITION, dispositionName } from '../src/shared/ledger-codes';
import { encodeMessageId, type MessageIdKeys } from '../src/shared/message-id';

/** What the ledger says of one message, as far as the outside can check it. */
export interface LedgerRow {
  readonly messageId: string;
  readonly disposition: string;
  readonly delivered: boolean;
}

/** Sums of the counters, which must be those of the rows. */
export interface CounterSums {
  readonly audience: number;
  readonly sent: number;
  readonly delivered: number;
  readonly queued: number;
  readonly inFlight: number;
}

/** Rows that are handed over and not settled at this moment, counted. */
export async function countInFlight(database: Database, execNo: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    'select count(*) as n from campaign.message where exec_no = $1 and disposition = $2',
    [execNo, DISPOSITION.in_flight],
  );
  return row?.n ?? 0;
}

/** Messages that have ended outside: sent, unknown or failed. By counters, for it is asked often. */
export async function countEnded(database: Database, execNo: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    'select coalesce(sum(sent + unknown + failed), 0)::int8 as n from campaign.counter where exec_no = $1',
    [execNo],
  );
  return row?.n ?? 0;
}

/** All counters of an execution. */
export async function readCounters(database: Database, execNo: number): Promise<CounterSums> {
  const [row] = await database.query<CounterSums>(
    `select coalesce(sum(audience), 0)::int8 as audience, coalesce(sum(sent), 0)::int8 as sent,
       coalesce(sum(delivered), 0)::int8 as delivered, coalesce(sum(queued), 0)::int8 as queued,
       coalesce(sum(in_flight), 0)::int8 as "inFlight"
     from campaign.counter where exec_no = $1 and goal = 0 and segment_no = 0`,
    [execNo],
  );
  return row ?? { audience: 0, sent: 0, delivered: 0, queued: 0, inFlight: 0 };
}

/** Every message of an execution under its public name. */
export async function readLedger(database: Database, ids: MessageIdKeys, execNo: number): Promise<LedgerRow[]> {
  const rows = await database.query<{ seq: number; disposition: number; delivered: boolean }>(
    `select seq, disposition, delivered_at is not null as delivered from campaign.message where exec_no = $1 order by seq`,
    [execNo],
  );
  return rows.map(({ seq, disposition, delivered }) => ({
    messageId: encodeMessageId(ids, execNo, seq),
    disposition: dispositionName.get(disposition) ?? '?',
    delivered,
  }));
}

/** Status of the execution and rows that wait in the outbox. */
export async function readEnd(database: Database, execNo: number): Promise<{ status: string; unpublished: number }> {
  const [row] = await database.query<{ status: string; unpublished: number }>(
    `select status, (select count(*) from campaign.outbox where published_at is null) as unpublished
     from campaign.execution where exec_no = $1`,
    [execNo],
  );
  return row ?? { status: 'gone', unpublished: 0 };
}
