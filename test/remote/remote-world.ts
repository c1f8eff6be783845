import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a request asked for. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}
export type Play = (asked: Asked, response: ServerResponse) => void;

export interface RemoteWorld {
  readonly url: string;
  readonly asked: Asked[];
  /** How the next requests are answered. */
  play: Play;
  close(): Promise<void>;
}

/** A real HTTP server that behaves as it is told. */
export async function startRemoteWorld(play: Play = hang): Promise<RemoteWorld> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, headers, body: body === '' ? undefined : (JSON.parse(body) as unknown) };
    world.asked.push(asked);
    world.play(asked, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const world: RemoteWorld = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    asked: [],
    play,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return world;
}

export const hang: Play = () => undefined;

export const json =
  (body: unknown, status = 200, headers: object = {}): Play =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const status = (code: number, headers: object = {}): Play => json({}, code, headers);

/** Whatever text it is. */
export const text =
  (body: string, contentType = 'application/x-ndjson'): Play =>
  (_, response) => {
    response.writeHead(200, { 'content-type': contentType }).end(body);
  };

/** Lines of JSON, one for each value. */
export const lines =
  (values: Iterable<unknown>): Play =>
  async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (const value of values)
      if (!response.write(`${JSON.stringify(value)}\n`))
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    response.end();
  };

/** These bytes, then the connection breaks. */
export const cut =
  (text: string, contentType = 'application/x-ndjson'): Play =>
  (_, response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.write(text, () => response.destroy());
  };

/** This text for ever, as fast as it is taken. */
export const endless =
  (text: string, contentType = 'application/x-ndjson'): Play =>
  (_, response) => {
    response.writeHead(200, { 'content-type': contentType });
    const more = () => {
      while (!response.destroyed && response.write(text.repeat(1_000)));
    };
    response.on('drain', more);
    more();
  };

/** One piece after the other with a pause between them, for ever. */
export const drip =
  (text: string, everyMs: number): Play =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const timer = setInterval(() => response.write(text), everyMs);
    response.on('close', () => clearInterval(timer));
  };

/** Each request by the next of these, the last one for ever. */
export const inTurn = (...plays: readonly Play[]): Play => {
  let turn = 0;
  return (asked, response) => {
    const play = plays[Math.min(turn, plays.length - 1)] ?? hang;
    turn += 1;
    play(asked, response);
  };
};
