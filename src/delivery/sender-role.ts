import type { Logger } from 'pino';
import { openBus } from '../adapters/nats';
import { openDatabase } from '../adapters/postgres';
import type { Config } from '../config';
import type { RunningRole } from '../dispatch/dispatcher-role';
import { createNudges } from '../events/nudges';
import { systemClock } from '../shared/clock';
import { encodeMessageId, messageIdKeys } from '../shared/message-id';
import { createHttpProvider } from '../transports/http-provider';
import { createLogTransport } from '../transports/log';
import { createSmtpTransport } from '../transports/smtp';
import type { Transport } from '../transports/transport';
import { SENDER_SESSION } from './guard-sql';
import { startHintIntake } from './hint-intake';
import { Lane } from './lane';
import { openSliceRenderer } from './slice-rendering';

/** Takes chunks, guards, renders, hands over, settles. */
export async function startSender(config: Config, log: Logger): Promise<RunningRole> {
  const database = openDatabase({
    url: config.databaseDispatcherUrl,
    role: 'campaign_dispatcher',
    applicationName: 'campaign-sender',
    poolSize: config.senderChunks + 2,
    session: SENDER_SESSION,
    onConnectionError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  const bus = await openBus({ url: config.natsUrl, name: 'campaign-sender', log });
  await bus.ensureStreams();
  const nudges = createNudges(bus);
  const transport = chooseTransport(config, log);
  const renderer = openSliceRenderer(database, config);
  const ids = messageIdKeys(config.idSecret);
  const intake = await startHintIntake({
    parts: {
      database,
      transport,
      renderer,
      lane: new Lane(transport.concurrency),
      clock: systemClock,
      leaseMs: config.leaseMs,
      keyWindowMs: config.providerKeyWindowMs,
      retryBackoffMs: config.retryBackoffMs,
      answerRules: { takesKeys: transport.takesKeys, maxAttempts: config.maxAttempts },
      messageEvents: config.messageEvents.map((kind) => `campaign.message.${kind}`),
      messageId: (execNo, seq) => encodeMessageId(ids, execNo, seq),
    },
    bus,
    log,
    chunksAtOnce: config.senderChunks,
    sliceRows: transport.takesKeys ? config.chunkSize : transport.concurrency,
    worked: (campaignId) => {
      nudges.campaign(campaignId);
      bus.publishCore('nudge.dispatch');
      bus.publishCore('nudge.outbox');
    },
  });
  log.info({ transport: transport.name }, '[LIFECYCLE] sender started');
  return {
    stop: async () => {
      await intake.stop();
      nudges.stop();
      await Promise.all([transport.close(), renderer.close(), bus.close()]);
      await database.close();
    },
  };
}

/** A provider over HTTP where one is named, else a mail server, else the log (development). */
function chooseTransport(config: Config, log: Logger): Transport {
  if (config.providerUrl) {
    return createHttpProvider({
      url: config.providerUrl,
      batch: config.providerBatch,
      concurrency: config.providerConcurrency,
      timeoutMs: config.providerTimeoutMs,
    });
  }
  if (config.smtpUrl) return createSmtpTransport({ url: config.smtpUrl });
  return createLogTransport(log);
}
