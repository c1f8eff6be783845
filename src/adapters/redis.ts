import { Redis } from 'ioredis';
import { type Buckets, HOUR_MS } from '../rate-limit/bucket';

/** A connection that comes back by itself; commands fail fast while it is away. */
export interface RedisConnection {
  readonly client: Redis;
  /** Rate limits that all processes share. */
  readonly buckets: Buckets;
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
    buckets: createBuckets(client),
    ping: async () => {
      await client.ping();
    },
    close: async () => {
      client.disconnect();
    },
  };
}

/**
 * The clock is Redis' own, so that processes whose clocks differ agree. A bucket that is full again is forgotten: the
 * absence of one means that it is full.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, levels = 0, {}
for i, key in ipairs(KEYS) do
  local perHour, points = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local known = redis.call('HMGET', key, 'level', 'at')
  local level = perHour
  if known[1] then
    level = math.min(perHour, tonumber(known[1]) + math.max(0, now - tonumber(known[2])) * perHour / ${HOUR_MS})
  end
  levels[i] = level - points
  wait = math.max(wait, math.ceil((math.min(points, perHour) - level) * ${HOUR_MS} / perHour))
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  local perHour = tonumber(ARGV[2 * i - 1])
  redis.call('HSET', key, 'level', tostring(levels[i]), 'at', tostring(now))
  redis.call('PEXPIRE', key, math.max(1, math.ceil((perHour - levels[i]) * ${HOUR_MS} / perHour)))
end
return 0`;

/** A request waits for a limit no longer than this: then it counts as away. */
const ANSWER_MS = 250;

function createBuckets(client: Redis): Buckets {
  client.defineCommand('takePoints', { lua: takeScript });
  const takePoints = (client as Redis & Record<'takePoints', (...args: (string | number)[]) => Promise<number>>)
    .takePoints;
  return {
    take: (spends) => {
      const keys = spends.map(({ key }) => key);
      const amounts = spends.flatMap(({ perHour, points }) => [perHour, points]);
      return inTime(takePoints.call(client, keys.length, ...keys, ...amounts));
    },
  };
}

async function inTime(answer: Promise<number>): Promise<number> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`redis has not answered within ${ANSWER_MS} ms`)), ANSWER_MS);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
