import type { Logger } from 'pino';
import { openBus } from '../adapters/nats';
import { openDatabase } from '../adapters/postgres';
import type { Config } from '../config';
import { startIngest } from '../events/ingest';
import { createNudges } from '../events/nudges';
import { startOutboxRelay } from '../events/outbox-relay';
import { systemClock } from '../shared/clock';
import { messageIdKeys } from '../shared/message-id';
import { randomUUID } from 'node:crypto';
import { startDispatchLoops } from './dispatch-loops';
import { Leader } from './leader';

/** A running role. */
export interface RunningRole {
  stop(): Promise<void>;
}

/** Background work: executions are planned, expanded, hinted and ended; events go out and come in. */
export async function startDispatcher(config: Config, log: Logger): Promise<RunningRole> {
  const database = openDatabase({
    url: config.databaseDispatcherUrl,
    role: 'campaign_dispatcher',
    applicationName: 'campaign-dispatcher',
    poolSize: config.databasePoolSize,
    session: { jit: 'off' },
    onConnectionError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  const bus = await openBus({ url: config.natsUrl, name: 'campaign-dispatcher', log });
  await bus.ensureStreams();
  const nudges = createNudges(bus);
  const ids = messageIdKeys(config.idSecret);
  const leader = new Leader(database, randomUUID());
  const loops = startDispatchLoops(
    {
      database,
      bus,
      clock: systemClock,
      leaseMs: config.leaseMs,
      expandBatch: config.expandBatch,
      chunkSize: config.chunkSize,
      outstandingChunks: config.outstandingChunks,
      changed: (campaignId) => {
        nudges.campaign(campaignId);
        bus.publishCore('nudge.outbox');
      },
    },
    leader,
    log,
  );
  const relay = startOutboxRelay({ database, bus, log, clock: systemClock, ids });
  const ingest = await startIngest({ database, bus, log, clock: systemClock, ids });
  const wakeUps = bus.subscribeCore('nudge.dispatch', () => loops.wake());
  log.info('[LIFECYCLE] dispatcher started');
  return {
    stop: async () => {
      wakeUps.stop();
      await Promise.all([loops.stop(), ingest.stop()]);
      await relay.stop();
      nudges.stop();
      await bus.close();
      await database.close();
    },
  };
}
