import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import { openBus } from '../src/adapters/nats';
import { openDatabase } from '../src/adapters/postgres';
import { type ContextParts, createContext } from '../src/graphql/context';
import { edgeLimits } from '../src/graphql/edge-settings';
import { createLiveFeeds } from '../src/graphql/live-feeds';
import { listenToNudges } from '../src/graphql/nudges';
import { buildGraph } from '../src/graphql/schema';
import { mountGraph } from '../src/graphql/server';
import { createAdmission } from '../src/identity/admission';
import { createMessageEventFeeds } from '../src/message/message-event-feeds';
import { createHttpServer } from '../src/operations/http-server';
import { createOrm } from '../src/orm';
import { openPreviewRenderer } from '../src/preview/preview-renderer';
import { systemClock } from '../src/shared/clock';
import { messageIdsOf } from '../src/shared/message-id';
import { answerParent } from './child-asking';

/** What the server is told. */
export interface SubscriptionServerSettings {
  readonly kind: 'ours' | 'plain';
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly secret: string;
  readonly organizationId: string;
  readonly subscribers: number;
}

/** What is in use when everything that is not has been cleared away. */
export interface Memory {
  readonly heap: number;
  readonly resident: number;
}

/** What is open at this moment. */
export interface Held {
  /** Executions that are read for followers. */
  readonly feeds: number;
  readonly sockets: number;
  readonly descriptors: number;
}

const log = pino({ level: 'warn' }, pino.destination(2));

async function main(settings: SubscriptionServerSettings): Promise<void> {
  const context = await openContext(settings);
  const server = settings.kind === 'ours' ? await serveOurs(settings, context) : await servePlain(settings, context);
  const held = async (): Promise<Held> => ({
    feeds: context.live.open,
    sockets: await connectionsOf(server),
    descriptors: readdirSync('/proc/self/fd').length,
  });
  answerParent({ memory, cpuMicros, held }, (server.address() as AddressInfo).port);
}

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));

function memory(): Memory {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function openContext({ databaseUrl, natsUrl, secret }: SubscriptionServerSettings): Promise<ContextParts> {
  const bus = await openBus({ url: natsUrl, name: 'bench', log });
  const orm = await createOrm({ url: databaseUrl, applicationName: 'bench' });
  return {
    database: openDatabase({ url: databaseUrl, role: 'campaign_app', applicationName: 'bench', poolSize: 4 }),
    entityManager: orm.em,
    now: systemClock,
    messageIds: messageIdsOf(secret),
    live: createLiveFeeds(listenToNudges(bus), systemClock, log),
    messageEvents: createMessageEventFeeds(bus),
    previews: openPreviewRenderer('http://localhost:8240'),
  };
}

async function serveOurs(settings: SubscriptionServerSettings, context: ContextParts): Promise<Server> {
  const app = createHttpServer(log);
  const many = settings.subscribers * 2;
  const limits = edgeLimits({
    sockets: many,
    socketsPerAddress: many,
    socketsPerUser: many,
    subscriptionsPerOrganization: many,
  });
  const tokens = { environment: 'test', jwtSecret: settings.secret } as const;
  await mountGraph(app, { context, database: context.database, tokens, log, limits });
  await app.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 });
  return app.server;
}

/** The same schema as graphql-ws executes it by itself: each subscriber's every event on its own. */
async function servePlain(settings: SubscriptionServerSettings, context: ContextParts): Promise<Server> {
  const admit = createAdmission(context.database);
  const viewer = await admit({
    organizationId: settings.organizationId,
    userId: 'bench',
    role: 'viewer',
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  const app = createHttpServer(log);
  const sockets = new WebSocketServer({ server: app.server, path: '/graphql', perMessageDeflate: false });
  useServer({ schema: buildGraph(), context: () => createContext(context, viewer, 'bench') }, sockets);
  await app.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 });
  return app.server;
}

main(JSON.parse(process.argv[2] ?? '{}') as SubscriptionServerSettings).catch((error: unknown) => {
  log.error({ err: error }, 'the server of the benchmark has ended');
  process.exit(1);
});
