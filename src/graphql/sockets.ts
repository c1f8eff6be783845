import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Context } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import type { BaseLogger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Admit } from '../identity/admission';
import type { Claims, VerifyToken } from '../identity/token-verification';
import type { Viewer } from '../shared/viewer';
import { type ContextParts, createContext, type GraphContext } from './context';
import { createDocuments } from './documents';
import { isFault } from './errors';
import { subscribeFreshly } from './event-execution';
import { guardOperation } from './operation-guard';

/** The most that one socket may hold. */
export const socketLimits = {
  payloadBytes: 65_536,
  fragments: 64,
  subscriptions: 50,
  initWaitMs: 3_000,
  keepAliveMs: 12_000,
} as const;

export interface SocketParts {
  readonly schema: GraphQLSchema;
  readonly context: ContextParts;
  readonly verify: VerifyToken;
  readonly admit: Admit;
  readonly introspection: boolean;
  readonly log: BaseLogger;
  readonly path: string;
}

export interface Sockets {
  /** For the HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** What a socket remembers of its token. */
interface Admitted extends Record<PropertyKey, unknown> {
  viewer?: Viewer;
  expiry?: NodeJS.Timeout;
}
type SocketContext = Context<Record<string, unknown> | undefined, Extra & Partial<Admitted>>;

const FORBIDDEN_CLOSE = 4403;

/** GraphQL over WebSocket: subscriptions, each event with a context of its own. */
export function createSockets(parts: SocketParts): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: socketLimits.payloadBytes,
    perMessageDeflate: false,
    maxFragments: socketLimits.fragments,
  });
  const documents = createDocuments(parts.introspection);
  const graph = useServer<Record<string, unknown> | undefined, Admitted>(
    {
      schema: parts.schema,
      connectionInitWaitTimeout: socketLimits.initWaitMs,
      parse: documents.parse,
      validate: documents.validate,
      onConnect: (socket) => admitSocket(parts, socket),
      onClose: ({ extra }) => clearTimeout(extra.expiry),
      onSubscribe: refuseTooMany,
      context: ({ extra }) => createContext(parts.context, viewerOf(extra), randomUUID()),
      subscribe: (args) => subscribe(parts, args, documents.nameOf(args.document)),
      execute: () => onlySubscriptions(),
    },
    server,
    socketLimits.keepAliveMs,
  );
  return {
    upgrade: (request, socket, head) => upgrade(server, parts.path, request, socket, head),
    close: async () => graph.dispose(),
  };
}

function upgrade(server: WebSocketServer, path: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (request.url?.split('?')[0] !== path)
    return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  // Without a listener a broken socket would end the process.
  socket.on('error', () => socket.destroy());
  server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request));
}

// The token comes in the first message, never in the URL: URLs are logged.
async function admitSocket({ verify, admit, context, log }: SocketParts, socket: SocketContext): Promise<boolean> {
  const claims = await verify(authorizationOf(socket.connectionParams)).catch(() => undefined);
  if (claims === undefined) return false;
  socket.extra.viewer = await admit(claims);
  socket.extra.expiry = closeAtEnd(socket.extra.socket, claims, context.now());
  log.debug({ org: claims.organizationId }, 'socket admitted');
  return true;
}

function authorizationOf(parameters: Record<string, unknown> | undefined): string | undefined {
  const value = parameters?.authorization ?? parameters?.Authorization;
  return typeof value === 'string' ? value : undefined;
}

// A longer delay than a timer can hold would fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function closeAtEnd(socket: WebSocket, { expiresAt }: Claims, now: Date): NodeJS.Timeout {
  const left = Math.max(0, expiresAt.getTime() - now.getTime());
  // Unheld: a token's remaining life must not keep a stopping process alive.
  return setTimeout(() => socket.close(FORBIDDEN_CLOSE, 'token expired'), Math.min(left, LONGEST_TIMER_MS)).unref();
}

function refuseTooMany({ subscriptions }: SocketContext): GraphQLError[] | undefined {
  if (Object.keys(subscriptions).length <= socketLimits.subscriptions) return undefined;
  const message = `a socket may hold ${socketLimits.subscriptions} subscriptions`;
  return [new GraphQLError(message, { extensions: { code: 'RATE_LIMITED' } })];
}

function viewerOf({ viewer }: Partial<Admitted>): Viewer {
  if (viewer === undefined) throw new Error('a socket subscribed before it was admitted');
  return viewer;
}

function subscribe(parts: SocketParts, args: ExecutionArgs, document: string) {
  const { viewer } = args.contextValue as GraphContext;
  const operation = getOperationAST(args.document, args.operationName);
  if (operation) guardOperation(operation, viewer);
  return subscribeFreshly({
    args,
    freshContext: () => createContext(parts.context, viewer, randomUUID()),
    key: keyOf(viewer, args, document),
    onFault: (error, requestId) => {
      if (isFault(error)) parts.log.error({ err: error.originalError ?? error, requestId }, 'a subscription failed');
    },
  });
}

/** Two subscriptions with the same key ask the same thing with the same rights. */
const keyOf = ({ organizationNo, role }: Viewer, { operationName, variableValues }: ExecutionArgs, document: string) =>
  JSON.stringify([organizationNo, role, document, operationName ?? null, variableValues ?? null]);

const onlySubscriptions = () => ({
  errors: [
    new GraphQLError('queries and mutations go over HTTP', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }),
  ],
});
