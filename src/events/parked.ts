import type { Transaction } from '../adapters/postgres';
import type { LocatedReceipt } from './ingest-context';
import type { LocatedOutcomeEvent } from './outcomes';

/** An event that could not be applied when it came; the ingester looks again until it can. */
export type ParkedEvent =
  | { readonly sort: 'receipt'; readonly receipt: LocatedReceipt }
  | { readonly sort: 'outcome'; readonly event: LocatedOutcomeEvent };

export interface ParkedRow {
  readonly parked_no: number;
  readonly payload: ParkedEvent;
  readonly tries: number;
  readonly parked_at: Date;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const BATCH = 1_000;

const orgOf = (parked: ParkedEvent): number => (parked.sort === 'receipt' ? parked.receipt : parked.event).orgNo;

const subjectOf = (parked: ParkedEvent): string =>
  parked.sort === 'receipt' ? `notification.${parked.receipt.kind}` : parked.event.eventType;

/** Message, kind and time of a receipt; source and id of an event: parked twice, it rests once. */
function naturalKey(parked: ParkedEvent): string {
  if (parked.sort === 'outcome') return JSON.stringify([parked.event.source, parked.event.eventId]);
  const { execNo, seq, kind, at, attempt } = parked.receipt;
  return `${execNo}:${seq}:${kind}:${attempt}:${at}`;
}

/** In the caller's transaction: what is acknowledged to the bus is either applied or rests here. */
export async function park(tx: Transaction, events: readonly ParkedEvent[], now: Date): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `insert into campaign.parked_event (org_no, subject, natural_key, payload, parked_at, due_at)
     select org_no, subject, natural_key, payload, $5, $6
     from unnest($1::int[], $2::text[], $3::text[], $4::jsonb[]) as e (org_no, subject, natural_key, payload)
     order by org_no, natural_key on conflict do nothing`,
    [
      events.map(orgOf),
      events.map(subjectOf),
      events.map(naturalKey),
      events.map((event) => JSON.stringify(event)),
      now,
      new Date(now.getTime() + FIRST_PAUSE_MS),
    ],
  );
}

const COLUMNS = 'parked_no, payload, tries, parked_at';

/** Those that are due. Nobody holds them yet. */
export const readDue = (database: Transaction, now: Date): Promise<ParkedRow[]> =>
  database.query<ParkedRow>(
    `select ${COLUMNS} from campaign.parked_event where due_at <= $1 order by due_at limit ${BATCH}`,
    [now],
  );

/** Those of the rows that still rest and that no other ingester has in hand, as they are now. */
export const lockParked = (tx: Transaction, rows: readonly ParkedRow[]): Promise<ParkedRow[]> =>
  tx.query<ParkedRow>(
    `select ${COLUMNS} from campaign.parked_event
     where parked_no = any($1::bigint[]) order by parked_no for update skip locked`,
    [rows.map((row) => row.parked_no)],
  );

export async function unpark(tx: Transaction, rows: readonly ParkedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query('delete from campaign.parked_event where parked_no = any($1::bigint[])', [
    rows.map((row) => row.parked_no),
  ]);
}

/** Looked at again after pauses that double, outcomes' minute of judging excepted by their own rule. */
export async function parkAgain(tx: Transaction, rows: readonly ParkedRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const pauses = rows.map((row) => Math.min(FIRST_PAUSE_MS * 2 ** Math.min(row.tries, 16), LONGEST_PAUSE_MS));
  await tx.query(
    `update campaign.parked_event p set tries = p.tries + 1, due_at = e.due_at
     from unnest($1::bigint[], $2::timestamptz[]) as e (parked_no, due_at) where p.parked_no = e.parked_no`,
    [rows.map((row) => row.parked_no), pauses.map((pause) => new Date(now.getTime() + pause))],
  );
}
