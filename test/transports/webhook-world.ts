import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { RenderedFields } from '../../src/content/rendered-fields';
import type { OutgoingMessage } from '../../src/transports/transport';
import { createWebhook, type WebhookOptions } from '../../src/transports/webhook';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookWorld {
  readonly port: number;
  readonly url: string;
  readonly requests: ReceivedRequest[];
  readonly connections: () => number;
  play: (response: ServerResponse, socket: Socket, request: ReceivedRequest) => void;
  close(): Promise<void>;
}

export const answer =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = '') =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(body);
  };

/** A program that takes webhooks, on every address of this machine. */
export async function startWebhookWorld(): Promise<WebhookWorld> {
  let connections = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, headers, body };
    world.requests.push(received);
    world.play(response, request.socket, received);
  });
  server.on('connection', () => connections++);
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const world: WebhookWorld = {
    port,
    url: `http://127.0.0.1:${port}`,
    requests: [],
    connections: () => connections,
    play: answer(200),
    close: () => closed(server),
  };
  return world;
}

/** Takes connections and says what `speak` says, or nothing. */
export async function startRawServer(speak: (socket: Socket) => void = () => undefined) {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    speak(socket);
  });
  server.listen(0);
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await closed(server);
  };
  return { port: (server.address() as AddressInfo).port, connections: () => connections, close };
}

async function closed(server: {
  close(): unknown;
  closeAllConnections?(): void;
  on: (e: 'close', f: () => void) => unknown;
}) {
  const done = new Promise<void>((resolve) => server.on('close', resolve));
  server.closeAllConnections?.();
  server.close();
  await done;
}

const secrets = [
  'a secret of at least thirty-two bytes, the newer',
  'a secret of at least thirty-two bytes, the older',
];

export const openWebhook = (options: Partial<WebhookOptions> = {}) =>
  createWebhook({
    targets: 'any',
    secrets,
    timeoutMs: 500,
    concurrency: 8,
    now: () => new Date('2026-03-04T05:06:07Z'),
    ...options,
  });

/** A message whose content is a request. */
export function hook(url: string, more: object = {}): OutgoingMessage {
  const fields = { url, method: 'POST', headers: {}, payload: '{"a":1}', ...more };
  return {
    key: 'msg_1:1',
    messageId: 'msg_1',
    attempt: 1,
    channel: 'webhook',
    to: '',
    organizationId: 'org_1',
    campaignId: 'cmp_1',
    content: new RenderedFields('webhook', Buffer.from(JSON.stringify(fields))),
  };
}

export { secrets };
