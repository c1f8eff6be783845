import { z } from 'zod';
import { edgeSettings } from './graphql/edge-settings';
import { identitySettings } from './identity/identity-settings';
import { remoteSettings } from './remote/remote-settings';
import { count, url, words } from './setting-checks';
import { DEVELOPMENT_WEBHOOK_SECRET, webhookSettings } from './transports/webhook-settings';

const roleNames = ['api', 'dispatcher', 'sender'] as const;

const databaseUrl = url('postgres:', 'postgresql:');
const httpUrl = url('http:', 'https:');

/** Secrets that a developer's machine starts with. Production refuses each of them. */
export const developmentSecrets = {
  jwtSecret: 'development-only-secret-for-tokens-of-one-machine',
  trackingSecret: 'development-only-secret-for-tracking-links',
  idSecret: 'development-only-secret-for-public-message-ids',
  webhookSecret: DEVELOPMENT_WEBHOOK_SECRET,
} as const;

/**
 * Every setting: the variables it is read from (the first one set wins; the later ones are older names),
 * its unit, what it is for, and its check with its default.
 */
export const settings = {
  environment: {
    names: ['NODE_ENV'],
    unit: 'name',
    about: 'kind of installation',
    check: z.enum(['development', 'test', 'production']).default('development'),
  },
  roles: {
    names: ['ROLES'],
    unit: 'names, comma separated',
    about: 'what this process does',
    check: words.pipe(z.array(z.enum(roleNames)).min(1)).default([...roleNames]),
  },
  port: {
    names: ['PORT', 'CAMPAIGN_SERVICE_PORT'],
    unit: 'TCP port',
    about: 'GraphQL, tracking, health and metrics',
    check: z.coerce.number().int().min(0).max(65_535).default(8240),
  },
  healthPort: {
    names: ['HEALTH_PORT'],
    unit: 'TCP port',
    about:
      'health and metrics of a role without the api; a second such role of one command takes the next; none without it',
    check: z.coerce.number().int().min(0).max(65_535).optional(),
  },
  host: {
    names: ['HOST', 'CAMPAIGN_SERVICE_HOST'],
    unit: 'address',
    about: 'interface to listen on',
    check: z.string().default('0.0.0.0'),
  },
  publicUrl: {
    names: ['PUBLIC_URL'],
    unit: 'URL',
    about: 'where recipients reach tracking links; default http://localhost:PORT',
    check: httpUrl.optional(),
  },
  shortUrl: {
    names: ['SHORT_URL'],
    unit: 'URL',
    about: 'where they reach links in text messages, on a name as short as can be; default PUBLIC_URL',
    check: httpUrl.optional(),
  },
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
  jwtSecret: {
    names: ['JWT_SECRET'],
    unit: 'text of at least 32 bytes',
    about: 'signs and checks tokens (HS256)',
    check: z.string().default(developmentSecrets.jwtSecret),
  },
  ...identitySettings,
  trackingSecret: {
    names: ['TRACKING_SECRET'],
    unit: 'text of at least 32 bytes',
    about: 'signs tracking and unsubscribe links',
    check: z.string().default(developmentSecrets.trackingSecret),
  },
  idSecret: {
    names: ['ID_SECRET'],
    unit: 'text of at least 32 bytes',
    about: 'keys the hash in public message ids',
    check: z.string().default(developmentSecrets.idSecret),
  },
  logLevel: {
    names: ['LOG_LEVEL', 'CAMPAIGN_LOG_LEVEL'],
    unit: 'name',
    about: 'least severe line that is written',
    check: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']))
      .default('info'),
  },
  leaseMs: {
    names: ['LEASE_MS'],
    unit: 'milliseconds',
    about: 'how long a claimed slice stays with a sender that says nothing',
    check: count(5_000, 600_000),
  },
  providerUrl: {
    names: ['PROVIDER_URL'],
    unit: 'URL',
    about: 'HTTP provider that messages are handed to',
    check: httpUrl.optional(),
  },
  providerTimeoutMs: {
    names: ['PROVIDER_TIMEOUT_MS'],
    unit: 'milliseconds',
    about: 'after this an answer counts as missing',
    check: count(5_000, 600_000),
  },
  providerBatch: {
    names: ['PROVIDER_BATCH'],
    unit: 'messages',
    about: 'messages in one request to the provider',
    check: count(100, 10_000),
  },
  smtpUrl: {
    names: ['SMTP_URL'],
    unit: 'URL',
    about: 'mail server that messages are handed to',
    check: url('smtp:', 'smtps:').optional(),
  },
  senderEmail: {
    names: ['SENDER_EMAIL'],
    unit: 'e-mail address',
    about: 'sender of e-mails whose content names none',
    check: z.string().default('campaigns@example.com'),
  },
  senderName: {
    names: ['SENDER_NAME'],
    unit: 'text',
    about: 'name beside that address',
    check: z.string().default('Campaigns'),
  },
  chunkSize: { names: ['CHUNK_SIZE'], unit: 'messages', about: 'size of one chunk', check: count(500, 100_000) },
  expandBatch: {
    names: ['EXPAND_BATCH'],
    unit: 'contacts',
    about: 'contacts judged in one transaction',
    check: count(10_000, 100_000),
  },
  outstandingChunks: {
    names: ['OUTSTANDING_CHUNKS'],
    unit: 'chunks',
    about:
      'full chunks hinted or at work at a time, all senders together; of smaller ones more, of the same number of messages',
    check: count(16, 10_000),
  },
  senderChunks: {
    names: ['SENDER_CHUNKS'],
    unit: 'chunks',
    about: 'full chunks that one sender works on at a time; of smaller ones up to four times as many',
    check: count(4, 100),
  },
  renderThreads: {
    names: ['RENDER_THREADS'],
    unit: 'threads',
    about: 'threads that one sender renders in; default: cores less one, at least 1, at most 4',
    check: z.coerce.number().int().min(1).max(64).optional(),
  },
  providerConcurrency: {
    names: ['PROVIDER_CONCURRENCY'],
    unit: 'requests',
    about: 'requests to the provider at a time, of one sender',
    check: count(4, 1_000),
  },
  maxAttempts: {
    names: ['MAX_ATTEMPTS'],
    unit: 'attempts',
    about: 'attempts of one message: the first and its retries after definite refusals and soft bounces',
    check: count(4, 20),
  },
  retryBackoffMs: {
    names: ['RETRY_BACKOFF_MS'],
    unit: 'milliseconds',
    about: 'pause before the second attempt; doubled for each further one',
    check: count(30_000, 86_400_000),
  },
  providerKeyWindowMs: {
    names: ['PROVIDER_KEY_WINDOW_MS'],
    unit: 'milliseconds',
    about: 'how long the provider remembers an idempotency key; past it a lost answer is unknown',
    check: count(86_400_000, 31_536_000_000),
  },
  messageEvents: {
    names: ['MESSAGE_EVENTS'],
    unit: 'names, comma separated',
    about: 'kinds of per-message events that are published',
    check: words.default(['sent', 'failed', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed']),
  },
  maxAudience: {
    names: ['MAX_AUDIENCE'],
    unit: 'people',
    about: 'largest audience of one execution',
    check: count(1_000_000, 100_000_000),
  },
  maxNamedUsers: {
    names: ['AUDIENCE_USER_IDS'],
    unit: 'people',
    about: 'people whom one audience may name by their ids',
    check: count(10_000, 100_000),
  },
  blocksPerOrganization: {
    names: ['BLOCKS_PER_ORGANIZATION'],
    unit: 'blocks',
    about: 'content blocks that one organization may have',
    check: count(1_000, 10_000),
  },
  ...webhookSettings,
  blockDepth: {
    names: ['BLOCK_DEPTH'],
    unit: 'blocks',
    about: 'how deep content blocks may stand in each other',
    check: count(3, 10),
  },
  maxTestRecipients: {
    names: ['TEST_RECIPIENTS'],
    unit: 'people',
    about: 'most recipients of one test send',
    check: count(20, 100),
  },
  attributeSample: {
    names: ['ATTRIBUTE_SAMPLE'],
    unit: 'people',
    about:
      'people whose attributes a strict campaign is held against when it is saved; in a larger directory any may be there',
    check: count(20_000, 1_000_000),
  },
  assetBaseUrl: {
    names: ['ASSET_BASE_URL'],
    unit: 'URL',
    about: 'where relative addresses of images lead, unless an organization has an address of its own; none: they stay',
    check: url('https:', 'http:').optional(),
  },
  localesPerChannel: {
    names: ['LOCALES_PER_CHANNEL'],
    unit: 'languages',
    about: 'languages that one content may be written in, beside its own',
    check: count(50, 500),
  },
  simulateCrashAt: {
    names: ['CRASH_AT'],
    unit: 'names, comma separated',
    about: 'crash points at which this process kills itself; never in production',
    check: words.default([]),
  },
  ...remoteSettings,
  ...edgeSettings,
} as const;

/** What one process does. */
export type RoleName = (typeof roleNames)[number];
