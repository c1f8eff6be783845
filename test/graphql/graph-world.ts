import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { type Bus, openBus } from '../../src/adapters/nats';
import type { Database } from '../../src/adapters/postgres';
import { createLiveFeeds, type LiveFeeds } from '../../src/graphql/live-feeds';
import { listenToNudges, wakeWatchers } from '../../src/graphql/nudges';
import { listenToRevocations } from '../../src/graphql/revocations';
import { type GraphServerParts, mountGraph } from '../../src/graphql/server';
import { signToken, type TokenRequest } from '../../src/identity/token';
import type { TokenSettings } from '../../src/identity/token-verification';
import { createMessageEventFeeds } from '../../src/message/message-event-feeds';
import { createHttpServer } from '../../src/operations/http-server';
import { createOrm } from '../../src/orm';
import { openPreviewRenderer } from '../../src/preview/preview-renderer';
import { systemClock } from '../../src/shared/clock';
import { decodeMessageId, encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase } from '../support/database';
import { testNatsUrl } from '../support/local-servers';

export const secret = 'a-secret-of-this-test-alone-with-32-bytes-or-more';
/** What public ids of messages are keyed with. */
export const idKeys = messageIdKeys('an-id-secret-of-this-test-with-32-bytes-or-more');

/** What a client gets back. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly data: any;
  readonly errors: readonly { message: string; path?: unknown; extensions: { code: string; requestId?: string } }[];
}

/** A server of its own. */
export interface ServedGraph {
  readonly url: string;
  /** Open connections as the server sees them, sockets among them. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export interface GraphWorld {
  /** As the dispatcher sees it. */
  readonly ledger: Database;
  readonly live: LiveFeeds;
  readonly bus: Bus;
  readonly url: string;
  /** Statements that requests have run, those that open and close transactions not among them. */
  statements(): number;
  token(organizationId: string, over?: Partial<TokenRequest>): Promise<string>;
  post(token: string | undefined, query: string, variables?: object, headers?: object): Promise<Answer>;
  /** The same graph once more, with limits of its own. */
  serve(edge: Pick<GraphServerParts, 'limits' | 'buckets'>): Promise<ServedGraph>;
  /** The same graph once more, as production serves it with these sources of identity. */
  serveProduction(tokens: Partial<TokenSettings>): Promise<ServedGraph>;
  close(): Promise<void>;
}

/** The graph on a free port over real PostgreSQL and NATS. */
export async function openGraphWorld(): Promise<GraphWorld> {
  const testDatabase = await createTestDatabase();
  const bus = await openBus({ url: testNatsUrl(), name: 'test', log });
  const { database, count } = countStatements(testDatabase.app);
  const orm = await createOrm({ url: testDatabase.url, applicationName: 'test' });
  const serve = async (tokens: TokenSettings, edge: Pick<GraphServerParts, 'limits' | 'buckets'> = {}) => {
    const live = createLiveFeeds(listenToNudges(bus), systemClock, log);
    const messageEvents = createMessageEventFeeds(bus);
    const previews = openPreviewRenderer('https://shop.example');
    const onCommitted = wakeWatchers(bus);
    const context = {
      database,
      entityManager: orm.em,
      directory: testDatabase.dispatcher,
      now: systemClock,
      messageIds,
      live,
      messageEvents,
      previews,
      onCommitted,
    };
    const served = await listen({ context, database, tokens, log, revocations: listenToRevocations(bus), ...edge });
    const close = async () => {
      await served.close();
      await previews.close();
    };
    return { live, ...served, close };
  };
  const { live, url, close } = await serve({ environment: 'test', jwtSecret: secret });
  return {
    ledger: testDatabase.dispatcher,
    live,
    bus,
    url,
    statements: count,
    token: tokenFor,
    post: (token, query, variables, headers) => post(url, token, JSON.stringify({ query, variables }), headers),
    serve: (edge) => serve({ environment: 'test', jwtSecret: secret }, edge),
    serveProduction: (tokens) => serve({ environment: 'production', jwtSecret: secret, ...tokens }),
    close: async () => {
      await close();
      await orm.close();
      await bus.close();
      await testDatabase.close();
    },
  };
}

const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
const messageIds = {
  encode: (execNo: number, seq: number) => encodeMessageId(idKeys, execNo, seq),
  decode: (id: string) => decodeMessageId(idKeys, id),
};

async function listen(parts: GraphServerParts): Promise<ServedGraph> {
  const app = createHttpServer(log);
  await mountGraph(app, parts);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
  const connections = promisify(app.server.getConnections.bind(app.server));
  return { url, connections, close: () => app.close() };
}

const tokenFor: GraphWorld['token'] = (organizationId, over) =>
  signToken({
    organizationId,
    role: 'viewer',
    userId: 'usr_ada',
    secret,
    now: new Date(),
    lifetimeSeconds: 600,
    ...over,
  });

export async function post(
  url: string,
  token: string | undefined,
  body: string,
  headers: object = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body,
  });
  const { data, errors = [] } = (await response.json()) as Omit<Answer, 'status'>;
  return { status: response.status, data, errors };
}

function countStatements(database: Database): { database: Database; count(): number } {
  let count = 0;
  const counting = <Args extends unknown[], Result>(run: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      count += 1;
      return run(...args);
    };
  };
  const wrapped: Database = {
    ...database,
    query: counting(database.query) as Database['query'],
    transaction: (work, opening) => {
      if (opening !== undefined) count += 1;
      return database.transaction((tx) => work({ ...tx, query: counting(tx.query) as Database['query'] }), opening);
    },
  };
  return { database: wrapped, count: () => count };
}
