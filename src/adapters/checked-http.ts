import { Agent, errors } from 'undici';
import { type CheckedTargets, checkedConnector, NotConnected } from './checked-connector';

export interface CheckedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a stranger answered; of the body no more than is kept in mind. */
export interface CheckedReply {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** Requests to addresses that strangers name. */
export interface CheckedHttp {
  /**
   * Follows no redirect, decodes nothing, and reads no more of the body than its limit. Throws {@link NotConnected} when
   * nothing has left, {@link Unreadable} for what is no answer, and whatever else when the answer is missing.
   */
  request(request: CheckedRequest): Promise<CheckedReply>;
  close(): Promise<void>;
}

export interface CheckedHttpOptions extends CheckedTargets {
  /** Of one origin. */
  readonly connections: number;
  /** Whole request, connecting included. */
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
}

/** It answered something that is not HTTP, or has no end of headers. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Opens no connection until the first request. */
export function createCheckedHttp(options: CheckedHttpOptions): CheckedHttp {
  const agent = new Agent({
    connect: checkedConnector(options),
    connections: options.connections,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 16_384,
  });
  return {
    request: (request) => ask(agent, request, options),
    close: () => agent.destroy(),
  };
}

async function ask(
  agent: Agent,
  { url, method, headers, body, signal }: CheckedRequest,
  { timeoutMs, maxReplyBytes }: CheckedHttpOptions,
): Promise<CheckedReply> {
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  const { origin, pathname, search } = new URL(url);
  try {
    const reply = await agent.request({
      origin,
      path: `${pathname}${search}`,
      method,
      headers,
      body,
      signal: AbortSignal.any(limits),
    });
    await readSome(reply.body, maxReplyBytes);
    const retryAfter = reply.headers['retry-after'];
    return { status: reply.statusCode, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined };
  } catch (error) {
    throw error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError
      ? new Unreadable(error.message)
      : error;
  }
}

// What the status says, the body cannot take back: one that is too long, too slow or breaks off is left unread.
async function readSome(
  body: AsyncIterable<Buffer> & { destroy(): unknown; on: Body['on'] },
  most: number,
): Promise<void> {
  body.on('error', () => undefined);
  let read = 0;
  try {
    for await (const part of body) {
      read += part.length;
      if (read > most) break;
    }
  } catch {
    return;
  } finally {
    body.destroy();
  }
}

interface Body {
  on(event: 'error', listener: () => void): unknown;
}
