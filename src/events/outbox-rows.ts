import type { OutgoingBusMessage } from '../adapters/nats';
import type { Transaction } from '../adapters/postgres';
import { channelName } from '../shared/ledger-codes';
import { encodeMessageId, type MessageIdKeys } from '../shared/message-id';
import { contactPseudonym, eventId, toBusMessage } from './envelope';
import type { ExecutionFacts, ExecutionFactsCache } from './execution-facts';
import { numberArray } from './pg-array';

/** Payload of a row that stands for many messages of one execution; the lists run in parallel. */
export interface MessageBatchPayload {
  readonly seqs: readonly number[];
  /** The attempt of each; part of the event's identity. */
  readonly attempts?: readonly number[];
  /** Milliseconds of each fact; the identity of a touch, and its time. */
  readonly ats?: readonly number[];
  /** Added to the data of every event. */
  readonly data?: Readonly<Record<string, unknown>>;
}

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
    const messages = await readMessages(tx, rows);
    const facts = await this.executions.load(
      tx,
      rows.flatMap((row) => row.exec_no ?? []),
    );
    return rows.flatMap((row) => {
      const execution = row.exec_no === null ? undefined : facts.get(row.exec_no);
      if (isMessageBatch(row.payload) && execution) return this.#batch(row, row.payload, execution, messages);
      return [this.#lifecycle(row, execution)];
    });
  }

  #lifecycle(row: OutboxRow, execution: ExecutionFacts | undefined): OutgoingBusMessage {
    const place = { campaignId: row.campaign_id, ...(execution && { executionId: execution.executionId }) };
    return toBusMessage({
      ...envelopeOf(row, execution),
      id: eventId('outbox', row.outbox_no, row.kind, row.at.getTime()),
      data: { ...place, ...row.payload, sequence: row.outbox_no * PER_ROW },
    });
  }

  #batch(
    row: OutboxRow,
    payload: MessageBatchPayload,
    execution: ExecutionFacts,
    messages: ReadonlyMap<string, MessageRow>,
  ): OutgoingBusMessage[] {
    const shared = envelopeOf(row, execution);
    const place = { campaignId: row.campaign_id, executionId: execution.executionId };
    return payload.seqs.flatMap((seq, index) => {
      const message = messages.get(`${execution.execNo}:${seq}`);
      // A row that retention or an erasure has taken has nothing left to tell.
      if (!message) return [];
      const attempt = payload.attempts?.[index];
      const at = payload.ats?.[index];
      const messageId = encodeMessageId(this.keys, execution.execNo, seq);
      return toBusMessage({
        ...shared,
        id: eventId(messageId, row.kind, at ?? attempt ?? 1),
        data: {
          ...place,
          ...payload.data,
          messageId,
          contact: contactPseudonym(this.keys, message.contact_no),
          channel: channelName.get(message.channel),
          variantId: execution.variantIds.get(message.variant_no ?? 0) ?? null,
          ...(attempt !== undefined && { attempt }),
          at: at === undefined ? shared.timestamp : new Date(at).toISOString(),
          sequence: row.outbox_no * PER_ROW + index,
        },
      });
    });
  }
}

interface MessageRow {
  exec_no: number;
  seq: number;
  contact_no: number;
  variant_no: number | null;
  channel: number;
}

/** One statement for all rows: the join is on the full key, so a fresh partition without statistics cannot mislead it. */
async function readMessages(tx: Transaction, rows: readonly OutboxRow[]): Promise<ReadonlyMap<string, MessageRow>> {
  const execNos: number[] = [];
  const seqs: number[] = [];
  for (const { exec_no, payload } of rows) {
    if (exec_no === null || !isMessageBatch(payload)) continue;
    for (const seq of payload.seqs) {
      execNos.push(exec_no);
      seqs.push(seq);
    }
  }
  if (seqs.length === 0) return new Map();
  const found = await tx.query<MessageRow>(
    `select m.exec_no, m.seq, m.contact_no, m.variant_no, m.channel
     from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)
     join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq`,
    [numberArray(execNos), numberArray(seqs)],
    'outbox-messages',
  );
  return new Map(found.map((row) => [`${row.exec_no}:${row.seq}`, row]));
}

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
