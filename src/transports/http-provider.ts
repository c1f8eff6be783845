import { createHttpClient, type HttpClient, HttpFailure, type HttpReply } from '../adapters/http-client';
import { jsonOf } from '../content/rendered-content';
import { answerMissing, parseResults } from './provider-answer';
import type { Answer, OutgoingMessage, Transport } from './transport';

export interface HttpProviderOptions {
  /** `POST {url}/v1/messages` */
  readonly url: string;
  readonly token?: string;
  readonly batch?: number;
  readonly concurrency?: number;
  readonly timeoutMs?: number;
}

interface Provider {
  readonly client: HttpClient;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

// A server that broke, or a gateway that lost the answer of the one behind it: the messages may have left.
const ANSWER_LOST = new Set([500, 502, 504]);
// About this very body. Other 4xx (credentials, address) are repaired by an operator, and the messages are still good.
const BODY_REFUSED = new Set([400, 413, 422]);

/** A provider over HTTP that drops a key it has seen: batches over kept-alive connections. */
export function createHttpProvider(options: HttpProviderOptions): Transport {
  const url = new URL(options.url);
  const concurrency = options.concurrency ?? 4;
  const provider: Provider = {
    client: createHttpClient({
      origin: url.origin,
      connections: concurrency,
      timeoutMs: options.timeoutMs ?? 5_000,
    }),
    path: `${url.pathname.replace(/\/$/, '')}/v1/messages`,
    headers: options.token ? { authorization: `Bearer ${options.token}` } : {},
  };
  return {
    name: 'http-provider',
    takesKeys: true,
    batch: options.batch ?? 100,
    concurrency,
    handOver: (messages, signal) => handOver(provider, messages, signal),
    close: () => provider.client.close(),
  };
}

async function handOver(
  provider: Provider,
  messages: readonly OutgoingMessage[],
  signal?: AbortSignal,
): Promise<Answer[]> {
  if (messages.length === 0) return [];
  try {
    const reply = await provider.client.post({ ...provider, body: bodyOf(messages), signal });
    if (BODY_REFUSED.has(reply.status) && messages.length > 1) return halve(provider, messages, signal);
    return classify(messages, reply);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return messages.map(({ key }) => unreached(key, error));
  }
}

// One poisonous message must not take its batch with it: the good ones leave under the same keys.
async function halve(
  provider: Provider,
  messages: readonly OutgoingMessage[],
  signal?: AbortSignal,
): Promise<Answer[]> {
  const middle = messages.length >> 1;
  const first = await handOver(provider, messages.slice(0, middle), signal);
  return [...first, ...(await handOver(provider, messages.slice(middle), signal))];
}

function classify(messages: readonly OutgoingMessage[], { status, body }: HttpReply): Answer[] {
  if (status === 200) return answersOf(messages, body);
  const reason = `http ${status}`;
  if (status < 400 || ANSWER_LOST.has(status))
    return messages.map(({ key }) => ({ key, outcome: 'unanswered', reason }));
  // The same key always carries the same body: a refused body was refused before as well.
  if (BODY_REFUSED.has(status))
    return messages.map(({ key }) => ({ key, outcome: 'refused', reason, permanent: true }));
  return messages.map(({ key }) => ({ key, outcome: 'refused', reason, permanent: false, ofRequest: true }));
}

function answersOf(messages: readonly OutgoingMessage[], body: string): Answer[] {
  const results = parseResults(body);
  return messages.map(({ key }) => results.get(key) ?? answerMissing(key));
}

function unreached(key: string, { left, message }: HttpFailure): Answer {
  if (left) return { key, outcome: 'unanswered', reason: message };
  return { key, outcome: 'refused', reason: message, permanent: false, neverLeft: true };
}

/** `{"messages":[…]}`. A mail's own fields are JSON already when they come from the renderer, and are not read again. */
function bodyOf(messages: readonly OutgoingMessage[]): Buffer {
  const parts = messages.flatMap(({ content, ...message }, index) => [
    Buffer.from(`${index === 0 ? '{"messages":[' : ','}${JSON.stringify(message).slice(0, -1)},`),
    jsonOf(content).subarray(1),
  ]);
  return Buffer.concat([...parts, Buffer.from(']}')]);
}
