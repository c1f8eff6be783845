import { z } from 'zod';
import type { Resolve } from '../adapters/checked-connector';
import { type CheckedHttp, createCheckedHttp } from '../adapters/checked-http';
import type { ContentLimits } from '../content/content-limits';
import { isRenderedEmail } from '../content/rendered-content';
import { webhookUrlMistake } from '../medium/webhook-url';
import type { Clock } from '../shared/clock';
import { isPublicAddress } from '../shared/public-address';
import type { Answer, OutgoingMessage, Transport } from './transport';
import { answerOf, troubleOf } from './webhook-answer';
import { signatureHeaders, webhookSecrets } from './webhook-signature';

export interface WebhookOptions {
  readonly targets: ContentLimits['webhookTargets'];
  /** The newest first. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly now: Clock;
  /** A test's own. */
  readonly resolve?: Resolve;
}

/** Of an answer, which says nothing but its status. */
const MOST_REPLY_BYTES = 65_536;
/** One address that hangs holds no more than these of all requests. */
const SHARE_OF_ONE = 4;

const request = z.object({
  url: z.string(),
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  payload: z.string(),
});

/** Requests to the addresses that campaigns name, signed; one that takes them drops an id that it has seen. */
export function createWebhook(options: WebhookOptions): Transport {
  const http = createCheckedHttp({
    connections: Math.max(1, Math.floor(options.concurrency / SHARE_OF_ONE)),
    timeoutMs: options.timeoutMs,
    connectTimeoutMs: options.timeoutMs / 2,
    maxReplyBytes: MOST_REPLY_BYTES,
    mayConnect: options.targets === 'any' ? () => true : isPublicAddress,
    resolve: options.resolve,
  });
  return {
    name: 'webhook',
    takesKeys: true,
    batch: 1,
    concurrency: options.concurrency,
    handOver: (messages, signal) => Promise.all(messages.map((message) => deliver({ http, options }, message, signal))),
    close: () => http.close(),
  };
}

interface Way {
  readonly http: CheckedHttp;
  readonly options: WebhookOptions;
}

async function deliver({ http, options }: Way, message: OutgoingMessage, signal?: AbortSignal): Promise<Answer> {
  const { key, messageId, organizationId, content } = message;
  const wanted = request.safeParse(isRenderedEmail(content) ? undefined : content.fields);
  if (!wanted.success) return { key, outcome: 'refused', reason: 'not a webhook', permanent: true };
  const { url, method, headers, payload } = wanted.data;
  // It was judged when it was saved, perhaps where other addresses were allowed.
  const mistake = webhookUrlMistake(url, options.targets);
  if (mistake) return { key, outcome: 'refused', reason: mistake, permanent: true };
  const secrets = webhookSecrets(options.secrets, organizationId);
  const signature = signatureHeaders(secrets, { id: messageId, at: options.now(), body: payload });
  try {
    const all = { 'content-type': 'application/json', ...lowerCased(headers), ...signature };
    return answerOf(key, await http.request({ url, method, headers: all, body: payload, signal }));
  } catch (error) {
    return troubleOf(key, error);
  }
}

const lowerCased = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
