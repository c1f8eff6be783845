import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { serverAudits } from 'graphql-http';
import { edgeLimits } from '../../src/graphql/edge-settings';
import { buildExecution } from '../events/ledger-builder';
import { until } from '../support/until';
import { type GraphWorld, openGraphWorld, post } from './graph-world';

let world: GraphWorld;
let token: string;

beforeAll(async () => {
  world = await openGraphWorld();
  await buildExecution(world.ledger, { name: 'edge', people: 3, organizationId: 'org-edge' });
  token = await world.token('org-edge');
});
afterAll(() => world.close());

describe('GraphQL over HTTP', () => {
  // Simple GET requests are refused as what a browser sends by itself: a MAY, given up for protection against forgery.
  const givenUp = ['5A70', 'D6D5', '6A70'];
  const audits = serverAudits({ url: () => world.url, fetchFn: (url: string, init: RequestInit) => ask(url, init) });
  const ask = (url: string, init: RequestInit) =>
    fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

  it.each(audits.filter(({ id }) => !givenUp.includes(id)).map(({ id, name, fn }) => [id, name, fn] as const))(
    '%s: %s',
    async (_id, _name, audit) => expect(await audit()).toMatchObject({ status: 'ok' }),
  );

  it('gives up three of what a server may do, and nothing that it must or should', async () => {
    const found = audits.filter(({ id }) => givenUp.includes(id));
    expect(found.map(({ name }) => name.split(' ')[0])).toEqual(['MAY', 'MAY', 'MAY']);
  });
});

describe('what a browser may do', () => {
  const body = JSON.stringify({ query: '{ __typename }' });
  const send = (headers: Record<string, string>, init: RequestInit = {}) =>
    fetch(world.url, { method: 'POST', body, ...init, headers: { authorization: `Bearer ${token}`, ...headers } });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['\tapplication/json, text/plain'],
    ['application/jsonp'],
    [''],
  ])('a POST of the type "%s" reaches no resolver', async (type) => {
    const response = await send({ 'content-type': type });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).not.toHaveProperty('data');
  });

  it('a GET that needs no preflight is refused, and a mutation by GET always', async () => {
    const url = `${world.url}?query=${encodeURIComponent('{ __typename }')}`;
    expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(400);
    const mutation = `${world.url}?query=${encodeURIComponent('mutation { __typename }')}`;
    const headers = { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' };
    expect((await fetch(mutation, { headers })).status).toBe(405);
  });

  it('no answer is kept or guessed at', async () => {
    for (const response of [await send({ 'content-type': 'application/json' }), await fetch(world.url)]) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  const preflight = (url: string, origin: string) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
        'access-control-request-private-network': 'true',
      },
    });

  it('Apollo Sandbox may ask across origins in development, other pages may not', async () => {
    const allowed = await preflight(world.url, 'https://studio.apollographql.com');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://studio.apollographql.com');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('authorization');
    expect(allowed.headers.get('access-control-allow-private-network')).toBe('true');
    const foreign = await preflight(world.url, 'https://studio.apollographql.com.example');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(foreign.headers.get('access-control-allow-private-network')).toBeNull();
  });

  it('a browser at the root is sent to Apollo Sandbox', async () => {
    const answer = await fetch(new URL('/', world.url), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/graphql']);
  });

  it('a browser gets Apollo Sandbox at the address itself, without a token', async () => {
    const answer = await fetch(world.url, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('EmbeddedSandbox');
  });

  it('a subscription is sent to the WebSocket, and is no fault of ours', async () => {
    const { errors } = await world.post(token, 'subscription { campaignChanged(id: "cmp_any") { cursor } }');
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }]);
  });

  it('production says nothing about origins', async () => {
    const production = await world.serveProduction({ jwksUrl: 'http://127.0.0.1:9/keys' });
    const answer = await preflight(production.url, 'https://studio.apollographql.com');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.status).toBe(404);
    await production.close();
  });
});

describe('what goes wrong', () => {
  it('an operation that takes too long is given up, and its statement cancelled', async () => {
    const brief = await world.serve({ limits: edgeLimits({ operationTimeoutMs: 500 }) });
    const locked = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const lock = world.ledger.transaction(async (transaction) => {
      await transaction.query('lock table campaign.execution in access exclusive mode');
      locked.resolve();
      await over.promise;
    });
    await locked.promise;
    const began = performance.now();
    const answer = await post(brief.url, token, JSON.stringify({ query: '{ execution(id: "exe_edge") { id } }' }));
    expect(answer.errors).toMatchObject([{ extensions: { code: 'TIMEOUT', requestId: expect.any(String) } }]);
    expect(performance.now() - began).toBeLessThan(3_000);
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until('no statement waits', async () => (await world.ledger.query(waiting)).length === 0);
    over.resolve();
    await lock;
    expect(
      (await post(brief.url, token, JSON.stringify({ query: '{ execution(id: "exe_edge") { id } }' }))).errors,
    ).toEqual([]);
    await brief.close();
  });

  /** As written on the wire, with a request behind it that must not be taken for one. */
  async function onTheWire(head: readonly string[], body: string): Promise<string> {
    const { port, hostname } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    const lines = ['POST /graphql HTTP/1.1', 'host: x', `authorization: Bearer ${token}`, ...head, 'connection: close'];
    socket.on('error', () => undefined);
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    return text(socket).catch(() => '');
  }
  const inner = '{"query":"{ __typename }"}';
  const chunked = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
  const json = 'content-type: application/json';
  const length = `content-length: ${inner.length}`;
  const smuggled: [string, string[], string][] = [
    ['a length and chunks', [json, length, 'transfer-encoding: chunked'], chunked],
    ['chunks and a length', [json, 'transfer-encoding: chunked', 'content-length: 5'], chunked],
    ['two lengths', [json, length, 'content-length: 3'], inner],
    ['a length of two numbers', [json, `${length}, 3`], inner],
    ['a length that is none', [json, 'content-length: +26'], inner],
    ['a space before the colon', [json, `content-length : ${inner.length}`], inner],
    ['chunks that are none', [json, 'transfer-encoding: xchunked'], chunked],
    ['chunks twice', [json, 'transfer-encoding: chunked, chunked'], chunked],
    ['a line that goes on', [json, 'x-a: b\r\n content-length: 3', 'transfer-encoding: chunked', length], chunked],
    ['a zero byte in a header', [json, 'x-a: b\0c', length], inner],
    ['two types, the simple one first', ['content-type: text/plain', json, length], inner],
    ['two types in one', ['content-type: text/plain, application/json', length], inner],
  ];
  it.each(smuggled)('%s: nothing of it is carried out', async (_, head, body) => {
    const said = await onTheWire(head, body);
    expect(said).not.toContain('"data"');
    expect(said).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
  });
  it('the same without any of that is answered', async () => {
    expect(await onTheWire([json, length], inner)).toContain('"data":{"__typename":"Query"}');
    expect(await onTheWire([json, 'transfer-encoding: chunked'], chunked)).toContain('"data"');
  });

  it.each(['[', 'a b', ''])('the host "%s" is a typed mistake of the caller', async (host) => {
    const { port, hostname } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    const lines = [`POST /graphql HTTP/1.1`, `host: ${host}`, 'content-length: 0', 'connection: close'];
    socket.end(`${lines.join('\r\n')}\r\n\r\n`);
    const said = await text(socket);
    expect(said).toContain('400 Bad Request');
    expect(said).toContain('BAD_REQUEST');
  });

  it('half a character is a typed mistake, a whole one is not', async () => {
    const ask = (id: string) =>
      post(world.url, token, `{"query":"query ($i: ID!) { campaign(id: $i) { id } }","variables":{"i":"${id}"}}`);
    for (const half of ['\\ud800', '\\uDC00', 'a\\\\\\ud83dx'])
      expect((await ask(half)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    for (const whole of ['\\ud83d\\ude00', '\\\\ud800', '\u00e9'])
      expect((await ask(whole)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it.each([
    ['__proto__', '{"input":{"metadata":{"__proto__":{"a":1}}}}'],
    ['__proto__', '{"a":[{"\\u005f_proto__":null}]}'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}'],
    ['__proto__ and constructor.prototype', '{"__proto__":1,"a":{"constructor":{"prototype":{}}}}'],
  ])('a body with the key %s is refused by that name: %s', async (key, variables) => {
    const answer = await post(world.url, token, `{"query":"{ __typename }","variables":${variables}}`);
    expect(answer).toMatchObject({
      status: 400,
      errors: [{ message: `the key ${key} is not taken anywhere in a request`, extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it('a body that is no JSON, or is cut off, is a typed mistake with no inside in it', async () => {
    for (const body of ['{"query":', 'null', '[]', '"x"', '7', '[{"query":"{ __typename }"}]', '{"query":7}', '{}']) {
      const answer = await post(world.url, token, body);
      expect([400, 413]).toContain(answer.status);
      expect(answer.errors[0]?.extensions.code).toMatch(/^(BAD_REQUEST|BAD_USER_INPUT)/);
      expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.js|Unexpected token/);
    }
  });
});
