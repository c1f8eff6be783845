import { isNativeError } from 'node:util/types';
import { type Dispatcher, Pool } from 'undici';
import { RemoteFailure } from '../remote/remote-failure';

/** One question to a service. */
export interface PeerRequest {
  readonly method: 'GET' | 'POST';
  /** Beneath the configured URL; its parts are encoded by the caller. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly patience: Patience;
}

/** How long an answer may take, in milliseconds: to begin, between two pieces of it, and in all. */
export interface Patience {
  readonly firstByteMs: number;
  readonly silenceMs: number;
  readonly wholeMs: number;
}

/** An answer with a status of 200 to 299, its body coming in as it is read. Throws RemoteFailure while it is read. */
export interface PeerAnswer {
  /** Without its parameters, in lower case. */
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A service over a pool of kept-alive connections. Follows no redirect, so nobody but this service is ever asked. */
export interface RemotePeer {
  /** `use` reads the answer, which ends with it. Throws RemoteFailure, or what `use` throws. */
  ask<T>(request: PeerRequest, use: (answer: PeerAnswer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens no connection until the first question. User and password of the URL become basic authorization. */
export function createRemotePeer(serviceUrl: string, connections: number): RemotePeer {
  const url = new URL(serviceUrl);
  const pool = new Pool(url.origin, {
    connections,
    pipelining: 1,
    connect: { timeout: 3_000 },
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
  });
  const base = url.pathname.replace(/\/+$/, '');
  const login: Wire['login'] = url.username === '' ? {} : { authorization: basic(url) };
  return {
    ask: async (request, use) => {
      const clock = new Stopwatch(request.patience);
      try {
        const wire = { path: `${base}${request.path}`, login, signal: clock.signal };
        const answer = await open(pool, request, wire).catch((error: unknown) => {
          throw clock.late ?? asFailure(error);
        });
        return await read(answer, clock, use);
      } finally {
        clock.stop();
      }
    },
    close: () => pool.destroy(),
  };
}

const basic = ({ username, password }: URL): string =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;

interface Wire {
  readonly path: string;
  readonly login: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

function open(pool: Pool, { method, body, headers }: PeerRequest, { path, login, signal }: Wire) {
  const sent = body === undefined ? {} : { 'content-type': 'application/json' };
  return pool.request({
    method,
    path,
    headers: { accept: 'application/json, application/x-ndjson', ...sent, ...login, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
    signal,
  });
}

async function read<T>(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  clock: Stopwatch,
  use: (answer: PeerAnswer) => Promise<T>,
): Promise<T> {
  try {
    if (statusCode < 200 || statusCode > 299) throw refusal(statusCode, headers['retry-after']);
    const contentType = String(headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    return await use({ contentType: contentType.trim().toLowerCase(), body: clock.timed(body) });
  } finally {
    // What was not read to its end is not waited for.
    body.on('error', () => undefined).destroy();
  }
}

function refusal(status: number, retryAfter: unknown): RemoteFailure {
  const message = `answered with status ${status}`;
  const seconds = Number(retryAfter);
  const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
  if (status === 429 || status === 503) return new RemoteFailure('busy', message, wait);
  if (status === 408) return new RemoteFailure('timeout', message);
  if (status === 404) return new RemoteFailure('unknown', message);
  return new RemoteFailure(status >= 500 ? 'fault' : 'refused', message);
}

const unreachable = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** A fault of the wire, whatever its kind. */
function asFailure(error: unknown): RemoteFailure {
  if (error instanceof RemoteFailure) return error;
  const code = isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : 'unnamed fault';
  if (unreachable.test(code)) return new RemoteFailure('unreachable', `no connection: ${code}`);
  if (code.startsWith('HPE_')) return new RemoteFailure('garbage', `not HTTP: ${code}`);
  return new RemoteFailure('cut', `the answer broke off: ${code}`);
}

/** Ends a request that begins too late, is silent for too long, or takes too long in all; the reader's own time between two pieces is not silence. */
class Stopwatch {
  readonly #controller = new AbortController();
  readonly #whole: NodeJS.Timeout;
  #next: NodeJS.Timeout;
  late: RemoteFailure | undefined;

  constructor(private readonly patience: Patience) {
    this.#whole = this.#timer(patience.wholeMs, `took longer than ${patience.wholeMs} ms`);
    this.#next = this.#timer(patience.firstByteMs, `no answer within ${patience.firstByteMs} ms`);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async *timed(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    clearTimeout(this.#next);
    const { silenceMs } = this.patience;
    const pieces = body[Symbol.asyncIterator]();
    for (;;) {
      this.#next = this.#timer(silenceMs, `silent for ${silenceMs} ms`);
      try {
        const { done, value } = await pieces.next();
        if (done) return;
        clearTimeout(this.#next);
        yield value;
      } catch (error) {
        throw this.late ?? asFailure(error);
      } finally {
        clearTimeout(this.#next);
      }
    }
  }

  stop(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#next);
  }

  #timer(ms: number, message: string): NodeJS.Timeout {
    return setTimeout(() => {
      this.late = new RemoteFailure('timeout', message);
      this.#controller.abort(this.late);
    }, ms);
  }
}
