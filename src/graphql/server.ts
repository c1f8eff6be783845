import 'reflect-metadata';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { type Admit, createAdmission } from '../identity/admission';
import type { Claims } from '../identity/claims';
import { admitGatewayOnly, createIdentification, credentialsIn, type Identify } from '../identity/identification';
import type { TokenSettings } from '../identity/token-verification';
import type { Buckets } from '../rate-limit/bucket';
import { createRateLimiter } from '../rate-limit/rate-limiter';
import { createApollo } from './apollo';
import { type ContextParts, createContext, type GraphContext, NobodysContext } from './context';
import { createDocuments } from './documents';
import { serveDownloads } from './downloads';
import { answerInGraphTerms } from './early-refusals';
import { type EdgeLimits, edgeLimits } from './edge-settings';
import { isFault, unauthenticated } from './errors';
import { type Charger, createCharger } from './operation-charges';
import { createGate, type Measured } from './operation-gate';
import { answerAcrossOrigins, createOriginRule } from './origins';
import { createRevocations, type ListenToRevocations, type Revocations } from './revocations';
import { buildGraph } from './schema';
import type { SocketSessions } from './socket-sessions';
import { createSockets } from './sockets';
import { answerByCallback } from './subscription-callback';

const path = '/graphql';

export interface GraphServerParts {
  readonly context: ContextParts;
  readonly database: Database;
  readonly tokens: TokenSettings;
  readonly log: BaseLogger;
  /** Where nothing is said, every limit is as nobody has set it. */
  readonly limits?: EdgeLimits;
  /** Rate limits that all processes share. */
  readonly buckets?: Buckets | undefined;
  readonly revocations?: ListenToRevocations;
}

/**
 * Mounts the graph on an application that is not listening yet: HTTP and WebSocket at the same path. Closing the
 * application ends subscriptions first, then waits for requests, then stops Apollo.
 */
export async function mountGraph(app: FastifyInstance, parts: GraphServerParts): Promise<void> {
  const { tokens, log, limits = edgeLimits() } = parts;
  const production = tokens.environment === 'production';
  const context = { ...parts.context, operationMs: limits.operationTimeoutMs };
  // A live reading goes on with the scope that it began in, for as long as anybody follows it.
  const endless = { ...parts.context, statementMs: limits.operationTimeoutMs };
  const schema = buildGraph();
  const documents = createDocuments(!production, limits.queryTokens);
  const gate = createGate(schema, documents, limits);
  const revocations = createRevocations(context.now);
  const identify = refuseRevoked(createIdentification(tokens, context.now), revocations);
  const isRevoked = (claims: Claims) => revocations.covers(claims);
  const admit = createAdmission(parts.database);
  const charge = createCharger(createRateLimiter(parts.buckets), limits, production);
  const allows = createOriginRule(limits.allowedOrigins, production);
  const apollo = createApollo({ schema, production, limits, log });
  await apollo.start();
  const sockets = createSockets({
    schema,
    context: endless,
    identify,
    admit,
    isRevoked,
    documents,
    gate,
    charge,
    allows,
    limits,
    log,
    path,
  });
  const ended: Pick<SocketSessions, 'revoke'>[] = [sockets.sessions];
  const listening = parts.revocations?.((revoked) => {
    revocations.add(revoked);
    for (const sessions of ended) sessions.revoke(revoked.organizationId, revoked.userId);
  });
  app.server.on('upgrade', sockets.upgrade);
  app.addHook('preClose', async () => {
    listening?.stop();
    context.live.close();
    context.messageEvents.close();
    await sockets.close();
  });
  app.addHook('onClose', () => apollo.stop());
  // Who opens the printed address in a browser means this page.
  if (!production) app.get('/', (_, reply) => reply.redirect(path));
  await app.register(async (graph) => {
    if (!production) answerAcrossOrigins(graph, path, allows);
    admitGatewayOnly(graph, tokens, context.now);
    const measuredOf = answerInGraphTerms(graph, gate);
    const callbacks = answerByCallback(graph, {
      schema,
      context,
      identify,
      admit,
      isRevoked,
      documents,
      gate,
      charge,
      limits,
      log,
    });
    ended.push(callbacks.sessions);
    graph.addHook('onClose', () => callbacks.close());
    serveDownloads(graph, { database: context.database, identify, admit, log });
    await graph.register(fastifyApollo(apollo), {
      path,
      method: ['GET', 'POST'],
      context: (request: FastifyRequest) =>
        admitRequest({ context, identify, admit, charge }, request, measuredOf(request)).catch(nameFault(log, request)),
    });
  });
}

/** Apollo's plugins, which name a fault by its request, begin only once there is a context. */
const nameFault =
  (log: BaseLogger, { id: requestId }: FastifyRequest) =>
  (error: unknown): never => {
    if (!isFault(error)) throw error;
    log.error({ err: error, requestId }, 'a caller could not be admitted');
    throw new GraphQLError('', { extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } });
  };

const refuseRevoked =
  (identify: Identify, revocations: Revocations): Identify =>
  async (credentials) => {
    const claims = await identify(credentials);
    if (claims && revocations.covers(claims)) throw unauthenticated();
    return claims;
  };

interface Door {
  readonly context: ContextParts;
  readonly identify: Identify;
  readonly admit: Admit;
  readonly charge: Charger;
}

// Where the schema is open to look at, nobody may come in without a token; the operation guard then lets them only look.
async function admitRequest(
  { context, identify, admit, charge }: Door,
  request: FastifyRequest,
  measured: Measured | undefined,
): Promise<GraphContext> {
  const claims = await identify(credentialsIn(request.headers));
  if (claims === undefined) return new NobodysContext(request.id);
  const viewer = await admit(claims);
  if (measured) await charge({ ...viewer, address: request.ip }, measured);
  return createContext(context, viewer, request.id, [request.headers['idempotency-key']].flat()[0]);
}
