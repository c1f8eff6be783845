import type { FastifyInstance } from 'fastify';
import { type Database, openDatabase } from '../adapters/postgres';
import { openAssets } from '../asset/open-assets';
import type { Config } from '../config';
import { type Connections, openConnections } from '../connections';
import { contentLimitsOf } from '../content/content-limits';
import { openTemplates } from '../creative/open-templates';
import { openSliceRenderer } from '../delivery/slice-rendering';
import { openLocalizer } from '../localization/open-localizer';
import type { Log } from '../log';
import { createMessageEventFeeds } from '../message/message-event-feeds';
import { createHttpServer } from '../operations/http-server';
import { createMetrics, operationsRoutes } from '../operations/operations-routes';
import { createOrm } from '../orm';
import { openPreviewRenderer } from '../preview/preview-renderer';
import { openProfileSchemas } from '../profile/open-profiles';
import { openRemoteLists } from '../remote-list/open-remote-lists';
import { systemClock } from '../shared/clock';
import { type Running, type Stack, startAll } from '../shared/lifecycle';
import { messageIdKeys, messageIdsOf } from '../shared/message-id';
import { openLateRenderer } from '../tracking/late-renderer';
import { mountTracking } from '../tracking/tracking-routes';
import { servedChannels } from '../transports/served-channels';
import { signingSecrets, webhookSecrets } from '../transports/webhook-signature';
import { createLiveFeeds } from './live-feeds';
import { listenToNudges, wakeWatchers } from './nudges';
import { listenToRevocations } from './revocations';
import { mountGraph } from './server';

/** A click is one statement by its key. */
const TRACKING_POOL = 4;
/** Counting an audience keeps a processor of PostgreSQL busy. */
const DIRECTORY_POOL = 2;

/** An api that listens, and where. */
export interface ApiRole extends Running {
  readonly port: number;
}

/** GraphQL over HTTP and WebSocket, the doors of tracked mails, health and metrics. */
export async function startApi(config: Config, log: Log): Promise<ApiRole> {
  let port = config.port;
  const running = await startAll(async (stack) => {
    const connections = await openConnections(config, 'api', log, stack);
    const server = createHttpServer(log, config.trustedProxies);
    operationsRoutes(server, { checks: connections.checks, metrics: createMetrics('api') });
    await mount(server, config, connections, log, stack);
    await mountDoors(server, config, connections, log, stack);
    stack.add(() => server.close());
    await server.listen({ port: config.port, host: config.host });
    port = listeningPort(server) ?? config.port;
  });
  return { port, stop: () => running.stop() };
}

async function mount(
  server: FastifyInstance,
  config: Config,
  { database, bus, redis }: Connections,
  log: Log,
  stack: Stack,
): Promise<void> {
  const orm = await createOrm({
    url: config.databaseAppUrl,
    applicationName: 'campaign api writes',
    poolSize: config.databasePoolSize,
  });
  stack.add(() => orm.close());
  const directory = openDirectory(config, log);
  stack.add(() => directory.close());
  const live = createLiveFeeds(listenToNudges(bus), systemClock, log);
  const messageEvents = createMessageEventFeeds(bus);
  const previews = openPreviewRenderer(config.publicUrl, config.shortUrl);
  stack.add(() => previews.close());
  const messageIds = messageIdsOf(config.idSecret);
  const onCommitted = wakeWatchers(bus);
  const { maxAudience, maxNamedUsers, maxSendWindows, maxTestRecipients } = config;
  const remoteLists = openRemoteLists(config, database, log, stack);
  const context = {
    database,
    entityManager: orm.em,
    directory,
    now: systemClock,
    messageIds,
    maxAudience,
    maxNamedUsers,
    maxSendWindows,
    content: contentLimitsOf(config),
    maxTestRecipients,
    servedChannels: servedChannels(config),
    webhookSecrets: (id: string) => webhookSecrets(signingSecrets(config.webhookSecret), id),
    remoteLists,
    templates: openTemplates(config, database, log, stack),
    assets: openAssets(config, database, log, stack),
    profileSchemas: openProfileSchemas(config, log, stack),
    localizer: openLocalizer(config, database, log, stack),
    live,
    messageEvents,
    previews,
    onCommitted,
  };
  await mountGraph(server, {
    context,
    database,
    tokens: config,
    log,
    limits: config,
    buckets: redis?.buckets,
    revocations: listenToRevocations(bus),
  });
}

/** A pool of its own: estimates of large audiences wait for each other, not others for them. */
const openDirectory = (config: Config, log: Log): Database =>
  openDatabase({
    url: config.databaseDispatcherUrl,
    role: 'campaign_dispatcher',
    poolSize: Math.min(config.databasePoolSize, DIRECTORY_POOL),
    applicationName: 'campaign api audiences',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });

/** A pool of their own: clicks keep going while the graph is busy, and only they see more than one organization. */
async function mountDoors(
  server: FastifyInstance,
  config: Config,
  { bus }: Connections,
  log: Log,
  stack: Stack,
): Promise<void> {
  const database = openDatabase({
    url: config.databaseDispatcherUrl,
    role: 'campaign_dispatcher',
    poolSize: Math.min(config.databasePoolSize, TRACKING_POOL),
    applicationName: 'campaign api tracking',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  stack.add(() => database.close());
  const renderer = openLateRenderer(() => openSliceRenderer(database, config, log));
  stack.add(() => renderer.close());
  const keys = messageIdKeys(config.trackingSecret);
  const ids = messageIdsOf(config.idSecret);
  await mountTracking(server, { database, bus, log, renderer, clock: systemClock, keys, ids });
}

function listeningPort(server: FastifyInstance): number | undefined {
  const address = server.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}
