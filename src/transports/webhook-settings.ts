import { z } from 'zod';
import { count } from '../setting-checks';

/** Signs webhooks on a developer's machine. Production refuses it. */
export const DEVELOPMENT_WEBHOOK_SECRET = 'development-only-secret-for-signed-webhooks';

/** How webhooks leave. */
export const webhookSettings = {
  webhookTargets: {
    names: ['WEBHOOK_TARGETS'],
    unit: 'name',
    about: 'where webhooks may go: `public`, or `any` on a developer’s machine, which also does without TLS',
    check: z.enum(['public', 'any']).default('public'),
  },
  webhookSecret: {
    names: ['WEBHOOK_SECRET'],
    unit: 'text of at least 32 bytes',
    about: 'signs webhooks, with a key of its own for each organization; `2:newer,1:older` while one replaces another',
    check: z.string().default(DEVELOPMENT_WEBHOOK_SECRET),
  },
  webhookTimeoutMs: {
    names: ['WEBHOOK_TIMEOUT_MS'],
    unit: 'milliseconds',
    about: 'after this an answer to a webhook counts as missing',
    check: count(10_000, 15_000),
  },
  webhookConcurrency: {
    names: ['WEBHOOK_CONCURRENCY'],
    unit: 'requests',
    about: 'webhooks at a time, of one sender; a quarter of them to one address',
    check: count(16, 256),
  },
} as const;
