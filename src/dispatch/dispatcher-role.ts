import { randomUUID } from 'node:crypto';
import type { Bus } from '../adapters/nats';
import { type Database, openDatabase } from '../adapters/postgres';
import { startHeadTelling } from '../audit/head-telling';
import { startDueCampaigns } from '../campaign/due-campaigns';
import type { Config } from '../config';
import { openConnections } from '../connections';
import { startIngest } from '../events/ingest';
import { createNudges } from '../events/nudges';
import { startOutboxRelay } from '../events/outbox-relay';
import { startLoop, type WakeableLoop } from '../events/wakeable-loop';
import { startWatching } from '../guardrail/watching';
import type { Log } from '../log';
import { startLedgerWatch } from '../operations/ledger-watch';
import { createOrm } from '../orm';
import { openRemoteLists } from '../remote-list/open-remote-lists';
import { startAskingRules } from '../scheduling-rule/asking';
import type { ScopeParts } from '../scope';
import { systemClock } from '../shared/clock';
import { type Running, type Stack, startAll } from '../shared/lifecycle';
import { messageIdKeys, messageIdsOf } from '../shared/message-id';
import { servedChannels } from '../transports/served-channels';
import { startDeciding } from '../winner/deciding';
import { startDispatchLoops } from './dispatch-loops';
import { Leader } from './leader';
import { keepLedger } from './ledger-upkeep';

/** Background work: executions are expanded, hinted and ended; events go out and come in. */
export function startDispatcher(config: Config, log: Log): Promise<Running> {
  return startAll((stack) => start(config, log, stack));
}

/** What each part of the dispatcher works with. */
interface Common {
  readonly config: Config;
  readonly database: Database;
  readonly bus: Bus;
  readonly log: Log;
  readonly leads: () => Promise<boolean>;
}

async function start(config: Config, log: Log, stack: Stack): Promise<void> {
  const { database, bus } = await openConnections(config, 'dispatcher', log, stack, { jit: 'off' });
  const leader = new Leader(database, randomUUID());
  const common: Common = { config, database, bus, log, leads: () => leader.leads() };
  stack.add(startUpkeep(database, log));
  const nudges = createNudges(bus);
  stack.add(() => nudges.stop());
  const relay = await startEvents(common, stack);
  const scope = await schedulerScope(config, database, log, stack, (campaignId) => nudges.campaign(campaignId));
  const changed = (campaignId: string) => {
    nudges.campaign(campaignId);
    relay.wake();
  };
  const startsDue = async () =>
    (await startDueCampaigns(database, scope)).some((result) => result === 'started' || result === 'ended');
  const loops = startDispatchLoops({ database, bus, ...config, changed }, leader, log, startsDue);
  stack.add(() => loops.stop());
  startAskingRules(common, (campaignId) => nudges.campaign(campaignId), stack);
  startJudging(common, scope, { loops, relay }, stack);
  startTelling(common, stack);
  const wakeUps = bus.subscribeCore('nudge.dispatch', () => loops.wake());
  stack.add(() => wakeUps.stop());
  log.info('[LIFECYCLE] dispatcher started');
}

/** Events out of the outbox, and into the ledger. */
async function startEvents({ config, database, bus, log }: Common, stack: Stack): Promise<Wakeable> {
  const ids = messageIdKeys(config.idSecret);
  const common = { database, bus, log, clock: systemClock, ids };
  const relay = startOutboxRelay(common);
  stack.add(() => relay.stop());
  const ingest = await startIngest({
    ...common,
    maxAttempts: config.maxAttempts,
    sessionMinutes: config.sessionMinutes,
    publishes: (kind) => config.messageEvents.includes(kind.replace('campaign.message.', '')),
  });
  stack.add(() => ingest.stop());
  return relay;
}

type Wakeable = Pick<WakeableLoop, 'wake'>;

/** What looks at figures and acts: experiments that are decided, campaigns that are stopped. */
function startJudging(
  { database, log, leads }: Common,
  scope: ScopeParts,
  { loops, relay }: { loops: Wakeable; relay: Wakeable },
  stack: Stack,
): void {
  const common = { database, scope, log, leads };
  const changed = () => {
    loops.wake();
    relay.wake();
  };
  const deciding = startDeciding({ ...common, changed });
  stack.add(() => deciding.stop());
  const watching = startWatching({ ...common, changed: () => relay.wake() });
  stack.add(() => watching.stop());
}

/** What the leader tells of the ledger: figures for operators, heads of the audit log. */
function startTelling({ database, bus, log, leads }: Common, stack: Stack): void {
  const watch = startLedgerWatch({ database, log, leads });
  stack.add(() => watch.stop());
  const telling = startHeadTelling({ database, bus, log, leads });
  stack.add(() => telling.stop());
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

/** Connections that see one organization at a time, as a start does. */
const openTenants = (config: Config, log: Log): Database =>
  openDatabase({
    url: config.databaseAppUrl,
    role: 'campaign_app',
    poolSize: 2,
    applicationName: 'campaign scheduler audiences',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });

/** What the clock acts with: starts that are due, experiments that are decided. */
async function schedulerScope(
  config: Config,
  database: Database,
  log: Log,
  stack: Stack,
  changed: (campaignId: string) => void,
): Promise<ScopeParts> {
  const orm = await createOrm({ url: config.databaseAppUrl, applicationName: 'campaign scheduler', poolSize: 2 });
  stack.add(() => orm.close());
  const tenants = openTenants(config, log);
  stack.add(() => tenants.close());
  return {
    remoteLists: openRemoteLists(config, tenants, log, stack),
    database,
    entityManager: orm.em,
    now: systemClock,
    messageIds: messageIdsOf(config.idSecret),
    maxAudience: config.maxAudience,
    servedChannels: servedChannels(config),
    onCommitted: (campaigns: ReadonlySet<string>) => campaigns.forEach(changed),
  };
}
