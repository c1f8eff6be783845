import type { Config } from '../config';
import type { Log } from '../log';
import { systemClock } from '../shared/clock';
import type { ChannelKind } from '../shared/ledger-codes';
import { createHttpProvider } from '../transports/http-provider';
import { createLogTransport } from '../transports/log';
import { createSmtp } from '../transports/smtp';
import type { Transport } from '../transports/transport';
import { createWebhook } from '../transports/webhook';
import { signingSecrets } from '../transports/webhook-signature';

/**
 * A provider over HTTP where one is named, else a mail server, else the log (development). Webhooks go by themselves, but
 * where nothing leaves the house.
 */
export function chooseTransport(config: Config, channel: ChannelKind, log: Log): Transport {
  if (channel === 'webhook' && (config.providerUrl || config.smtpUrl)) return webhook(config);
  if (config.providerUrl) return httpProvider(config, config.providerUrl);
  if (config.smtpUrl) return smtp(config, new URL(config.smtpUrl));
  return createLogTransport((line) => log.debug(line, '[SEND] accepted by the log'));
}

/** The name of the one that is chosen. */
export const transportName = ({ providerUrl, smtpUrl }: Config): Transport['name'] =>
  providerUrl ? 'http-provider' : smtpUrl ? 'smtp' : 'log';

const webhook = (config: Config): Transport =>
  createWebhook({
    targets: config.webhookTargets,
    secrets: signingSecrets(config.webhookSecret),
    timeoutMs: config.webhookTimeoutMs,
    concurrency: config.webhookConcurrency,
    now: systemClock,
  });

const httpProvider = (config: Config, url: string): Transport =>
  createHttpProvider({
    url,
    batch: config.providerBatch,
    concurrency: config.providerConcurrency,
    timeoutMs: config.providerTimeoutMs,
  });

/** `smtp://user:pass@host:port`; TLS is demanded in production, and with `smtps:` from the first byte. */
function smtp(config: Config, url: URL): Transport {
  const secure = url.protocol === 'smtps:';
  return createSmtp({
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTls: config.environment === 'production' && !secure,
    connections: config.providerConcurrency,
    socketTimeoutMs: config.providerTimeoutMs,
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    from: { name: config.senderName, address: config.senderEmail },
    domain: config.senderEmail.split('@')[1] ?? 'localhost',
  });
}
