import type { Patience, PeerAnswer, PeerRequest, RemotePeer } from '../adapters/remote-peer';
import type { CircuitBreaker } from './circuit-breaker';
import { isPassing, RemoteFailure } from './remote-failure';
import { remoteCalls, remoteSeconds } from './remote-figures';

/** How often to try, and how long to wait between tries. */
export interface RetryRules {
  /** The first one included. */
  readonly tries: number;
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** What is asked for whom. Only questions that change nothing are asked: each may be asked again. */
export interface RemoteQuestion extends Omit<PeerRequest, 'patience' | 'headers'> {
  readonly organizationId: string;
  readonly patience?: Patience;
}

export interface RemoteServiceParts {
  /** As logs, metrics and readiness name it. */
  readonly name: string;
  readonly peer: RemotePeer;
  readonly breaker: CircuitBreaker;
  readonly retry: RetryRules;
  readonly patience: Patience;
}

/** Bytes of an answer that is read as a whole. */
const LARGEST_ANSWER = 4_194_304;

/** One service that others run: asked with patience, again when that may help, and left alone while it is ill. */
export class RemoteService {
  constructor(private readonly parts: RemoteServiceParts) {}

  get name(): string {
    return this.parts.name;
  }

  /** The answer as parsed JSON. Throws RemoteFailure. */
  json(question: RemoteQuestion): Promise<unknown> {
    return this.ask(question, readJson);
  }

  /**
   * Lets `use` read the answer as it comes in. A failure of the service on the way begins all of it anew, so `use` forgets
   * what it has read before. Throws RemoteFailure, or what `use` throws.
   */
  async ask<T>(question: RemoteQuestion, use: (answer: PeerAnswer) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#once(question, use);
      } catch (error) {
        const wait = this.#waitAfter(error, tried);
        if (wait === undefined) throw error;
        await pause(wait);
      }
    }
  }

  async #once<T>(question: RemoteQuestion, use: (answer: PeerAnswer) => Promise<T>): Promise<T> {
    const { breaker, peer, patience, name } = this.parts;
    const pass = breaker.admit();
    if (pass === undefined) {
      remoteCalls.inc({ service: name, outcome: 'open' });
      throw new RemoteFailure('open', 'is left alone for a while after its failures');
    }
    const done = remoteSeconds.startTimer({ service: name });
    const headers = { 'x-organization-id': question.organizationId };
    try {
      const result = await peer.ask({ patience, ...question, headers }, use);
      breaker.succeeded(pass);
      remoteCalls.inc({ service: name, outcome: 'ok' });
      return result;
    } catch (error) {
      this.#note(error, pass);
      throw error;
    } finally {
      done();
    }
  }

  #note(error: unknown, pass: symbol): void {
    const { breaker, name } = this.parts;
    if (error instanceof RemoteFailure) remoteCalls.inc({ service: name, outcome: error.kind });
    if (!(error instanceof RemoteFailure)) breaker.returned(pass);
    else if (isPassing(error)) breaker.failed(pass);
    // A service that says no is well.
    else breaker.succeeded(pass);
  }

  /** Milliseconds until the next try; nothing when there is none. */
  #waitAfter(error: unknown, tried: number): number | undefined {
    const { tries, pauseMs, longestPauseMs, random } = this.parts.retry;
    if (!(error instanceof RemoteFailure) || !isPassing(error) || tried >= tries) return undefined;
    const asked = error.retryAfterMs ?? 0;
    if (asked > longestPauseMs) return undefined;
    // Between half and the whole: callers that failed together do not come again together.
    const backoff = Math.min(longestPauseMs, pauseMs * 2 ** (tried - 1)) * (0.5 + random() / 2);
    return Math.max(asked, backoff);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function readJson({ body }: PeerAnswer): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > LARGEST_ANSWER) throw new RemoteFailure('too_large', `an answer of more than ${LARGEST_ANSWER} bytes`);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new RemoteFailure('garbage', 'an answer that is not JSON');
  }
}
