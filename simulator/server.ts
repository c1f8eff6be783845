import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isOutcomeRow, type OutcomeRow, type Outcomes } from './outcomes';
import type { Provider } from './provider';
import { isRecord, parse, parseMessages } from './wire-message';

export interface WorldParts {
  readonly provider: Provider;
  readonly outcomes: Outcomes;
  readonly stats: () => object;
  /** Milliseconds before an answer of the provider. */
  readonly latency: number;
}

type Handler = (body: string, response: ServerResponse, parts: WorldParts) => void | Promise<void>;

/** The world's door: the provider protocol, and what a demo or a drill controls it with. */
export async function listen(parts: WorldParts, port: number): Promise<Server> {
  const server = createServer((request, response) => void serve(request, response, parts));
  server.keepAliveTimeout = 65_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const routes: Readonly<Record<string, Handler>> = {
  'POST /v1/messages': async (body, response, { provider, latency }) => {
    const messages = parseMessages(body);
    if (!messages)
      return answer(response, 400, { error: 'messages: [{key, organizationId, attempt, to, …}] expected' });
    const results = provider.take(messages);
    if (latency > 0) await delay(latency);
    // Hung: the socket stays open until the caller gives up.
    if (results) answer(response, 200, { results });
  },
  'POST /v1/outcomes': (body, response, { outcomes }) => {
    const rows = rowsOf(parse(body));
    if (!rows) return answer(response, 400, { error: 'outcomes: [{userId, eventType, at?, value?}] expected' });
    outcomes.add(rows);
    answer(response, 200, { added: rows.length });
  },
  'POST /v1/outcomes/start': async (body, response, { outcomes }) => {
    const command = parse(body);
    if (!isRecord(command) || typeof command.organizationId !== 'string') {
      return answer(response, 400, { error: 'organizationId expected' });
    }
    await outcomes.start(command.organizationId);
    answer(response, 200, { outcomes: outcomes.told });
  },
  'GET /v1/stats': (_body, response, { stats }) => answer(response, 200, stats()),
};

async function serve(request: IncomingMessage, response: ServerResponse, parts: WorldParts): Promise<void> {
  const route = routes[`${request.method} ${request.url}`];
  try {
    const body = await bodyOf(request);
    if (!route) return answer(response, 404, { error: 'no such place' });
    await route(body, response, parts);
  } catch (error) {
    // The caller hung up, or the disk is full: there is nobody to answer, or nothing true to say.
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  }
}

function rowsOf(body: unknown): readonly OutcomeRow[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.outcomes)) return undefined;
  const rows: readonly unknown[] = body.outcomes;
  return rows.every(isOutcomeRow) ? rows : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return parts.length === 1 ? String(parts[0]) : Buffer.concat(parts).toString();
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
