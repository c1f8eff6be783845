import { monitorEventLoopDelay } from 'node:perf_hooks';
import { edgeLimits } from '../../src/graphql/edge-settings';
import { type GraphWorld, openGraphWorld, post } from './graph-world';
import { endSockets, openAdmitted, type RawSocket } from './raw-socket';

let world: GraphWorld;
let token: string;
let raw: RawSocket;
let patient: Awaited<ReturnType<GraphWorld['serve']>>;

beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token('org-bombs');
  // All of them on one socket, as fast as they are refused.
  patient = await world.serve({ limits: edgeLimits({ socketMessagesPerSecond: 10_000 }) });
  raw = await openAdmitted(patient.url, token);
});
afterAll(async () => {
  endSockets();
  await patient.close();
  await world.close();
});

const times = (n: number, text: string | ((index: number) => string)) =>
  Array.from({ length: n }, (_, index) => (typeof text === 'string' ? text : text(index))).join(' ');
const nested = (n: number, open: string, inside: string, close = '}') => `${open.repeat(n)}${inside}${close.repeat(n)}`;
const cycle = (n: number) => times(n, (i) => `fragment F${i} on Query { ...F${(i + 1) % n} __typename }`);
const doubling = (n: number) =>
  `${times(n, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${n} on Query { __typename }`;
const types = '__schema { types { fields { type { fields { type { fields { type { name } } } } } } } }';
const page = (first: string | number, inside: string) => `campaigns(first: ${first}) { edges { node { ${inside} } } }`;
const executions = (inside: string) => `executions(first: 100) { edges { node { ${inside} } } }`;
const references = (n: number) => Array.from({ length: n }, () => ({ __typename: 'Campaign', id: 'x' }));

/** Documents that cost much more to run than to send. */
const documents: Record<string, string> = {
  'aliases, 31': `{ ${times(31, (i) => `a${i}: __typename`)} }`,
  'aliases, ten thousand': `{ ${times(10_000, (i) => `a${i}: __typename`)} }`,
  'aliases named like introspection': `{ ${times(31, (i) => `__schema${i}: __typename`)} }`,
  'aliases far inside': `{ campaign(id: 1) { ${times(40, (i) => `a${i}: id`)} } }`,
  'aliases in an unused fragment': `{ __typename } fragment F on Campaign { ${times(40, (i) => `a${i}: id`)} }`,
  'directives, 21': `{ __typename ${times(21, '@skip(if: false)')} }`,
  'directives, five thousand': `{ __typename ${times(5_000, '@a')} }`,
  'directives on the operation': `query ${times(30, '@a')} { __typename }`,
  'directives on a fragment': `{ ...F ${times(30, '@include(if: true)')} } fragment F on Query { __typename }`,
  'a field, eleven times': `{ ${times(11, '__typename')} }`,
  'a field, ten thousand times': `{ ${times(10_000, '__typename')} }`,
  'a field with arguments, 200 times': `{ campaign(id: 1) { ${times(200, 'executions(first: 1) { edges { cursor } }')} } }`,
  'the same place by ever more ways': `{ campaign(id: 1) { ${times(6, `executions(first: 1) { edges { ${times(6, 'node { id status }')} } }`)} } }`,
  'root fields in a fragment': `{ ...A } fragment A on Query { ${times(11, (i) => `campaign(id: ${i}) { id }`)} }`,
  'root fields in inline fragments': `{ ${times(11, '... { __typename }')} }`,
  'root fields in inline fragments on a type': `{ ${times(11, '... on Query { __typename }')} }`,
  'root fields in fragments in fragments': `{ ...A ...B } ${times(2, (i) => `fragment ${'AB'[i]} on Query { ...C ...C ...C }`)} fragment C on Query { x: __typename y: __typename }`,
  'depth, by fields': `{ ${nested(30, 'campaign(id: 1) { executions(first: 1) { edges { node { ', 'id', '} } } }')} }`,
  'depth, by unknown fields': `{ ${nested(200, 'a { ', 'b')} }`,
  'depth, by fragments': `{ ...F0 } ${times(11, (i) => `fragment F${i} on X { a { ...F${i + 1} } }`)} fragment F11 on X { a }`,
  'depth, behind introspection': `{ __schema { queryType { ${nested(30, 'fields { type { ', 'name', '} }')} } } }`,
  'depth, behind an alias named __schema': `{ __schema: campaign(id: 1) { ${nested(4, 'executions { edges { node { campaign { ', 'id', '} } } }')} } }`,
  'depth, in an operation named __schema': `query __schema { campaign(id: 1) { ${nested(4, 'executions { edges { node { campaign { ', 'id', '} } } }')} } }`,
  'depth, in a fragment named __schema': `{ ...__schema } fragment __schema on Query { campaign(id: 1) { ${nested(4, 'executions { edges { node { campaign { ', 'id', '} } } }')} } }`,
  'depth, a fragment at two depths': `{ ...A campaign(id: 1) { executions { edges { node { campaign { ...B } } } } } } fragment A on Query { campaign(id: 1) { ...B } } fragment B on Campaign { executions { edges { node { campaign { executions { edges { node { id } } } } } } } }`,
  'a circle of one': '{ ...A } fragment A on Query { ...A }',
  'a circle of two': '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  'a circle of 150': `{ ...F0 } ${cycle(150)}`,
  'a circle through fields':
    '{ campaign(id: 1) { ...A } } fragment A on Campaign { executions { edges { node { campaign { ...A } } } } }',
  'a circle through inline fragments': '{ ...A } fragment A on Query { ... on Query { ... { ...A } } }',
  'fragments that double, 12 times': `{ ...F0 } ${doubling(12)}`,
  'fragments that double, 100 times': `{ ...F0 } ${doubling(100)}`,
  'fragments that double and lead nowhere': `{ ...F0 } ${doubling(60).replace('fragment F60 on', 'fragment G on')}`,
  'unused fragments that double': `{ __typename } ${doubling(60)}`,
  'inline fragments, a grid': `{ ${nested(300, '... { ', '__typename __typename __typename __typename __typename __typename __typename __typename __typename __typename __typename')} }`,
  'inline fragments, a thousand': `{ ${times(1_000, '... { __typename }')} }`,
  'introspection in circles': `{ ${types} }`,
  'introspection, many times': `{ ${times(20, (i) => `a${i}: ${types}`)} }`,
  'words, 2,001': `{ ${times(2_001, 'a')} }`,
  'words, a hundred thousand': `{ ${times(10_000, 'a')} }`,
  'lists in lists in the document': `{ campaign(id: ${nested(20_000, '[', '', ']')}) { id } }`,
  'objects in objects in the document': `{ campaign(id: ${nested(5_000, '{a:', '1')}) { id } }`,
  'types in types': `query ($a: ${nested(5_000, '[', 'Int', ']')}) { __typename }`,
  'a comment of 70,000 characters': `{ __typename } # ${'x'.repeat(70_000)}`,
  'a text of a million characters': `{ campaign(id: "${'x'.repeat(1_000_000)}") { id } }`,
  'a name of a million characters': `{ ${'x'.repeat(1_000_000)} }`,
  'a number of a million digits': `{ campaigns(first: ${'9'.repeat(1_000_000)}) { edges { cursor } } }`,
  'a block text that never ends': `{ campaign(id: """${'x'.repeat(70_000)}`,
  'a page of 101': `{ ${page(101, 'id')} }`,
  'a page of 2^31 - 1': `{ ${page(2_147_483_647, 'id')} }`,
  'a page of 10^30': `{ ${page('1000000000000000000000000000000', 'id')} }`,
  'a page within a page': `{ ${page(100, executions('id status'))} }`,
  'a page within a page within a page': `{ ${page(10, executions('messages(first: 100) { edges { node { id } } }'))} }`,
  'pages by default sizes': `{ ${page(100, 'executions { edges { node { messages { edges { node { id } } } } } }')} }`,
  'a page behind a fragment': `{ ...A } fragment A on Query { campaigns(first: 100) { ...B } } fragment B on CampaignConnection { edges { node { ${executions('id')} } } }`,
  'pages side by side': `{ ${times(9, (i) => `a${i}: ${page(100, 'id name status version priority createdAt')}`)} }`,
  'references, 201 in the document': `{ _entities(representations: [${times(201, '{ __typename: "Campaign", id: "x" }')}]) { __typename } }`,
  'a zero byte': '{ campaign(id: "\\u0000") { id } }',
  'a zero byte in braces': '{ campaign(id: "\\u{0}") { id } }',
  'operations, a thousand': times(300, (i) => `query Q${i} { __typename }`),
};

/** Variables that cost much more to run than to send. */
const pageOf =
  'query ($n: Int) { campaigns(first: $n) { edges { node { id executions(first: $n) { edges { node { id } } } } } } }';
const entities = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Campaign { id name } } }';
const withVariables: Record<string, [string, string]> = {
  'a page of 101 by variable': [pageOf, '{"n":101}'],
  'a page of 2^31 - 1 by variable': [pageOf, '{"n":2147483647}'],
  'pages within pages by variable': [pageOf, '{"n":100}'],
  'a page by the default of a variable': [pageOf.replace('Int)', 'Int = 100)'), '{}'],
  'references, 201': [entities, JSON.stringify({ r: references(201) })],
  'references, a hundred thousand': [entities, `{"r":[${times(20_000, '{"__typename":"Campaign","id":"x"},')}{}]}`],
  'references with a costly answer': [
    entities.replace('id name', executions('id')),
    JSON.stringify({ r: references(100) }),
  ],
  'lists in lists, 20,000': ['{ __typename }', `{"a":${nested(20_000, '[', '', ']')}}`],
  'objects in objects, 20,000': ['{ __typename }', `{"a":${nested(20_000, '{"a":', '1')}}`],
  'a hundred thousand values': ['{ __typename }', `{"a":[${times(100_000, '1,')}1]}`],
  'a large value that is wrong in sixty places': [
    'mutation ($i: CreateCampaignInput!) { createCampaign(input: $i) { campaign { id } } }',
    `{"i":{"name":"${'x'.repeat(900_000)}",${times(60, (n) => `"u${n}":1,`)}"u":1}}`,
  ],
  'large texts in lists': [
    'query ($n: Int) { campaigns(first: $n) { edges { node { variants { channels { email { html text } } } } } } }',
    '{"n":100}',
  ],
  'a zero byte in a variable': ['query ($i: ID!) { campaign(id: $i) { id } }', '{"i":"a\\u0000"}'],
  'a zero byte in a name': ['query ($i: ID!) { campaign(id: $i) { id } }', '{"i":{"\\u0000":1}}'],
};

/** Bodies that are no request of one operation. */
const bodies: Record<string, string> = {
  'a batch of two': '[{"query":"{ __typename }"},{"query":"{ __typename }"}]',
  'a batch of ten thousand': `[${times(10_000, '{"query":"{ __typename }"},')}{}]`,
  'a batch of none': '[]',
  'a kept document by its hash': `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'a'.repeat(64)}"}}}`,
  'a document to keep': `{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'a'.repeat(64)}"}}}`,
  'two megabytes': `{"query":"{ __typename }","x":"${'x'.repeat(2_000_000)}"}`,
  'a document that is a list': '{"query":["{ __typename }"]}',
  'a prototype': '{"query":"{ __typename }","__proto__":{"a":1}}',
  'a constructor': '{"query":"{ __typename }","constructor":{"prototype":{"a":1}}}',
  'lists in lists': nested(200_000, '[', '', ']'),
};

const requests: [string, string][] = [
  ...Object.entries(documents).map(([name, query]): [string, string] => [name, JSON.stringify({ query })]),
  ...Object.entries(withVariables).map(([name, [query, variables]]): [string, string] => [
    name,
    `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  ]),
  ...Object.entries(bodies),
];

/** Who accepts this gets what is wrong as a status. */
const modern = { accept: 'application/graphql-response+json' };

/** Seconds, for a machine that does other things as well; alone each is done in 50 ms. */
const json = { 'content-type': 'application/json' };
const PATIENCE_MS = 3_000;

it('what a mistake repeats is cut: ten times a megabyte does not come back', async () => {
  const query = `query ($i: ID!) { ${times(10, (n) => `a${n}: campaign(id: $i) { id }`)} }`;
  const answer = await post(world.url, token, JSON.stringify({ query, variables: { i: 'x'.repeat(900_000) } }));
  expect(answer.errors).toHaveLength(10);
  expect(JSON.stringify(answer).length).toBeLessThan(10_000);
});

it('there are as many bombs as were promised', () => expect(requests.length).toBeGreaterThanOrEqual(80));

describe('over HTTP', () => {
  it.each(requests)('%s: refused with a code, at once', async (_, body) => {
    const began = performance.now();
    const answer = await post(world.url, token, body, modern);
    expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
    // That kept documents are not supported is an answer that their protocol gives with 200.
    if (answer.errors[0]?.extensions.code !== 'PERSISTED_QUERY_NOT_SUPPORTED') {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors[0]?.extensions.code).toMatch(/^(GRAPHQL_|QUERY_TOO_LARGE|BAD_|PERSISTED_QUERY|OPERATION_)/);
    expect(JSON.stringify(answer).length).toBeLessThan(2_000);
  });

  it.each(requests)('%s: takes 50 ms of a processor and 8 MB at most', async (_, text) => {
    const body = Buffer.from(text);
    const send = () =>
      fetch(world.url, { method: 'POST', headers: { ...json, authorization: `Bearer ${token}` }, body });
    let [cpu, bytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    // The least of several: whatever else a process does now and then is no property of the bomb.
    for (let attempt = 0; attempt < 5 || bytes === Number.POSITIVE_INFINITY; attempt++) {
      globalThis.gc?.();
      const [before, began] = [process.memoryUsage(), process.cpuUsage()];
      const response = await send();
      const { user, system } = process.cpuUsage(began);
      const after = process.memoryUsage();
      cpu = Math.min(cpu, (user + system) / 1_000);
      const grown = after.heapUsed + after.external - before.heapUsed - before.external;
      // Less than before: the collector came by, and nothing is known.
      if (grown > 0) bytes = Math.min(bytes, grown);
      await response.text();
    }
    expect(cpu).toBeLessThan(50);
    expect(bytes).toBeLessThan(8_000_000);
  });

  it('together they leave the heap as it was, and hold nobody up for long', async () => {
    const heap = () => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    const delay = monitorEventLoopDelay({ resolution: 10 });
    const before = heap();
    delay.enable();
    for (const [, body] of requests) await post(world.url, token, body);
    delay.disable();
    expect(heap() - before).toBeLessThan(64_000_000);
    expect(delay.percentile(99) / 1e6).toBeLessThan(PATIENCE_MS);
    expect((await world.post(token, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});

describe('over WebSocket', () => {
  const small = Object.entries(documents).filter(([, query]) => query.length < 60_000);
  it.each(small)('%s: refused with a code, and the socket carries on', async (name, query) => {
    const asSubscription = query.startsWith('{') ? `subscription ${query}` : query;
    raw.send({ id: name, type: 'subscribe', payload: { query: asSubscription } });
    const { payload } = await raw.heard('error', name);
    expect(payload[0].extensions.code).toMatch(/^(GRAPHQL_|QUERY_TOO_LARGE|BAD_|OPERATION_)/);
    expect(raw.socket.readyState).toBe(raw.socket.OPEN);
  });
});
