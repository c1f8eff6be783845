import { Redis } from 'ioredis';

/** A connection that comes back by itself; commands fail fast while it is away. */
export interface RedisConnection {
  readonly client: Redis;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Connects in the background: Redis may be away, at the start as well as later. */
export function openRedis(url: string, onError: (error: Error) => void): RedisConnection {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  });
  client.on('error', onError);
  return {
    client,
    ping: async () => {
      await client.ping();
    },
    close: async () => {
      client.disconnect();
    },
  };
}
