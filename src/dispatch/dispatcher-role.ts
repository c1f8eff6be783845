import { randomUUID } from 'node:crypto';
import type { Database } from '../adapters/postgres';
import { startHeadTelling } from '../audit/head-telling';
import { startDueCampaigns } from '../campaign/due-campaigns';
import type { Config } from '../config';
import { openConnections } from '../connections';
import { startIngest } from '../events/ingest';
import { createNudges } from '../events/nudges';
import { startOutboxRelay } from '../events/outbox-relay';
import { startLoop } from '../events/wakeable-loop';
import type { Log } from '../log';
import { startLedgerWatch } from '../operations/ledger-watch';
import { createOrm } from '../orm';
import { systemClock } from '../shared/clock';
import { type Running, type Stack, startAll } from '../shared/lifecycle';
import { messageIdKeys, messageIdsOf } from '../shared/message-id';
import { startDispatchLoops } from './dispatch-loops';
import { Leader } from './leader';
import { keepLedger } from './ledger-upkeep';

/** Background work: executions are expanded, hinted and ended; events go out and come in. */
export function startDispatcher(config: Config, log: Log): Promise<Running> {
  return startAll((stack) => start(config, log, stack));
}

async function start(config: Config, log: Log, stack: Stack): Promise<void> {
  const { database, bus } = await openConnections(config, 'dispatcher', log, stack, { jit: 'off' });
  stack.add(startUpkeep(database, log));
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
  const leader = new Leader(database, randomUUID());
  const loops = startDispatchLoops(
    {
      database,
      bus,
      ...config,
      changed: (campaignId) => {
        nudges.campaign(campaignId);
        relay.wake();
      },
    },
    leader,
    log,
    await dueStarter(config, database, stack, (campaignId) => nudges.campaign(campaignId)),
  );
  stack.add(() => loops.stop());
  const watch = startLedgerWatch({ database, log, leads: () => leader.leads() });
  stack.add(() => watch.stop());
  const telling = startHeadTelling({ database, bus, log, leads: () => leader.leads() });
  stack.add(() => telling.stop());
  const wakeUps = bus.subscribeCore('nudge.dispatch', () => loops.wake());
  stack.add(() => wakeUps.stop());
  log.info('[LIFECYCLE] dispatcher started');
}

/** Looks after the ledger now and every hour, whoever leads. */
function startUpkeep(database: Database, log: Log): () => Promise<void> {
  const round = async () => {
    await keepLedger(database, systemClock());
    return false;
  };
  const loop = startLoop({ name: 'upkeep', log, idleMs: 3_600_000, round });
  return () => loop.stop();
}

/** Starts scheduled campaigns whose time has come; true when there was one. */
async function dueStarter(
  config: Config,
  database: Database,
  stack: Stack,
  changed: (campaignId: string) => void,
): Promise<() => Promise<boolean>> {
  const orm = await createOrm({ url: config.databaseAppUrl, applicationName: 'campaign scheduler', poolSize: 2 });
  stack.add(() => orm.close());
  const parts = {
    database,
    entityManager: orm.em,
    now: systemClock,
    messageIds: messageIdsOf(config.idSecret),
    maxAudience: config.maxAudience,
    onCommitted: (campaigns: ReadonlySet<string>) => campaigns.forEach(changed),
  };
  return async () =>
    (await startDueCampaigns(database, parts)).some((result) => result === 'started' || result === 'ended');
}
