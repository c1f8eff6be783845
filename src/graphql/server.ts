import 'reflect-metadata';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { type Admit, createAdmission } from '../identity/admission';
import { createTokenVerifier, type TokenSettings, type VerifyToken } from '../identity/token-verification';
import { createApollo } from './apollo';
import { type ContextParts, createContext, type GraphContext, NobodysContext } from './context';
import { answerInGraphTerms } from './early-refusals';
import { buildGraph } from './schema';
import { createSockets } from './sockets';

const path = '/graphql';

export interface GraphServerParts {
  readonly context: ContextParts;
  readonly database: Database;
  readonly tokens: TokenSettings;
  readonly log: BaseLogger;
}

/**
 * Mounts the graph on an application that is not listening yet: HTTP and WebSocket at the same path. Closing the
 * application ends subscriptions first, then waits for requests, then stops Apollo.
 */
export async function mountGraph(app: FastifyInstance, parts: GraphServerParts): Promise<void> {
  const { context, tokens, log } = parts;
  const production = tokens.environment === 'production';
  const schema = buildGraph();
  const verify = createTokenVerifier(tokens);
  const admit = createAdmission(parts.database);
  const apollo = createApollo({ schema, production, log });
  await apollo.start();
  const sockets = createSockets({ schema, context, verify, admit, introspection: !production, log, path });
  app.server.on('upgrade', sockets.upgrade);
  app.addHook('preClose', async () => {
    context.live.close();
    await sockets.close();
  });
  app.addHook('onClose', () => apollo.stop());
  await app.register(async (graph) => {
    answerInGraphTerms(graph);
    await graph.register(fastifyApollo(apollo), {
      path,
      context: (request: FastifyRequest) => admitRequest({ context, verify, admit, production }, request),
    });
  });
}

interface Door {
  readonly context: ContextParts;
  readonly verify: VerifyToken;
  readonly admit: Admit;
    context.messageEvents.close();
  readonly production: boolean;
}

// Where the schema is open to look at, nobody may come in without a token; the operation guard then lets them only look.
async function admitRequest(
  { context, verify, admit, production }: Door,
  request: FastifyRequest,
): Promise<GraphContext> {
  const { authorization, 'idempotency-key': idempotencyKey } = request.headers;
  if (authorization === undefined && !production) return new NobodysContext(request.id);
  const viewer = await admit(await verify(authorization));
  return createContext(context, viewer, request.id, [idempotencyKey].flat()[0]);
}
