/** One message of `POST /v1/messages`, on whichever channel; what else it holds is its content. */
export interface WireMessage {
  readonly key: string;
  readonly messageId: string;
  readonly attempt: number;
  readonly organizationId: string;
  /** Absent: e-mail. */
  readonly channel?: string;
  readonly to: string;
  readonly [field: string]: unknown;
}

const WORD = /^[\w.:-]{1,200}$/;

/** Undefined when any message is not one: the whole request is refused then, and nothing of it logged. */
export function parseMessages(body: string): readonly WireMessage[] | undefined {
  const parsed = parse(body);
  if (!isRecord(parsed) || !Array.isArray(parsed.messages)) return undefined;
  const messages: readonly unknown[] = parsed.messages;
  return messages.every(isMessage) ? messages : undefined;
}

function isMessage(value: unknown): value is WireMessage {
  if (!isRecord(value)) return false;
  const { key, organizationId, attempt, channel = 'email', to, subject, html, text } = value;
  if (!isWord(key) || !isWord(organizationId) || !Number.isInteger(attempt) || !isWord(channel)) return false;
  return channel === 'email' ? [to, subject, html, text].every(isText) : isText(to) && to !== '';
}

export function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
// Rows of the log are separated by tabs and ends of line.
const isWord = (value: unknown): value is string => isText(value) && WORD.test(value);
