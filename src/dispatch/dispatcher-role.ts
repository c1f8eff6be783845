import { randomUUID } from 'node:crypto';
import type { Config } from '../config';
import { openConnections } from '../connections';
import { startIngest } from '../events/ingest';
import { createNudges } from '../events/nudges';
import { startOutboxRelay } from '../events/outbox-relay';
import type { Log } from '../log';
import { systemClock } from '../shared/clock';
import { type Running, type Stack, startAll } from '../shared/lifecycle';
import { messageIdKeys } from '../shared/message-id';
import { startDispatchLoops } from './dispatch-loops';
import { Leader } from './leader';

/** Background work: executions are expanded, hinted and ended; events go out and come in. */
export function startDispatcher(config: Config, log: Log): Promise<Running> {
  return startAll((stack) => start(config, log, stack));
}

async function start(config: Config, log: Log, stack: Stack): Promise<void> {
  const { database, bus } = await openConnections(config, 'dispatcher', log, stack, { jit: 'off' });
  const nudges = createNudges(bus);
  stack.add(() => nudges.stop());
  const ids = messageIdKeys(config.idSecret);
  const relay = startOutboxRelay({ database, bus, log, clock: systemClock, ids });
  stack.add(() => relay.stop());
  const ingest = await startIngest({
    database,
    bus,
    log,
    clock: systemClock,
    ids,
    maxAttempts: config.maxAttempts,
    publishes: (kind) => config.messageEvents.includes(kind.replace('campaign.message.', '')),
  });
  stack.add(() => ingest.stop());
  const loops = startDispatchLoops(
    {
      database,
      bus,
      clock: systemClock,
      ...config,
      changed: (campaignId) => {
        nudges.campaign(campaignId);
        relay.wake();
      },
    },
    new Leader(database, randomUUID()),
    log,
  );
  stack.add(() => loops.stop());
  const wakeUps = bus.subscribeCore('nudge.dispatch', () => loops.wake());
  stack.add(() => wakeUps.stop());
  log.info('[LIFECYCLE] dispatcher started');
}
