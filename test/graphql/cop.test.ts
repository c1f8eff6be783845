import { edgeLimits } from '../../src/graphql/edge-settings';
import { GATEWAY_HEADER, signGatewayIdentity } from '../../src/identity/gateway-identity';
import { type GraphWorld, openGraphWorld, type ServedGraph } from './graph-world';
import { endSockets, openSocket, type RawSocket } from './raw-socket';

/**
 * What graphql-cop looks for, asked of production as a stranger would, with a token that holds: over HTTP, and what can
 * be asked there over WebSocket. A finding is an answer where there should be a refusal.
 */
const gateway = 'a-secret-of-a-gateway-with-32-bytes-or-more';
let world: GraphWorld;
let served: ServedGraph;
let headers: Record<string, string>;
let raw: RawSocket;

beforeAll(async () => {
  world = await openGraphWorld();
  served = await world.serveProduction({ gatewaySecrets: [gateway] });
  const caller = { organizationId: 'org-cop', userId: 'usr_eve', roles: ['admin'] };
  headers = { [GATEWAY_HEADER]: await signGatewayIdentity(gateway, new Date(), caller) };
  raw = await openSocket(served.url, { headers });
  raw.send({ type: 'connection_init' });
  await raw.heard('connection_ack');
});
afterAll(async () => {
  endSockets();
  await served.close();
  await world.close();
});

const json = { 'content-type': 'application/json' };
const times = (n: number, text: (index: number) => string) =>
  Array.from({ length: n }, (_, index) => text(index)).join(' ');
const types = '__schema { types { fields { type { fields { type { fields { type { name } } } } } } } }';

/** Documents that must not be answered, on either transport. */
const documents: Record<string, string> = {
  'overloading by aliases': `{ ${times(101, (n) => `alias${n}: __typename`)} }`,
  'overloading by directives': `{ __typename ${times(50, () => '@aa')} }`,
  'overloading by a field that is repeated': `{ ${times(500, () => '__typename')} }`,
  'introspection in circles': `query cop { ${types} }`,
  introspection: 'query cop { __schema { types { name fields { name } } } }',
  'introspection of one type': '{ __type(name: "Campaign") { name fields { name } } }',
  'the schema of a subgraph': '{ _service { sdl } }',
};

const post = async (body: string, more: Record<string, string> = json) => {
  const response = await fetch(served.url, { method: 'POST', headers: { ...headers, ...more }, body });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const get = async (query: string, more: Record<string, string> = {}) => {
  const response = await fetch(`${served.url}?query=${encodeURIComponent(query)}`, {
    headers: { ...headers, ...more },
  });
  return { status: response.status, text: await response.text() };
};
const answered = /"data":\{"/;

describe('over HTTP there is no finding of', () => {
  it.each(Object.entries(documents))('%s', async (_, query) => {
    const { text } = await post(JSON.stringify({ query }));
    expect(text).not.toMatch(answered);
    expect(text).toContain('"errors":[');
  });

  it('batches of queries', async () => {
    const { status, text } = await post(JSON.stringify(Array(10).fill({ query: '{ __typename }' })));
    expect([status, answered.test(text)]).toEqual([400, false]);
  });

  it('fields that are suggested', async () => {
    expect((await post('{"query":"{ campaing { id } }"}')).text).not.toMatch(/did you mean|suggest/i);
  });

  it.each(['GraphiQL', 'Playground', 'Sandbox'])('an explorer such as %s', async (page) => {
    const response = await fetch(served.url, { headers: { ...headers, accept: 'text/html' } });
    expect(await response.text()).not.toMatch(new RegExp(`${page}|<html`, 'i'));
  });

  it('traces', async () => {
    const asked = await post('{"query":"{ __typename }"}', {
      ...json,
      'x-apollo-tracing': '1',
      'apollo-federation-include-trace': 'ftv1',
    });
    expect(asked.text).toBe('{"data":{"__typename":"Query"}}\n');
  });

  it('queries by GET that a page can cause, and of mutations by GET at all', async () => {
    expect((await get('{ __typename }')).status).toBe(400);
    const preflighted = { 'apollo-require-preflight': '1' };
    expect(
      (await get('mutation { archiveCampaign(input: { id: "x" }) { userErrors { code } } }', preflighted)).status,
    ).toBe(405);
  });

  const forms: [string, string][] = [
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent('{ __typename }')}`],
    ['text/plain', '{"query":"{ __typename }"}'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{ __typename }\r\n--x--\r\n',
    ],
    ['application/json; charset=utf-7', '{"query":"{ __typename }"}'],
    ['application/json; charset=utf-16le', Buffer.from('{"query":"{ __typename }"}', 'utf16le').toString('latin1')],
    ['application/json;\tcharset="iso-8859-1"', '{"query":"{ __typename }"}'],
    ['application/graphql', '{ __typename }'],
  ];
  it.each(forms)('requests of the type "%s"', async (type, body) => {
    const { status, text } = await post(body, { 'content-type': type });
    expect([status >= 400 && status < 500, answered.test(text)]).toEqual([true, false]);
  });

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'a method that %s changes',
    async (name) => {
      expect((await get('mutation { __typename }', { [name]: 'POST', 'apollo-require-preflight': '1' })).status).toBe(
        405,
      );
      const response = await fetch(served.url, {
        method: 'PUT',
        headers: { ...headers, ...json, [name]: 'POST' },
        body: '{"query":"{ __typename }"}',
      });
      expect(response.status).toBe(404);
    },
  );

  it('errors with a stack, or of a body that is none', async () => {
    for (const body of [
      '{"query":"{"}',
      '{',
      '{"query":1}',
      '{"query":"{ campaign(id: 1) { nothing } }"}',
      '{"variables":7,"query":"{ __typename }"}',
    ])
      expect((await post(body)).text).not.toMatch(/node_modules|stack|\.js:|\bat /);
  });
});

describe('over WebSocket there is no finding of', () => {
  it.each(Object.entries(documents))('%s', async (name, query) => {
    for (const [id, text] of [
      [`${name} as it is`, query],
      [`${name} as a subscription`, `subscription ${query.replace(/^query cop /, '')}`],
    ]) {
      raw.send({ id, type: 'subscribe', payload: { query: text } });
      const { payload } = await raw.heard('error', id);
      expect(JSON.stringify(payload)).not.toMatch(/did you mean|stack|node_modules/i);
    }
  });

  it('queries, mutations and batches', async () => {
    for (const query of [
      '{ __typename }',
      'mutation { archiveCampaign(input: { id: "x" }) { userErrors { code } } }',
    ]) {
      raw.send({ id: query, type: 'subscribe', payload: { query } });
      expect((await raw.heard('error', query)).payload[0].extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
    }
    const batching = await openSocket(served.url, { headers });
    batching.send([{ type: 'connection_init' }] as object);
    await expect(batching.closed).resolves.toBe(4400);
  });
});

it('and the limits are those that are documented', () => {
  const { queryAliases, queryDirectives, queryRepeats } = edgeLimits();
  expect([queryAliases, queryDirectives, queryRepeats]).toEqual([30, 20, 30]);
});
