import { z } from 'zod';
import { count, url } from './setting-checks';

const databaseUrl = url('postgres:', 'postgresql:');

/** Where PostgreSQL, NATS and Redis are. */
export const connectionSettings = {
  databaseUrl: {
    names: ['DATABASE_URL', 'CAMPAIGN_DB_URL'],
    unit: 'URL',
    about: 'PostgreSQL as the owner of the schema',
    check: databaseUrl,
  },
  databaseAppUrl: {
    names: ['DATABASE_APP_URL'],
    unit: 'URL',
    about: 'PostgreSQL for requests; default DATABASE_URL, in production a login that owns nothing',
    check: databaseUrl.optional(),
  },
  databaseDispatcherUrl: {
    names: ['DATABASE_DISPATCHER_URL'],
    unit: 'URL',
    about: 'PostgreSQL for background work; default DATABASE_URL',
    check: databaseUrl.optional(),
  },
  databasePoolSize: {
    names: ['DATABASE_POOL_SIZE'],
    unit: 'connections',
    about: 'most connections of one pool',
    check: count(10, 500),
  },
  natsUrl: {
    names: ['NATS_URL'],
    unit: 'URL',
    about: 'NATS with JetStream; several servers are separated by commas',
    check: z
      .string()
      .refine((text) => text.split(',').every((part) => url('nats:', 'tls:').safeParse(part.trim()).success), {
        message: 'must be a URL that starts with nats:// or tls://',
      }),
  },
  natsUsername: { names: ['NATS_USERNAME'], unit: 'text', about: 'user of NATS', check: z.string().optional() },
  natsPassword: { names: ['NATS_PASSWORD'], unit: 'text', about: 'password of NATS', check: z.string().optional() },
  natsToken: { names: ['NATS_TOKEN'], unit: 'text', about: 'token of NATS', check: z.string().optional() },
  redisUrl: {
    names: ['REDIS_URL', 'CAMPAIGN_REDIS_URL'],
    unit: 'URL',
    about: 'Redis; where it is named, readiness watches it',
    check: url('redis:', 'rediss:').optional(),
  },
} as const;
