import { z } from 'zod';
import { count, httpUrl, url, words } from '../setting-checks';

/** Where messages go, how many at a time, and how often they are tried. */
export const deliverySettings = {
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
    about: 'attempts of one message by one channel: the first and its retries after definite refusals and soft bounces',
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
} as const;
