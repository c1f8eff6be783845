import type { Server } from 'graphql-ws';
import type { BaseLogger } from 'pino';
import type { RawData, WebSocket } from 'ws';

/** Messages that one socket may send in a second. */
export interface TransportParts<Extra> {
  readonly protocol: Server<Extra>;
  readonly messagesPerSecond: number;
  readonly log: BaseLogger;
}

const BAD_REQUEST_CLOSE = 4400;
const TOO_MANY_CLOSE = 4429;

/** Carries the protocol over one socket. `extra` is what the protocol's hooks know of it. */
export function carry<Extra>(socket: WebSocket, extra: Extra, parts: TransportParts<Extra>): void {
  const { protocol, log } = parts;
  const allowed = createPace(parts.messagesPerSecond);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: async (data) => send(socket, data),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => socket.on('message', (data, isBinary) => receive(socket, data, isBinary, handle)),
    },
    extra,
  );
  const receive = (from: WebSocket, data: RawData, isBinary: boolean, handle: (text: string) => Promise<void>) => {
    // What was sent before the close arrived is not worth an answer.
    if (from.readyState !== from.OPEN) return;
    if (isBinary) return from.close(BAD_REQUEST_CLOSE, 'messages are text');
    if (!allowed()) return from.close(TOO_MANY_CLOSE, 'too many messages');
    handle(String(data)).catch((error: unknown) => {
      // Our hooks answer for themselves: what is thrown here is a message that only servers send.
      log.debug({ err: error }, 'a socket sent what clients do not');
      from.close(BAD_REQUEST_CLOSE, 'not a message of a client');
    });
  };
  // Answered by the socket itself, these are messages all the same, and more of them than one ping asks for are a flood.
  const hear = () => void (allowed() || socket.close(TOO_MANY_CLOSE, 'too many messages'));
  socket.on('ping', hear).on('pong', hear);
  // Frames that are none (1002, 1007, 1009) end the socket by themselves.
  socket.on('error', (error) => log.debug({ err: error }, 'a socket broke'));
  socket.once('close', (code, reason) => void closed(code, String(reason)));
}

/** Who reads slowly is waited for: meanwhile newer values take the place of older ones at the source. */
function send(socket: WebSocket, data: string): Promise<void> | undefined {
  if (socket.readyState !== socket.OPEN) return undefined;
  const flushed = Promise.withResolvers<void>();
  // A broken socket ends by its own event; here it only ends the wait.
  socket.send(data, () => flushed.resolve());
  return socket.bufferedAmount > 0 ? flushed.promise : undefined;
}

function createPace(perSecond: number): () => boolean {
  let second = 0;
  let received = 0;
  return () => {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) received = 0;
    second = now;
    received += 1;
    return received <= perSecond;
  };
}
