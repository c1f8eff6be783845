import { decodeMessageId, type MessageIdKeys } from '../shared/message-id';

export const RECEIPT_KINDS = [
  'delivered',
  'failed',
  'bounced',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
  'replied',
] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** What a provider tells about one message. Its identity is message, kind and provider time: not the sender's event id. */
export interface Receipt {
  readonly kind: ReceiptKind;
  readonly organizationId: string;
  readonly execNo: number;
  readonly seq: number;
  /** 0: not told. */
  readonly attempt: number;
  /** Provider time, milliseconds. */
  readonly at: number;
  /** Of a bounce: the address will never work. */
  readonly hard: boolean;
  /** Of an open or a click: by a program, not a person. */
  readonly machine: boolean;
  readonly link: number | null;
  readonly detail: string | null;
}

/** The message cannot be understood, now or later: it becomes a dead letter with this reason. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

const kindOf: ReadonlyMap<string, ReceiptKind> = new Map(RECEIPT_KINDS.map((kind) => [`notification.${kind}`, kind]));

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Reads `notification.<kind>`; throws `UnreadableEvent`. Of the envelope only what a receipt needs: there are millions. */
export function parseReceipt(keys: MessageIdKeys, subject: string, text: string): Receipt {
  const kind = kindOf.get(subject);
  if (!kind) throw new UnreadableEvent(`no receipt is called ${subject.slice(subject.indexOf('.') + 1)}`);
  const body = parseBody(text);
  const { data } = body;
  const key = decodeMessageId(keys, textOf(data, 'messageId'));
  if (!key) throw new UnreadableEvent('messageId is none of ours');
  return {
    kind,
    organizationId: textOf(body, 'organizationId'),
    execNo: key.execNo,
    seq: key.seq,
    attempt: smallNumber(data.attempt) ?? 0,
    at: instantOf(data.at),
    hard: kind === 'bounced' && data.bounceType !== 'soft',
    machine: data.machine === true,
    link: smallNumber(data.link) ?? null,
    detail: typeof data.reason === 'string' ? data.reason.slice(0, 500) : null,
  };
}

export interface ParsedEnvelope {
  readonly id: string | undefined;
  readonly type: string | undefined;
  readonly source: string | undefined;
  readonly organizationId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function parseEnvelope(text: string): ParsedEnvelope {
  const body = parseBody(text);
  return {
    id: optionalText(body.id),
    type: optionalText(body.type),
    source: optionalText(body.source),
    organizationId: textOf(body, 'organizationId'),
    data: body.data,
  };
}

function parseBody(text: string): Record<string, unknown> & { readonly data: Readonly<Record<string, unknown>> } {
  const body = parseJson(text);
  if (!isRecord(body) || !hasData(body)) throw new UnreadableEvent('no envelope with data');
  return body;
}

const hasData = (body: Record<string, unknown>): body is Record<string, unknown> & { data: Record<string, unknown> } =>
  isRecord(body.data);

/** PostgreSQL keeps no NUL character: such text is refused here, before it can fail a whole batch. */
export function textOf(record: Readonly<Record<string, unknown>>, name: string): string {
  const value = record[name];
  if (typeof value !== 'string' || value === '' || value.length > 500 || value.includes('\0')) {
    throw new UnreadableEvent(`${name} is missing or no text`);
  }
  return value;
}

/** ISO 8601 or milliseconds, within this century. */
export function instantOf(value: unknown): number {
  const at = typeof value === 'number' ? Math.round(value) : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!(at >= EARLIEST && at < LATEST)) throw new UnreadableEvent('at is no point in time of this century');
  return at;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const optionalText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 500 && !value.includes('\0') ? value : undefined;

const smallNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 32_768 ? value : undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableEvent('not JSON');
  }
}
