import { isNativeError } from 'node:util/types';
import { Pool } from 'undici';

/** The whole answer of a peer, whatever its status. */
export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

/** No whole answer. `left` says whether the request may have reached the peer. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(
    readonly left: boolean,
    message: string,
  ) {
    super(message);
  }
}

export interface HttpRequest {
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One peer over a pool of kept-alive connections. */
export interface HttpClient {
  /** Throws only HttpFailure. */
  post(request: HttpRequest): Promise<HttpReply>;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  readonly origin: string;
  readonly connections: number;
  /** Whole request, connecting included. */
  readonly timeoutMs: number;
  readonly maxReplyBytes?: number;
}

// Raised while connecting, before any byte of a request is written.
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Opens no connection until the first request. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limit = options.maxReplyBytes ?? 4_194_304;
  const pool = new Pool(options.origin, {
    connections: options.connections,
    pipelining: 1,
    // Well below the whole: a connection that is never made must not look like an answer that was lost.
    connect: { timeout: Math.min(3_000, options.timeoutMs / 2) },
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
  });
  return {
    post: (request) => post(pool, request, { limit, timeoutMs: options.timeoutMs }),
    close: () => pool.destroy(),
  };
}

async function post(
  pool: Pool,
  request: HttpRequest,
  bounds: { limit: number; timeoutMs: number },
): Promise<HttpReply> {
  if (request.signal?.aborted) throw new HttpFailure(false, 'aborted');
  const stop = deadline(bounds.timeoutMs, request.signal);
  try {
    const reply = await pool.request({
      path: request.path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...request.headers },
      body: request.body,
      signal: stop.signal,
    });
    return { status: reply.statusCode, body: await readAll(reply.body, bounds.limit) };
  } catch (error) {
    throw failure(error);
  } finally {
    stop.release();
  }
}

// One timer for the whole request: undici's own clocks start late and tick coarsely.
function deadline(timeoutMs: number, outer?: AbortSignal): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('aborted'));
  const timer = setTimeout(() => controller.abort(new Error('timeout')), timeoutMs);
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}

async function readAll(body: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) throw new HttpFailure(true, `answer over ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function failure(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (!isNativeError(error)) return new HttpFailure(true, String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return new HttpFailure(!(code && NEVER_LEFT.has(code)), code ?? error.message);
}
