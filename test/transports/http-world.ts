import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ReceivedMessage {
  readonly key: string;
  readonly to: string;
}
type Play = (messages: readonly ReceivedMessage[], response: ServerResponse, socket: Socket) => void;

export interface HttpWorld {
  readonly url: string;
  readonly requests: (readonly ReceivedMessage[])[];
  /** Connections made so far. */
  readonly connections: () => number;
  /** How the next requests are answered. */
  play: Play;
  close(): Promise<void>;
}

export const accept: Play = (messages, response) =>
  json(response, { results: messages.map(({ key }) => ({ key, status: 'accepted' })) });

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A real HTTP server that behaves as it is told. */
export async function startHttpWorld(): Promise<HttpWorld> {
  let connections = 0;
  const server = createServer(async (request, response) => {
    const messages = await messagesOf(request);
    world.requests.push(messages);
    world.play(messages, response, request.socket);
  });
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const world: HttpWorld = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/provider`,
    requests: [],
    connections: () => connections,
    play: accept,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return world;
}

async function messagesOf(request: IncomingMessage): Promise<ReceivedMessage[]> {
  let body = '';
  for await (const part of request) body += part;
  return request.url === '/provider/v1/messages' ? JSON.parse(body).messages : [];
}
