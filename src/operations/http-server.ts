import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Log } from '../log';

/** The body of one request; larger ones are refused before they are read. */
const bodyLimit = 1_048_576;
const correlationHeader = 'x-correlation-id';

/** Every request has a correlation id: the caller's, when it is a plain one, or a new one. */
export function createHttpServer(log: Log): FastifyInstance {
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    bodyLimit,
    genReqId: ({ headers }) => plain(headers[correlationHeader]) ?? randomUUID(),
    // A request is not news: what it changed is logged where it is decided, and metrics count the rest.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    forceCloseConnections: 'idle',
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header(correlationHeader, request.id);
  });
  return server;
}

function plain(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : undefined;
}
