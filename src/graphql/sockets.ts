import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { type Context, makeServer, type SubscribePayload } from 'graphql-ws';
import type { BaseLogger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Admit } from '../identity/admission';
import type { Claims } from '../identity/claims';
import { GATEWAY_HEADER } from '../identity/gateway-identity';
import { credentialsIn, type Identify } from '../identity/identification';
import type { Viewer } from '../shared/viewer';
import { type ContextParts, createContext } from './context';
import type { Documents } from './documents';
import { type EdgeLimits, fixedLimits } from './edge-settings';
import { isFault } from './errors';
import { type ResultStream, subscribeFreshly } from './event-execution';
import type { Charger } from './operation-charges';
import type { Gate } from './operation-gate';
import type { OriginRule } from './origins';
import { createSeats, type Seat, type Seats } from './seats';
import { createSocketDoor } from './socket-door';
import { createSocketSessions, type SocketSessions } from './socket-sessions';
import { carry } from './socket-transport';
import { createSocketWatch, type SocketWatch } from './socket-watch';
import { readSubscription } from './subscription-door';

export interface SocketParts {
  readonly schema: GraphQLSchema;
  readonly context: ContextParts;
  readonly identify: Identify;
  readonly admit: Admit;
  /** Whether a token was made void, perhaps while its caller was being let in. */
  readonly isRevoked: (claims: Claims) => boolean;
  readonly documents: Documents;
  readonly gate: Gate;
  readonly charge: Charger;
  readonly allows: OriginRule;
  readonly limits: EdgeLimits;
  readonly log: BaseLogger;
  readonly path: string;
}

export interface Sockets {
  /** For the HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly sessions: SocketSessions;
  close(): Promise<void>;
}

/** What a socket remembers. */
interface Remembered {
  readonly socket: WebSocket;
  readonly address: string;
  /** A gateway's proof, where it came with the upgrade. */
  readonly gateway: unknown;
  viewer?: Viewer;
  /** Subscriptions, those that are being opened among them. */
  held: number;
}
type SocketContext = Context<Record<string, unknown> | undefined, Remembered>;

const FRAGMENTS = 64;
const CHUNKS = 1_024;
/** For the other side to answer a goodbye. */
const GOODBYE_MS = 1_000;
const GOING_AWAY_CLOSE = 1001;
const TOO_MANY_CLOSE = 4429;
const INTERNAL_CLOSE = 4500;

/** GraphQL over WebSocket: subscriptions, each event with a context of its own. */
export function createSockets(parts: SocketParts): Sockets {
  const { limits, log } = parts;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: fixedLimits.socketPayloadBytes,
    perMessageDeflate: false,
    maxFragments: FRAGMENTS,
    maxBufferedChunks: CHUNKS,
  });
  const door = createSocketDoor(parts);
  const sessions = createSocketSessions(limits.socketsPerUser);
  const watch = createSocketWatch(parts.context.now);
  const seats = createSeats(limits.subscriptionsPerOrganization);
  const protocol = makeServer<Record<string, unknown> | undefined, Remembered>({
    // The watch sees to it, by one timer for all.
    connectionInitWaitTimeout: 0,
    onConnect: (socket) => admitSocket(parts, sessions, socket, watch).catch(giveUp(log, socket.extra.socket)),
    onClose: ({ extra }) => {
      door.leave(extra.address);
      if (extra.viewer) sessions.leave(extra.viewer, extra.socket);
    },
    onSubscribe: (socket, _, payload) => prepare(parts, seats, socket, payload),
    subscribe: (args) => subscribe(parts, args),
  });
  const transport = { protocol, messagesPerSecond: limits.socketMessagesPerSecond, log };
  const opened = (socket: WebSocket, request: IncomingMessage): void => {
    watch.watch(socket);
    const remembered = { socket, address: door.enter(request), held: 0, gateway: request.headers[GATEWAY_HEADER] };
    carry(socket, remembered, transport);
  };
  return {
    sessions,
    upgrade: (request, socket, head) => {
      // Without a listener a broken socket would end the process.
      socket.on('error', destroy);
      const refusal = door.refusal(request);
      if (refusal) return refuse(socket, refusal);
      server.handleUpgrade(request, socket, head, opened);
    },
    close: async () => {
      watch.close();
      for (const socket of server.clients) socket.close(GOING_AWAY_CLOSE, 'going away');
      const closed = new Promise((resolve) => server.close(resolve));
      // Who does not read does not read this either: nobody keeps a process from ending.
      const patience = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, GOODBYE_MS);
      await closed;
      clearTimeout(patience);
    },
  };
}

function destroy(this: Duplex): void {
  this.destroy();
}

// Destroyed once it is said: whoever does not hang up would hold a socket that nothing counts or watches any more.
function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}

// The token comes in the first message, never in the URL: URLs are logged.
async function admitSocket(
  { identify, admit, isRevoked, log }: SocketParts,
  sessions: SocketSessions,
  socket: SocketContext,
  watch: SocketWatch,
): Promise<boolean> {
  const { extra } = socket;
  watch.greeted(extra.socket);
  const shown = credentialsIn({ [GATEWAY_HEADER]: extra.gateway, ...socket.connectionParams });
  // A socket lives for hours: the token that opened it need not lie in memory for as long.
  Object.assign(socket, { connectionParams: undefined });
  const claims = await identify(shown).catch(() => undefined);
  if (claims === undefined) return false;
  const viewer = await admit(claims);
  // A socket that has closed meanwhile is not counted in: nothing would count it out.
  if (extra.socket.readyState !== extra.socket.OPEN || isRevoked(claims)) return false;
  if (!sessions.enter(viewer, extra.socket)) {
    extra.socket.close(TOO_MANY_CLOSE, 'too many sockets of this user');
    return false;
  }
  extra.viewer = viewer;
  watch.endAt(extra.socket, claims.expiresAt);
  log.debug({ org: claims.organizationId }, 'socket admitted');
  return true;
}

const giveUp = (log: BaseLogger, socket: WebSocket) => (error: unknown) => {
  log.error({ err: error }, 'a socket could not be admitted');
  socket.close(INTERNAL_CLOSE, 'something went wrong');
  return false;
};

/** All that stays of a subscription's beginning: its contexts are made anew for each event. */
interface Ticket {
  readonly viewer: Viewer;
  readonly seat: Seat;
}

async function prepare(
  parts: SocketParts,
  seats: Seats,
  { extra }: SocketContext,
  asked: SubscribePayload,
): Promise<ExecutionArgs | GraphQLError[]> {
  const viewer = viewerOf(extra);
  const seat = takeSeat(parts.limits, seats, extra, viewer.organizationNo);
  if (seat instanceof GraphQLError) return [seat];
  const onFault = logFault(parts.log);
  const read = await readSubscription({ ...parts, onFault }, { viewer, address: extra.address }, asked);
  // The protocol keeps what was asked for as long as the subscription lasts: ten thousand copies of one text.
  Object.assign(asked, { query: '' });
  if ('document' in read) return { ...read, contextValue: { viewer, seat } satisfies Ticket };
  seat.release();
  return [...read];
}

function takeSeat(
  { subscriptionsPerSocket, subscriptionsPerOrganization }: EdgeLimits,
  seats: Seats,
  extra: Remembered,
  organizationNo: number,
): Seat | GraphQLError {
  if (extra.held >= subscriptionsPerSocket) return tooManySubscriptions('a socket', subscriptionsPerSocket);
  const seat = seats.take(organizationNo);
  return seat ? new SocketSeat(extra, seat) : tooManySubscriptions('an organization', subscriptionsPerOrganization);
}

/** A seat of the organization, and of the socket as well. */
class SocketSeat implements Seat {
  private held = true;

  constructor(
    private readonly extra: Remembered,
    private readonly seat: Seat,
  ) {
    extra.held += 1;
  }

  release(): void {
    if (this.held) this.extra.held -= 1;
    this.held = false;
    this.seat.release();
  }
}

const tooManySubscriptions = (who: string, most: number): GraphQLError =>
  new GraphQLError(`${who} may hold ${most} subscriptions`, { extensions: { code: 'RATE_LIMITED' } });

function viewerOf({ viewer }: Remembered): Viewer {
  if (viewer === undefined) throw new Error('a socket subscribed before it was admitted');
  return viewer;
}

async function subscribe(parts: SocketParts, args: ExecutionArgs): Promise<ResultStream | ExecutionResult> {
  const { viewer, seat } = args.contextValue as Ticket;
  const freshContext = () => createContext(parts.context, viewer, randomUUID());
  const key = keyOf(viewer, args, parts.documents.nameOf(args.document));
  const stream = await subscribeFreshly({ args, freshContext, key, onFault: logFault(parts.log), seat });
  if (!(Symbol.asyncIterator in stream)) seat.release();
  return stream;
}

const logFault = (log: BaseLogger) => (error: unknown, requestId: string) => {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (isFault(error)) log.error({ err: cause, requestId }, 'a subscription failed');
};

/** Two subscriptions with the same key ask the same thing with the same rights. */
const keyOf = ({ organizationNo, role }: Viewer, { operationName, variableValues }: ExecutionArgs, document: string) =>
  JSON.stringify([organizationNo, role, document, operationName ?? null, variableValues ?? null]);
