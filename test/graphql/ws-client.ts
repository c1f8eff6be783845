import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** Queues everything that arrives, so that none is missed between two looks. */
export interface Followed {
  /** The next value; waits for it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  next(): Promise<any>;
  /** How many are there and not taken. */
  readonly waiting: number;
  stop(): void;
}

export interface TestClient {
  readonly client: Client;
  readonly closed: Promise<{ code: number; reason: string }>;
  follow(query: string, variables?: Record<string, unknown>): Followed;
  close(): Promise<void>;
}

/** A client on a real socket that never reconnects by itself. */
export function connectClient(url: string, token: string | undefined, shown: object = {}): TestClient {
  const ended = Promise.withResolvers<{ code: number; reason: string }>();
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    connectionParams: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...shown },
    on: { closed: (event) => ended.resolve(event as { code: number; reason: string }) },
    onNonLazyError: () => undefined,
  });
  return {
    client,
    closed: ended.promise,
    follow: (query, variables) => follow(client, query, variables),
    close: async () => client.dispose(),
  };
}

function follow(client: Client, query: string, variables?: Record<string, unknown>): Followed {
  const values: unknown[] = [];
  const takers: PromiseWithResolvers<unknown>[] = [];
  const put = (value: unknown) => {
    const taker = takers.shift();
    if (taker) taker.resolve(value);
    else values.push(value);
  };
  const stop = client.subscribe(
    { query, variables },
    { next: put, error: (error) => put({ error }), complete: () => put({ completed: true }) },
  );
  return {
    next: () => {
      if (values.length > 0) return Promise.resolve(values.shift());
      const taker = Promise.withResolvers<unknown>();
      takers.push(taker);
      return taker.promise;
    },
    get waiting() {
      return values.length;
    },
    stop,
  };
}
