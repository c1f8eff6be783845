import 'reflect-metadata';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
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
import { createDocuments, type Documents } from './documents';
import { serveDownloads } from './downloads';
import { answerInGraphTerms } from './early-refusals';
import { type EdgeLimits, edgeLimits } from './edge-settings';
import { isFault, unauthenticated } from './errors';
import { type Charger, createCharger } from './operation-charges';
import { createGate, type Gate, type Measured } from './operation-gate';
import { answerAcrossOrigins, createOriginRule, type OriginRule } from './origins';
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
  const edge = openEdge(parts);
  const apollo = createApollo(edge);
  await apollo.start();
  const followed = mountSockets(app, edge, parts);
  app.addHook('onClose', () => apollo.stop());
  // Who opens the printed address in a browser means this page.
  if (!edge.production) app.get('/', (_, reply) => reply.redirect(path));
  await app.register(async (graph) => {
    const measuredOf = guardRequests(graph, edge, parts);
    followed.push(mountCallbacks(graph, edge));
    serveDownloads(graph, { ...edge, database: edge.context.database });
    await graph.register(fastifyApollo(apollo), {
      path,
      method: ['GET', 'POST'],
      context: (request: FastifyRequest) =>
        admitRequest(edge, request, measuredOf(request)).catch(nameFault(edge.log, request)),
    });
  });
}

/** What every way into the graph leads past. */
interface Edge extends Door {
  readonly production: boolean;
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly gate: Gate;
  readonly limits: EdgeLimits;
  readonly log: BaseLogger;
  readonly allows: OriginRule;
  readonly revocations: Revocations;
  readonly isRevoked: (claims: Claims) => boolean;
}

function openEdge({ context, database, tokens, log, limits = edgeLimits(), buckets }: GraphServerParts): Edge {
  const production = tokens.environment === 'production';
  const schema = buildGraph();
  const documents = createDocuments(!production, limits.queryTokens);
  const revocations = createRevocations(context.now);
  return {
    production,
    schema,
    documents,
    limits,
    log,
    revocations,
    context: { ...context, operationMs: limits.operationTimeoutMs },
    gate: createGate(schema, documents, limits),
    identify: refuseRevoked(createIdentification(tokens, context.now), revocations),
    isRevoked: (claims) => revocations.covers(claims),
    admit: createAdmission(database),
    charge: createCharger(createRateLimiter(buckets), limits, production),
    allows: createOriginRule(limits.allowedOrigins, production),
  };
}

/** Whose readers are sent away when somebody's token is revoked. */
type Followed = Pick<SocketSessions, 'revoke'>;

/** WebSockets, which end before the application does; those that come by other ways may be added to whom it answers. */
function mountSockets(app: FastifyInstance, edge: Edge, { context, revocations }: GraphServerParts): Followed[] {
  // A live reading goes on with the scope that it began in, for as long as anybody follows it.
  const endless = { ...context, statementMs: edge.limits.operationTimeoutMs };
  const sockets = createSockets({ ...edge, context: endless, path });
  const followed: Followed[] = [sockets.sessions];
  const listening = revocations?.((revoked) => {
    edge.revocations.add(revoked);
    for (const sessions of followed) sessions.revoke(revoked.organizationId, revoked.userId);
  });
  app.server.on('upgrade', sockets.upgrade);
  app.addHook('preClose', async () => {
    listening?.stop();
    context.live.close();
    context.messageEvents.close();
    await sockets.close();
  });
  return followed;
}

/** What is asked of a request before Apollo sees it; tells what its operation was measured at. */
function guardRequests(
  graph: FastifyInstance,
  { production, allows, gate }: Edge,
  { tokens, context }: GraphServerParts,
) {
  if (!production) answerAcrossOrigins(graph, path, allows);
  admitGatewayOnly(graph, tokens, context.now);
  return answerInGraphTerms(graph, gate);
}

function mountCallbacks(graph: FastifyInstance, edge: Edge): Followed {
  const callbacks = answerByCallback(graph, edge);
  graph.addHook('onClose', () => callbacks.close());
  return callbacks.sessions;
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
