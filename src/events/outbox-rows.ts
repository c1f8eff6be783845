import type { OutgoingBusMessage } from '../adapters/nats';
import type { Transaction } from '../adapters/postgres';
import type { MessageIdKeys } from '../shared/message-id';
import { eventId, toBusMessage } from './envelope';
import type { ExecutionFacts, ExecutionFactsCache } from './execution-facts';
import { type MessageBatchPayload, type ToldMessage, toMessageEvents } from './message-events';
import { numberArray } from './pg-array';

export interface OutboxRow {
  readonly outbox_no: number;
  readonly kind: string;
  readonly exec_no: number | null;
  readonly payload: Record<string, unknown> | MessageBatchPayload;
  readonly at: Date;
  readonly organization_id: string;
  readonly campaign_id: string;
}

const ROWS = 100;
const EXPANDED = 5_000;
const PER_ROW = 65_536;

/** The oldest unpublished rows, as many as give a bounded number of events, at least one. */
export async function takeOutboxRows(tx: Transaction): Promise<OutboxRow[]> {
  const rows = await tx.query<OutboxRow>(
    `select o.outbox_no, o.kind, o.exec_no, o.payload, o.at, g.id as organization_id, c.id as campaign_id
     from campaign.outbox o
     join campaign.organization g on g.org_no = o.org_no
     join campaign.campaign c on c.campaign_no = o.campaign_no
     where o.published_at is null order by o.outbox_no limit ${ROWS}`,
    [],
    'outbox-take',
  );
  let events = 0;
  return rows.filter((row, index) => {
    events += isMessageBatch(row.payload) ? row.payload.seqs.length : 1;
    return index === 0 || events <= EXPANDED;
  });
}

/** Everything that the rows stand for, in their order. */
export class OutboxExpansion {
  constructor(
    private readonly keys: MessageIdKeys,
    private readonly executions: ExecutionFactsCache,
  ) {}

  async expand(tx: Transaction, rows: readonly OutboxRow[]): Promise<OutgoingBusMessage[]> {
    const told = await readMessages(tx, rows.filter(isBatch));
    const facts = await this.executions.load(
      tx,
      rows.flatMap((row) => row.exec_no ?? []),
    );
    let next = 0;
    return rows.flatMap((row) => {
      const execution = row.exec_no === null ? undefined : facts.get(row.exec_no);
      const messages = isBatch(row) ? told.slice(next, next + row.payload.seqs.length) : [];
      next += messages.length;
      return isBatch(row) && execution ? this.#batch(row, execution, messages) : [lifecycleEvent(row, execution)];
    });
  }

  #batch(row: BatchRow, execution: ExecutionFacts, messages: readonly (ToldMessage | undefined)[]) {
    const envelope = envelopeOf(row, execution);
    const { payload, outbox_no } = row;
    return toMessageEvents(this.keys, {
      payload,
      envelope,
      execution,
      messages,
      firstSequence: outbox_no * PER_ROW,
    });
  }
}

function lifecycleEvent(row: OutboxRow, execution: ExecutionFacts | undefined): OutgoingBusMessage {
  const place = { campaignId: row.campaign_id, ...(execution && { executionId: execution.executionId }) };
  return toBusMessage({
    ...envelopeOf(row, execution),
    id: eventId('outbox', row.outbox_no, row.kind, row.at.getTime()),
    data: { ...place, ...row.payload, sequence: row.outbox_no * PER_ROW },
  });
}

/**
 * The messages that the rows list, one after another, with gaps for those that are gone. One statement for all: the join
 * is on the full key, so a fresh partition without statistics cannot mislead it.
 */
async function readMessages(tx: Transaction, rows: readonly BatchRow[]): Promise<(ToldMessage | undefined)[]> {
  const seqs = rows.flatMap(({ payload }) => payload.seqs);
  if (seqs.length === 0) return [];
  const execNos = rows.flatMap(({ exec_no, payload }) => payload.seqs.map(() => exec_no));
  const found = await tx.query<ToldMessage & { readonly n: number }>(
    `select k.n::int as n, m.contact_no, m.variant_no, m.channel
     from unnest($1::bigint[], $2::int[]) with ordinality as k (exec_no, seq, n)
     join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq`,
    [numberArray(execNos), numberArray(seqs)],
    'outbox-messages',
  );
  const told = new Array<ToldMessage | undefined>(seqs.length).fill(undefined);
  for (const message of found) told[message.n - 1] = message;
  return told;
}

type BatchRow = OutboxRow & { readonly exec_no: number; readonly payload: MessageBatchPayload };

/** A row that stands for many messages; the others tell of one campaign. */
export const isBatch = (row: OutboxRow): row is BatchRow => row.exec_no !== null && isMessageBatch(row.payload);

const isMessageBatch = (payload: OutboxRow['payload']): payload is MessageBatchPayload =>
  'seqs' in payload && Array.isArray(payload.seqs);

function envelopeOf(row: OutboxRow, execution: ExecutionFacts | undefined) {
  const given = 'correlationId' in row.payload ? row.payload.correlationId : undefined;
  return {
    type: row.kind,
    version: 1,
    source: 'campaign-service',
    organizationId: row.organization_id,
    correlationId: typeof given === 'string' ? given : (execution?.executionId ?? row.campaign_id),
    timestamp: row.at.toISOString(),
  } as const;
}
