import { WebSocket } from 'ws';

/** A socket that says whatever a test wants, and keeps everything it hears. */
export interface RawSocket {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  /** Sends an object as JSON, a text as it is. */
  send(message: object | string): void;
  /** The first message heard that fits; waits for it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into messages of every shape
  heard(type: string, id?: string): Promise<any>;
}

const opened: WebSocket[] = [];

/** Ends every socket that a test has left open. */
export function endSockets(): void {
  for (const socket of opened.splice(0)) socket.terminate();
}

/** Opens a socket; rejects with the HTTP status when it is refused. */
export async function openSocket(url: string, options: RawSocketOptions = {}): Promise<RawSocket> {
  const { protocol = 'graphql-transport-ws', ...rest } = options;
  const socket = new WebSocket(url.replace('http', 'ws'), protocol, rest);
  opened.push(socket.setMaxListeners(0));
  const messages: { type: string; id?: string }[] = [];
  const ended = Promise.withResolvers<number>();
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.on('close', (code) => ended.resolve(code));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      reject(new Error(`refused with ${statusCode}`));
    });
  });
  socket.on('error', () => undefined);
  const fits = (message: { type: string; id?: string }, type: string, id?: string) =>
    message.type === type && (id === undefined || message.id === id);
  return {
    socket,
    closed: ended.promise,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    heard: (type, id) =>
      new Promise((resolve, reject) => {
        const known = messages.find((message) => fits(message, type, id));
        if (known) return resolve(known);
        socket.on('message', (data) => {
          const message = JSON.parse(String(data));
          if (fits(message, type, id)) resolve(message);
        });
        socket.once('close', (code) => reject(new Error(`closed with ${code} before ${type}`)));
      }),
  };
}

interface RawSocketOptions {
  readonly protocol?: string;
  readonly origin?: string;
  readonly headers?: Record<string, string>;
  readonly localAddress?: string;
}

/** Opens a socket and is let in by this token. */
export async function openAdmitted(url: string, token: string, options?: RawSocketOptions): Promise<RawSocket> {
  const raw = await openSocket(url, options);
  raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await raw.heard('connection_ack');
  return raw;
}
