import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Log } from '../log';

/** The body of one request; larger ones are refused before they are read. */
const bodyLimit = 1_048_576;
const correlationHeader = 'x-correlation-id';

/** What a slow or endless caller may take; an operation of the graph ends before its connection does. */
const patience = {
  /** For the whole request to arrive. */
  requestTimeout: 15_000,
  /** For a connection on which nothing moves. */
  connectionTimeout: 15_000,
  keepAliveTimeout: 65_000,
  maxRequestsPerSocket: 1_000,
} as const;
const headersTimeout = 10_000;
const maxHeadersCount = 100;

/**
 * Every request has a correlation id: the caller's, when it is a plain one, or a new one. The caller's address is the
 * connection's, or what one of the trusted proxies says.
 */
export function createHttpServer(log: Log, trustedProxies: readonly string[] = []): FastifyInstance {
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    bodyLimit,
    ...patience,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    routerOptions: { maxParamLength: 200 },
    genReqId: ({ headers }) => plain(headers[correlationHeader]) ?? randomUUID(),
    // A request is not news: what it changed is logged where it is decided, and metrics count the rest.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    forceCloseConnections: 'idle',
  });
  server.server.headersTimeout = headersTimeout;
  server.server.maxHeadersCount = maxHeadersCount;
  server.addHook('onRequest', async (request, reply) => {
    reply.header(correlationHeader, request.id);
  });
  return server;
}

function plain(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : undefined;
}
