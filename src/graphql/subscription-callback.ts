import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { z } from 'zod';
import { credentialsIn } from '../identity/identification';
import type { Viewer } from '../shared/viewer';
import { type ContextParts, createContext } from './context';
import type { EdgeLimits } from './edge-settings';
import { clientError, forbidden, rateLimited, unauthenticated } from './errors';
import { type ResultStream, subscribeFreshly } from './event-execution';
import { createRouterLinks, type RouterLinks } from './router-link';
import { createSeats, type Seats } from './seats';
import { createSocketSessions, type SocketSessions } from './socket-sessions';
import type { SocketParts } from './sockets';
import { readSubscription } from './subscription-door';

type CallbackParts = Pick<
  SocketParts,
  'schema' | 'identify' | 'admit' | 'isRevoked' | 'documents' | 'gate' | 'charge' | 'limits' | 'log'
> & { readonly context: ContextParts };

/** A subscription over HTTP, as Apollo Router asks for it. */
const asked = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.object({
    subscription: z.object({
      callbackUrl: z.string(),
      subscriptionId: z.string().max(200),
      verifier: z.string().max(2_000),
      heartbeatIntervalMs: z.number().int().min(0).max(3_600_000).default(5_000),
    }),
  }),
});
type Asked = z.output<typeof asked>;
type Wish = Asked['extensions']['subscription'];

interface Opened {
  readonly stream: ResultStream;
  readonly viewer: Viewer;
  readonly expiresAt: Date;
}

/** Who has events posted to a router. */
export interface Callbacks {
  readonly sessions: Pick<SocketSessions, 'revoke'>;
  close(): Promise<void>;
}

/** Whoever asks names the pace, and a router is not to be hit more often than this. */
const SHORTEST_HEARTBEAT_MS = 1_000;
const LONGEST_TIMER_MS = 2_147_483_647;
const A_MINUTE_S = 60;

/**
 * The HTTP callback protocol (1.0): a router asks for a subscription with an address, and each event is posted there.
 * Off unless origins are configured. Events go one after another: a slow router gets the newest, as a slow socket does.
 */
export function answerByCallback(graph: FastifyInstance, parts: CallbackParts): Callbacks {
  const { subscriptionCallbackOrigins, subscriptionsPerOrganization }: EdgeLimits = parts.limits;
  // The seats of an organization bound them; one user may have them all.
  const sessions = createSocketSessions(Number.POSITIVE_INFINITY);
  if (subscriptionCallbackOrigins.length === 0) return { sessions, close: async () => undefined };
  const links = createRouterLinks(subscriptionCallbackOrigins);
  const seats = createSeats(subscriptionsPerOrganization);
  graph.addHook('preHandler', async (request, reply) => {
    const { success, data } = asked.safeParse(request.body);
    if (!success) return;
    return begin({ ...parts, links, seats, sessions }, data, request, reply);
  });
  return { sessions, close: () => links.close() };
}

type Parts = CallbackParts & { readonly links: RouterLinks; readonly seats: Seats; readonly sessions: SocketSessions };

async function begin(parts: Parts, data: Asked, request: FastifyRequest, reply: FastifyReply) {
  const wish = data.extensions.subscription;
  try {
    // First of all: nobody makes us call an address that is not a router's.
    if (!parts.links.leadsTo(wish.callbackUrl)) throw forbidden('the callback is not to a configured origin');
    const opened = await open(parts, data, request);
    if (!('stream' in opened)) return reply.send({ data: null, errors: opened });
    pump(parts, wish, opened).catch((error) => parts.log.error({ err: error }, 'a callback failed'));
    return reply.header('subscription-protocol', 'callback/1.0').send({ data: null });
  } catch (error) {
    const told = clientError(error, request.id);
    if (told.extensions.code === 'INTERNAL_SERVER_ERROR') parts.log.error({ err: error }, 'a callback failed');
    return reply.code(statusOf(told)).send({ errors: [told] });
  }
}

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
};
const statusOf = ({ extensions }: GraphQLError): number => statuses[String(extensions.code)] ?? 400;

async function open(parts: Parts, data: Asked, request: FastifyRequest): Promise<Opened | readonly GraphQLError[]> {
  const claims = await parts.identify(credentialsIn(request.headers));
  if (claims === undefined) throw unauthenticated();
  const viewer = await parts.admit(claims);
  const seat = parts.seats.take(viewer.organizationNo);
  if (seat === undefined) throw rateLimited(A_MINUTE_S);
  const onFault = (error: unknown) => parts.log.error({ err: error }, 'a subscription failed');
  const read = await readSubscription({ ...parts, onFault }, { viewer, address: request.ip }, data);
  const wanted = 'document' in read && (await parts.links.tell(data.extensions.subscription, 'check'));
  if (!('document' in read) || !wanted) {
    seat.release();
    return 'document' in read ? [forbidden('the router does not know this subscription')] : read;
  }
  const freshContext = () => createContext(parts.context, viewer, randomUUID());
  // A key of its own: the router has joined those who ask the same already.
  const execution = { args: read, freshContext, key: randomUUID(), onFault, seat };
  const stream = await subscribeFreshly(execution);
  if (!(Symbol.asyncIterator in stream)) {
    seat.release();
    return stream.errors ?? [];
  }
  if (!parts.isRevoked(claims)) return { stream, viewer, expiresAt: claims.expiresAt };
  await stream.return?.();
  throw unauthenticated();
}

/** Ends with the source, with the token, when access is revoked, or when the router has had enough. */
async function pump(parts: Parts, wish: Wish, { stream, viewer, expiresAt }: Opened): Promise<void> {
  const { links, sessions, context } = parts;
  const end = () => void stream.return?.();
  const session = { close: end };
  sessions.enter(viewer, session);
  const beat = () => void links.tell(wish, 'check').then((wanted) => wanted || end());
  const pace = Math.max(SHORTEST_HEARTBEAT_MS, wish.heartbeatIntervalMs);
  const heart = wish.heartbeatIntervalMs > 0 ? setInterval(beat, pace) : undefined;
  const left = Math.min(expiresAt.getTime() - context.now().getTime(), LONGEST_TIMER_MS);
  const expiry = setTimeout(end, left);
  try {
    for await (const payload of stream) if (!(await links.tell(wish, 'next', { payload }))) return;
    await links.tell(wish, 'complete');
  } finally {
    sessions.leave(viewer, session);
    clearInterval(heart);
    clearTimeout(expiry);
  }
}
