import type { WebSocket as ProtocolSocket, Server } from 'graphql-ws';
import type { BaseLogger } from 'pino';
import type { RawData, WebSocket } from 'ws';

export interface TransportParts<Extra> {
  readonly protocol: Server<Extra>;
  /** Messages that one socket may send in a second. */
  readonly messagesPerSecond: number;
  readonly log: BaseLogger;
}

const BAD_REQUEST_CLOSE = 4400;
const TOO_MANY_CLOSE = 4429;

/** Carries the protocol over one socket. `extra` is what the protocol's hooks know of it. */
export function carry<Extra>(socket: WebSocket, extra: Extra, parts: TransportParts<Extra>): void {
  const carrier = new Carrier(socket, parts);
  carriers.set(socket, carrier);
  carrier.ended = parts.protocol.opened(carrier, extra);
  // Frames that are none (1002, 1007, 1009) end the socket by themselves.
  socket.on('message', onMessage).on('ping', onPing).on('pong', onPing).on('error', onError).on('close', onClose);
}

/** There are thousands of sockets: they share their listeners, and each has one object. */
const carriers = new WeakMap<WebSocket, Carrier>();

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  carriers.get(this)?.receive(data, isBinary);
}
// Answered by the socket itself, these are messages all the same, and more of them than one ping asks for are a flood.
function onPing(this: WebSocket): void {
  carriers.get(this)?.mayGoOn();
}
function onError(this: WebSocket, error: Error): void {
  carriers.get(this)?.parts.log.debug({ err: error }, 'a socket broke');
}
function onClose(this: WebSocket, code: number, reason: Buffer): void {
  void carriers.get(this)?.ended?.(code, String(reason));
}

class Carrier implements ProtocolSocket {
  ended: ((code: number, reason: string) => Promise<void>) | undefined;
  private handle: ((text: string) => Promise<void>) | undefined;
  private second = 0;
  private received = 0;

  constructor(
    private readonly socket: WebSocket,
    readonly parts: Pick<TransportParts<unknown>, 'messagesPerSecond' | 'log'>,
  ) {}

  get protocol(): string {
    return this.socket.protocol;
  }

  /** Who reads slowly is waited for: meanwhile newer values take the place of older ones at the source. */
  async send(data: string): Promise<void> {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    const flushed = Promise.withResolvers<void>();
    // A broken socket ends by its own event; here it only ends the wait.
    socket.send(data, () => flushed.resolve());
    if (socket.bufferedAmount > 0) await flushed.promise;
  }

  close(code?: number, reason?: string): void {
    this.socket.close(code, reason);
  }

  onMessage(handle: (text: string) => Promise<void>): void {
    this.handle = handle;
  }

  receive(data: RawData, isBinary: boolean): void {
    // What was sent before the close arrived is not worth an answer.
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (isBinary) this.close(BAD_REQUEST_CLOSE, 'messages are text');
    if (isBinary || !this.mayGoOn()) return;
    this.handle?.(String(data)).catch((error: unknown) => {
      // Our hooks answer for themselves: what is thrown here is a message that only servers send.
      this.parts.log.debug({ err: error }, 'a socket sent what clients do not');
      this.close(BAD_REQUEST_CLOSE, 'not a message of a client');
    });
  }

  /** Counts a message; closes the socket when there are too many in this second. */
  mayGoOn(): boolean {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== this.second) this.received = 0;
    this.second = now;
    this.received += 1;
    if (this.received <= this.parts.messagesPerSecond) return true;
    this.close(TOO_MANY_CLOSE, 'too many messages');
    return false;
  }
}
