import { z } from 'zod';
import { connectionSettings } from './connection-settings';
import { contentSettings } from './content/content-settings';
import { deliverySettings } from './delivery/delivery-settings';
import { dispatchSettings } from './dispatch/dispatch-settings';
import { edgeSettings } from './graphql/edge-settings';
import { identitySettings } from './identity/identity-settings';
import { remoteSettings } from './remote/remote-settings';
import { sessionSettings } from './session/session-settings';
import { count, httpUrl, words } from './setting-checks';
import { DEVELOPMENT_WEBHOOK_SECRET, webhookSettings } from './transports/webhook-settings';

const roleNames = ['api', 'dispatcher', 'sender'] as const;

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
  ...connectionSettings,
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
  ...dispatchSettings,
  ...sessionSettings,
  ...deliverySettings,
  maxNamedUsers: {
    names: ['AUDIENCE_USER_IDS'],
    unit: 'people',
    about: 'people whom one audience may name by their ids',
    check: count(10_000, 100_000),
  },
  maxSendWindows: {
    names: ['SEND_WINDOWS'],
    unit: 'windows',
    about: 'send windows of one campaign',
    check: count(10, 100),
  },
  ...contentSettings,
  ...webhookSettings,
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
