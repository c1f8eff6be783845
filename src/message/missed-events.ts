import type { Transaction } from '../adapters/postgres';
import type { MessageIds } from '../scope';
import { type EventBatch, EventSample } from './event-batch';
import { MESSAGE_EVENT_KINDS, type MessageEvent, type MessageEventKind } from './message-event';

/** Whose events somebody missed, and since when. */
export interface Absence {
  /** The cursor of the last batch that was heard. */
  readonly after: number;
  readonly campaignNo: number;
  /** All executions of the campaign when absent. */
  readonly execNo?: number;
  /** All kinds when absent. */
  readonly kinds?: readonly MessageEventKind[];
}

export interface Missed {
  readonly batch: EventBatch;
  /** Rows that are in it: the bus may tell them once more. */
  readonly rows: ReadonlySet<number>;
}

/** Rows of the outbox that are read at most; each stands for many events. */
const MOST_ROWS = 5_000;
/** A sequence is the row times this, plus the place in the row. */
const PER_ROW = 65_536;

interface Row {
  readonly outboxNo: number;
  readonly execNo: number;
  readonly kind: MessageEventKind;
  readonly at: Date;
  readonly payload: {
    readonly seqs: readonly number[];
    readonly ats?: readonly number[];
    readonly data?: { machine?: boolean };
  };
}

/**
 * What was written down after the cursor, as long as the outbox is kept; nothing when it is too much to read. A row that
 * was committed late, below the cursor, is not among it: this is a view, the stream CAMPAIGN is the record.
 */
export async function readMissed(
  transaction: Transaction,
  absence: Absence,
  messageIds: MessageIds,
): Promise<Missed | undefined> {
  const rows = await readRows(transaction, absence);
  if (rows.length > MOST_ROWS) return undefined;
  const sample = new EventSample(absence.after);
  for (const row of rows)
    for (const event of eventsOf(row, messageIds)) if (event.sequence > absence.after) sample.add(event);
  return { batch: sample.batch, rows: new Set(rows.map(({ outboxNo }) => outboxNo)) };
}

const readRows = (transaction: Transaction, { after, campaignNo, execNo, kinds }: Absence): Promise<Row[]> =>
  transaction.query<Row>(
    `select outbox_no as "outboxNo", exec_no as "execNo", upper(substr(kind, $6)) as kind, at, payload
     from campaign.outbox
     where outbox_no >= $1 and campaign_no = $2 and ($3::int8 is null or exec_no = $3) and kind = any($4)
     order by outbox_no limit $5`,
    [
      Math.floor(after / PER_ROW),
      campaignNo,
      execNo ?? null,
      (kinds ?? Object.values(MESSAGE_EVENT_KINDS)).map((kind) => `${prefix}${kind.toLowerCase()}`),
      MOST_ROWS + 1,
      prefix.length + 1,
    ],
  );

const prefix = 'campaign.message.';

function eventsOf({ outboxNo, execNo, kind, at, payload }: Row, messageIds: MessageIds): MessageEvent[] {
  return payload.seqs.map((seq, index) => ({
    kind,
    at: new Date(payload.ats?.[index] ?? at),
    machine: payload.data?.machine ?? false,
    messageId: messageIds.encode(execNo, seq),
    sequence: outboxNo * PER_ROW + index,
  }));
}

/** What was missed first, then what comes, without what was among the missed. */
export function resumeWith(missed: Missed, live: AsyncIterableIterator<EventBatch>): AsyncIterableIterator<EventBatch> {
  let first: EventBatch | undefined = missed.batch;
  const isNew = ({ sequence }: MessageEvent) => !missed.rows.has(Math.floor(sequence / PER_ROW));
  const next = async (): Promise<IteratorResult<EventBatch>> => {
    const batch = first;
    first = undefined;
    if (batch) return { value: batch, done: false };
    const { value, done } = await live.next();
    return done ? { value, done } : { value: only(value, isNew), done: false };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next,
    // Not a generator: one that waits for the next value would put its end off until that comes.
    return: async () => (await live.return?.()) ?? { value: undefined, done: true },
  };
}

// The same object where nothing is left out: it is executed once for all who follow.
function only(batch: EventBatch, isNew: (event: MessageEvent) => boolean): EventBatch {
  const events = batch.events.filter(isNew);
  return events.length === batch.events.length ? batch : { ...batch, events };
}
