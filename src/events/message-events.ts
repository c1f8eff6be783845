import type { OutgoingBusMessage } from '../adapters/nats';
import { channelName } from '../shared/ledger-codes';
import { encodeMessageId, type MessageIdKeys } from '../shared/message-id';
import { contactPseudonym, type Envelope, eventId } from './envelope';
import type { ExecutionFacts } from './execution-facts';

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

/** What an event tells of its message. */
export interface ToldMessage {
  readonly contact_no: number;
  readonly variant_no: number | null;
  readonly channel: number;
}

export interface MessageBatch {
  readonly payload: MessageBatchPayload;
  readonly envelope: Omit<Envelope, 'id' | 'data'>;
  readonly execution: ExecutionFacts;
  /** In the order of the payload; missing where retention or an erasure has taken the row. */
  readonly messages: readonly (ToldMessage | undefined)[];
  readonly firstSequence: number;
}

/** The object's members without its braces, with a comma behind them. */
const members = (record: object): string => {
  const text = JSON.stringify(record).slice(1, -1);
  return text === '' ? '' : `${text},`;
};

/**
 * One event for each message of the batch. What they share is written as JSON once: this is done for every message
 * that is sent, and its own parts are ids and numbers that need no escaping.
 */
export function toMessageEvents(keys: MessageIdKeys, batch: MessageBatch): OutgoingBusMessage[] {
  const { payload, envelope, execution, messages, firstSequence } = batch;
  const shared = members(envelope);
  const place = { campaignId: execution.campaignId, executionId: execution.executionId };
  const data = members({ ...place, ...payload.data });
  const variant = variantTexts(execution);
  return payload.seqs.flatMap((seq, index) => {
    const message = messages[index];
    // It has nothing left to tell.
    if (!message) return [];
    const attempt = payload.attempts?.[index];
    const at = payload.ats?.[index];
    const messageId = encodeMessageId(keys, execution.execNo, seq);
    const id = eventId(messageId, envelope.type, at ?? attempt ?? 1);
    const own =
      `"messageId":"${messageId}","contact":"${contactPseudonym(keys, message.contact_no)}",` +
      `"channel":"${channelName.get(message.channel)}","variantId":${variant(message.variant_no)},` +
      `${attempt === undefined ? '' : `"attempt":${attempt},`}` +
      `"at":"${at === undefined ? envelope.timestamp : new Date(at).toISOString()}","sequence":${firstSequence + index}`;
    return { subject: envelope.type, id, payload: `{"id":"${id}",${shared}"data":{${data}${own}}}` };
  });
}

function variantTexts({ variantIds }: ExecutionFacts): (variantNo: number | null) => string {
  const texts = new Map([...variantIds].map(([no, id]) => [no, JSON.stringify(id)]));
  return (variantNo) => texts.get(variantNo ?? 0) ?? 'null';
}
