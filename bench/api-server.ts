import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { type Bus, openBus } from '../src/adapters/nats';
import { type Database, openDatabase } from '../src/adapters/postgres';
import { type ContextParts, createContext, type GraphContext } from '../src/graphql/context';
import { edgeLimits } from '../src/graphql/edge-settings';
import { unauthenticated } from '../src/graphql/errors';
import { createLiveFeeds } from '../src/graphql/live-feeds';
import { listenToNudges } from '../src/graphql/nudges';
import { buildGraph } from '../src/graphql/schema';
import { mountGraph } from '../src/graphql/server';
import { createAdmission } from '../src/identity/admission';
import { createIdentification, credentialsIn } from '../src/identity/identification';
import type { TokenSettings } from '../src/identity/token-verification';
import { createMessageEventFeeds } from '../src/message/message-event-feeds';
import { createHttpServer } from '../src/operations/http-server';
import { createOrm } from '../src/orm';
import { openPreviewRenderer } from '../src/preview/preview-renderer';
import { systemClock } from '../src/shared/clock';
import { messageIdsOf } from '../src/shared/message-id';
import { answerParent } from './child-asking';

/** What the server is told. */
export interface ApiServerSettings {
  readonly kind: 'ours' | 'default';
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly secret: string;
}

/** What the server has used so far. */
export interface ApiUse {
  readonly cpuMicros: number;
  readonly statements: number;
  readonly transactions: number;
}

const log = pino({ level: 'warn' }, pino.destination(2));

async function main(settings: ApiServerSettings): Promise<void> {
  const bus = await openBus({ url: settings.natsUrl, name: 'bench', log });
  const { database, counted } = countStatements(
    openDatabase({ url: settings.databaseUrl, role: 'campaign_app', applicationName: 'bench', poolSize: 10 }),
  );
  const context = await openContext(settings, database, bus);
  const tokens = { environment: 'test', jwtSecret: settings.secret } as const;
  const serve = settings.kind === 'ours' ? serveOurs : serveDefault;
  const server = await serve(context, tokens);
  const use = (): ApiUse => {
    const { user, system } = process.cpuUsage();
    return { cpuMicros: user + system, ...counted() };
  };
  const end = () => void setImmediate(() => process.exit());
  answerParent({ use, end }, (server.address() as AddressInfo).port);
}

async function openContext(settings: ApiServerSettings, database: Database, bus: Bus): Promise<ContextParts> {
  const orm = await createOrm({ url: settings.databaseUrl, applicationName: 'bench' });
  return {
    database,
    entityManager: orm.em,
    now: systemClock,
    messageIds: messageIdsOf(settings.secret),
    live: createLiveFeeds(listenToNudges(bus), systemClock, log),
    messageEvents: createMessageEventFeeds(bus),
    previews: openPreviewRenderer('http://localhost:8240'),
  };
}

async function serveOurs(context: ContextParts, tokens: TokenSettings): Promise<Server> {
  const app = createHttpServer(log);
  await mountGraph(app, { context, database: context.database, tokens, log, limits: edgeLimits() });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app.server;
}

/** The same schema, loaders and identity; the rest is Apollo as it comes: no gate, no limits, no charges. */
async function serveDefault(context: ContextParts, tokens: TokenSettings): Promise<Server> {
  const app = createHttpServer(log);
  const apollo = new ApolloServer<GraphContext>({ schema: buildGraph(), logger: log });
  const identify = createIdentification(tokens, context.now);
  const admit = createAdmission(context.database);
  await apollo.start();
  await app.register(fastifyApollo(apollo), {
    path: '/graphql',
    context: async ({ headers, id }: FastifyRequest) => {
      const claims = await identify(credentialsIn(headers));
      if (claims === undefined) throw unauthenticated();
      return createContext(context, await admit(claims), id);
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app.server;
}

/** Statements as resolvers ask for them, those that take the tenant's role among them; `begin` and `commit` are not. */
function countStatements(database: Database) {
  let statements = 0;
  let transactions = 0;
  const counting =
    (query: Database['query']): Database['query'] =>
    (...args) => {
      statements += 1;
      return query(...args);
    };
  const wrapped: Database = {
    ...database,
    query: counting(database.query),
    transaction: (work, opening) => {
      transactions += 1;
      if (opening !== undefined) statements += 1;
      return database.transaction((tx) => work({ ...tx, query: counting(tx.query) }), opening);
    },
  };
  return { database: wrapped, counted: () => ({ statements, transactions }) };
}

main(JSON.parse(process.argv[2] ?? '{}') as ApiServerSettings).catch((error: unknown) => {
  log.error({ err: error }, 'the server of the benchmark has ended');
  process.exit(1);
});
