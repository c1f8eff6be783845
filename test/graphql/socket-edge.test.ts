import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { edgeLimits } from '../../src/graphql/edge-settings';
import { GATEWAY_HEADER, signGatewayIdentity } from '../../src/identity/gateway-identity';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { until } from '../support/until';
import { type GraphWorld, openGraphWorld } from './graph-world';
import { endSockets, openAdmitted, openSocket, type RawSocket } from './raw-socket';

let world: GraphWorld;
let built: BuiltExecution;
let token: string;

beforeAll(async () => {
  world = await openGraphWorld();
  built = await buildExecution(world.ledger, { name: 'sockets', people: 3, organizationId: 'org-sockets' });
  token = await world.token('org-sockets');
});
afterEach(endSockets);
afterAll(() => world.close());

const field = 'executionProgress(executionId: "exe_sockets") { cursor status }';
const query = `subscription { ${field} }`;
const subscribe = (id: string, payload: object = { query }) => ({ id, type: 'subscribe', payload });
const init = (authorization = `Bearer ${token}`) => ({ type: 'connection_init', payload: { authorization } });
const nobodyFollows = () => until('the end of every feed', () => world.live.open === 0);
const changed = async () => {
  await world.ledger.query(`update campaign.execution set status = case status when 'running' then 'paused' else 'running' end
    where id = 'exe_sockets'`);
  world.bus.publishCore('nudge.campaign.cmp_sockets');
};

describe('before a socket is one', () => {
  const foreign = [
    'https://evil.example',
    'http://evil.example:8240',
    'null',
    'https://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost:8240.evil.example',
    'http://evil.example/?http://localhost',
    'http://user@localhost',
    'http://localhost@evil.example',
    'https://studio.apollographql.com.evil.example',
    'https://evilstudio.apollographql.com',
    'http://studio.apollographql.com',
    'https://studio.apollographql.com:444',
    'file://',
    'chrome-extension://abc',
    'HTTP://LOCALHOST',
    'http://[::2]',
    'http://127.0.0.2',
    'http://0x7f000001',
    'http://localhost:123456',
  ];
  it.each(foreign)('the origin %s is refused with 403', async (origin) => {
    await expect(openSocket(world.url, { origin })).rejects.toThrow('refused with 403');
  });

  it('an allowed origin and a program without one come in', async () => {
    const limits = edgeLimits({ allowedOrigins: ['https://dashboard.example'] });
    const served = await world.serve({ limits });
    for (const options of [{ origin: 'https://dashboard.example' }, {}, { origin: 'http://localhost:3000' }])
      (await openSocket(served.url, options)).socket.terminate();
    await served.close();
  });

  it('in production only the allowed ones, this machine not among them', async () => {
    const production = await world.serveProduction({ jwksUrl: 'http://127.0.0.1:9/keys' });
    for (const origin of ['http://localhost:3000', 'https://studio.apollographql.com'])
      await expect(openSocket(production.url, { origin })).rejects.toThrow('403');
    await production.close();
  });

  it('another path and another protocol are refused', async () => {
    await expect(openSocket(world.url.replace('/graphql', '/else'))).rejects.toThrow('404');
    await expect(openSocket(world.url, { protocol: 'graphql-ws' })).rejects.toThrow('400');
  });

  it('so many sockets in all and of one address, and a place that is given back is free', async () => {
    const served = await world.serve({ limits: edgeLimits({ socketsPerAddress: 3, sockets: 5 }) });
    const at = (localAddress: string) => openSocket(served.url, { localAddress });
    const mine = [await at('127.0.0.1'), await at('127.0.0.1'), await at('127.0.0.1')];
    await expect(at('127.0.0.1')).rejects.toThrow('429');
    const others = [await at('127.0.0.2'), await at('127.0.0.2')];
    await expect(at('127.0.0.3')).rejects.toThrow('503');
    mine[0]?.socket.close();
    const again = await until('a free place', () => at('127.0.0.1').catch(() => undefined));
    for (const { socket } of [...mine, ...others, again]) socket.terminate();
    await served.close();
  });

  it('who is refused and does not hang up is hung up on', async () => {
    const { port, hostname } = new URL(world.url);
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    socket.write('GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
    expect(await text(socket)).toContain('404 Not Found');
    // To a socket that is gone, writing fails; to one that is only waiting it never does.
    const failed = new Promise((resolve) => socket.once('error', resolve));
    const writing = setInterval(() => socket.write('x'), 20);
    expect(await failed).toMatchObject({ code: expect.stringMatching(/EPIPE|ECONNRESET/) });
    clearInterval(writing);
  });

  it('an address that a trusted proxy names counts, one that anybody names does not', async () => {
    const limits = { socketsPerAddress: 1 };
    const served = await world.serve({ limits: edgeLimits({ ...limits, trustedProxies: ['127.0.0.1'] }) });
    const from = (address: string) => openSocket(served.url, { headers: { 'x-forwarded-for': address } });
    const [one, two] = [await from('192.0.2.1'), await from('192.0.2.2')];
    await expect(from('192.0.2.2')).rejects.toThrow('429');
    const wary = await world.serve({ limits: edgeLimits(limits) });
    const first = await openSocket(wary.url, { headers: { 'x-forwarded-for': '192.0.2.1' } });
    await expect(openSocket(wary.url, { headers: { 'x-forwarded-for': '192.0.2.2' } })).rejects.toThrow('429');
    for (const { socket } of [one, two, first]) socket.terminate();
    await Promise.all([served.close(), wary.close()]);
  });
});

describe('who abuses the protocol', () => {
  type Abuse = [string, number, (raw: RawSocket) => void | Promise<void>];
  const first = (message: object | string) => (raw: RawSocket) => raw.send(message);
  const admitted = (abuse: (raw: RawSocket) => void) => async (raw: RawSocket) => {
    raw.send(init());
    await raw.heard('connection_ack');
    abuse(raw);
  };
  const bad = (message: object | string): Abuse => [JSON.stringify(message).slice(0, 60), 4400, first(message)];
  const cases: Abuse[] = [
    ['subscribes before init', 4401, first(subscribe('1'))],
    ['says nothing', 4408, () => undefined],
    ['says init twice', 4429, (raw) => [init(), init()].forEach(raw.send)],
    ['says init twice, once let in', 4429, admitted((raw) => raw.send(init()))],
    ['has no token', 4403, first({ type: 'connection_init' })],
    ['has a token that does not hold', 4403, first(init('Bearer a.b.c'))],
    ['has a token that is no text', 4403, first({ type: 'connection_init', payload: { authorization: { a: 1 } } })],
    ['has parameters that are none', 4400, first({ type: 'connection_init', payload: 'x' })],
    ['uses an id twice', 4409, admitted((raw) => [subscribe('1'), subscribe('1')].forEach(raw.send))],
    ['sends a binary message', 4400, (raw) => raw.socket.send(Buffer.from(JSON.stringify(init())))],
    ['sends text that is no UTF-8', 1007, (raw) => raw.socket.send(Buffer.from([0xc3, 0x28]), { binary: false })],
    ['sends a frame of 64 KB and more', 1009, (raw) => raw.send('x'.repeat(65_537))],
    ['sends fragments that together are too large', 1009, (raw) => sendFragments(raw, 40, 'x'.repeat(2_000))],
    ['sends fragments without end', 1008, (raw) => sendFragments(raw, 100, 'x')],
    ['sends a hundred thousand fragments of a byte', 1008, (raw) => sendFragments(raw, 100_000, 'x')],
    ['sends empty fragments', 1008, (raw) => sendFragments(raw, 100, '')],
    ['sends a frame of an unknown kind', 1002, (raw) => sendBytes(raw, [0x83, 0x80, 0, 0, 0, 0])],
    ['sends a frame without a mask', 1002, (raw) => sendBytes(raw, [0x81, 0x01, 0x78])],
    ['sends a frame with a reserved bit', 1002, (raw) => sendBytes(raw, [0xc1, 0x80, 0, 0, 0, 0])],
    ['sends a ping of 126 bytes', 1002, (raw) => sendBytes(raw, [0x89, 0xfe, 0, 126, 0, 0, 0, 0])],
    ['sends a ping in fragments', 1002, (raw) => sendBytes(raw, [0x09, 0x80, 0, 0, 0, 0])],
    ['sends the rest of a message that never began', 1002, (raw) => sendBytes(raw, [0x80, 0x80, 0, 0, 0, 0])],
    ['announces more than there can be', 1009, (raw) => sendBytes(raw, [0x81, 0xff, 0, 0xff, ...Array(10).fill(0xff)])],
    ['announces 64 KB and a byte', 1009, (raw) => sendBytes(raw, [0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0])],
    ['sends half a character at the end', 1007, (raw) => raw.socket.send(Buffer.from([0xe2, 0x82]), { binary: false })],
    ['floods with frames of pings', 4429, admitted((raw) => repeat(100, () => raw.socket.ping('x')))],
    ['floods with frames of pongs', 4429, admitted((raw) => repeat(100, () => raw.socket.pong('x')))],
    ['floods with pings of the protocol', 4429, admitted((raw) => repeat(100, () => raw.send({ type: 'ping' })))],
    ['floods with completions', 4429, admitted((raw) => repeat(100, () => raw.send({ id: 'x', type: 'complete' })))],
    ['floods before init', 4429, (raw) => repeat(100, () => raw.send({ type: 'pong' }))],
    ...[
      '',
      'x',
      '{',
      'null',
      '[]',
      '7',
      '"x"',
      '{}',
      '{"type":null}',
      '{"type":"x"}',
      '\u0000',
      '{"type":"__proto__"}',
    ].map(bad),
    ...[
      { type: 'next', id: '1', payload: {} },
      { type: 'connection_ack' },
      { type: 'error', id: '1', payload: [] },
    ].map(bad),
    ...[{ type: 'start', id: '1' }, { type: 'connection_terminate' }, { type: 'complete' }, { type: 'subscribe' }].map(
      bad,
    ),
    ...['', 7, null, {}, []].map((id) => bad({ ...subscribe('1'), id })),
    ...[null, {}, { query: 7 }, { query: null }, [], 'x'].map((payload) =>
      bad({ id: '1', type: 'subscribe', payload }),
    ),
    ...['x', 7, []].map((variables) => bad(subscribe('1', { query, variables }))),
    ...[7, {}, []].map((operationName) => bad(subscribe('1', { query, operationName }))),
    ...['x', 7].map((payload) => bad({ type: 'ping', payload })),
  ];

  it('comes in as many ways as are tried here', () => expect(cases.length).toBeGreaterThanOrEqual(60));

  it.each(cases)('%s: closed with %i', async (_, code, abuse) => {
    const raw = await openSocket(world.url);
    await abuse(raw);
    await expect(raw.closed).resolves.toBe(code);
  });

  it('with a name that objects have already is like anybody', async () => {
    const raw = await openAdmitted(world.url, token);
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(255)];
    for (const id of ids) raw.send(subscribe(id));
    for (const id of ids) await raw.heard('next', id);
    raw.socket.close();
    await nobodyFollows();
  });

  it('and goes away in the middle of it leaves nothing behind', async () => {
    for (const goodbye of ['terminate', 'close'] as const) {
      const raw = await openAdmitted(world.url, token);
      for (const id of ['1', '2', '3']) raw.send(subscribe(id));
      raw.socket[goodbye]();
    }
    await nobodyFollows();
    const [{ n }] = (await world.ledger.query<{ n: number }>('select 1 as n')) as [{ n: number }];
    expect(n).toBe(1);
  });
});

function sendFragments({ socket }: RawSocket, n: number, piece: string): void {
  for (let sent = 1; sent < n; sent++) socket.send(piece, { fin: false });
  socket.send(piece, { fin: true });
}
/** Past the client, which would send nothing of the kind. */
function sendBytes({ socket }: RawSocket, bytes: readonly number[]): void {
  const { _socket: wire } = socket as object as { _socket: Socket };
  wire.write(Buffer.from(bytes));
}
function repeat(n: number, work: () => void): void {
  for (let done = 0; done < n; done++) work();
}

describe('a mistake in one subscription', () => {
  const mistakes: [string, object, string][] = [
    ['a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
    ['an empty document', { query: '' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: 'subscription { nothing { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a query', { query: '{ __typename }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['a mutation', { query: 'mutation { __typename }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['no such operation', { query, operationName: 'Other' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['too large a document', { query: `${query} #${'x'.repeat(65_000)}` }, ''],
    ['two root fields', { query: `subscription { ${field} b: ${field} }` }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a missing variable',
      { query: 'subscription ($id: ID!) { executionProgress(executionId: $id) { cursor } }' },
      'BAD_USER_INPUT',
    ],
    [
      'null where there must be a value',
      {
        query:
          'subscription ($n: Int) { executionProgress(executionId: "exe_sockets") { execution { messages(first: $n) { edges { cursor } } } } }',
        variables: { n: null },
      },
      'BAD_USER_INPUT',
    ],
    ['an unknown execution', { query: query.replace('exe_sockets', 'exe_none') }, 'NOT_FOUND'],
    ['an id with a zero byte', { query: query.replace('exe_sockets', 'exe_\\u0000') }, 'BAD_USER_INPUT'],
  ];
  it.each(mistakes)('(%s) is answered, and its socket carries on', async (_, payload, code) => {
    const raw = await openAdmitted(world.url, token);
    raw.send(subscribe('good'));
    await raw.heard('next', 'good');
    if (code !== '') {
      raw.send(subscribe('bad', payload));
      const answer = await Promise.race([raw.heard('error', 'bad'), raw.heard('next', 'bad')]);
      expect(JSON.stringify(answer)).toContain(`"code":"${code}"`);
      raw.send(subscribe('another'));
      await raw.heard('next', 'another');
    }
    expect(raw.socket.readyState).toBe(raw.socket.OPEN);
    raw.socket.close();
    await nobodyFollows();
  });
});

it('in production a mistake does not tell what else there is', async () => {
  const gateway = 'a-secret-of-a-gateway-with-32-bytes-or-more';
  const served = await world.serveProduction({ gatewaySecrets: [gateway] });
  const caller = { organizationId: 'org-sockets', userId: 'usr_ada', roles: ['viewer'] };
  const headers = { [GATEWAY_HEADER]: await signGatewayIdentity(gateway, new Date(), caller) };
  const raw = await openSocket(served.url, { headers });
  raw.send({ type: 'connection_init' });
  await raw.heard('connection_ack');
  const kinds = 'subscription ($k: [MessageEventKind!]) { messageEvents(campaignId: "x", kinds: $k) { cursor } }';
  raw.send(subscribe('field', { query: 'subscription { campaignChange { cursor } }' }));
  raw.send(subscribe('value', { query: kinds, variables: { k: ['SEN'] } }));
  expect((await raw.heard('error', 'field')).payload[0].message).toMatch(/on type "Subscription"\.$/);
  expect((await raw.heard('next', 'value')).payload.errors[0].message).toMatch(/"MessageEventKind" enum\.$/);
  await served.close();
});

describe('how much one may hold', () => {
  it('five thousand subscriptions on one socket: fifty', async () => {
    const served = await world.serve({ limits: edgeLimits({ socketMessagesPerSecond: 100_000 }) });
    const raw = await openAdmitted(served.url, token);
    const heap = process.memoryUsage().heapUsed;
    for (let n = 0; n < 5_000; n++) raw.send(subscribe(String(n)));
    const refused = await raw.heard('error', '4999');
    expect(refused.payload[0].extensions.code).toBe('RATE_LIMITED');
    await raw.heard('next', '49');
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(100_000_000);
    raw.socket.close();
    await served.close();
  });

  it('a user twenty sockets, another user their own', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openAdmitted(world.url, token)));
    const more = await openSocket(world.url);
    more.send(init());
    await expect(more.closed).resolves.toBe(4429);
    const other = await openAdmitted(world.url, await world.token('org-sockets', { userId: 'usr_other' }));
    for (const { socket } of [...sockets, other]) socket.close();
    await Promise.all(sockets.map(({ closed }) => closed));
    (await until('a free place', () => openAdmitted(world.url, token).catch(() => undefined))).socket.close();
  });

  it('an organization so many subscriptions, and what is given back is free', async () => {
    const served = await world.serve({ limits: edgeLimits({ subscriptionsPerOrganization: 3 }) });
    const raw = await openAdmitted(served.url, token);
    for (const id of ['1', '2', '3']) raw.send(subscribe(id));
    for (const id of ['1', '2', '3']) await raw.heard('next', id);
    raw.send(subscribe('4'));
    expect((await raw.heard('error', '4')).payload[0].extensions.code).toBe('RATE_LIMITED');
    raw.send({ id: '1', type: 'complete' });
    let tried = 5;
    await until('a free seat', async () => {
      const id = String(tried++);
      raw.send(subscribe(id));
      return Promise.race([raw.heard('next', id), raw.heard('error', id).then(() => undefined)]);
    });
    raw.socket.close();
    await served.close();
  });
});

describe('the life of a token', () => {
  const quiet = async (raw: RawSocket) => {
    let heard = 0;
    raw.socket.on('message', () => heard++);
    await expect(raw.closed).resolves.toBe(4403);
    await changed();
    expect(heard).toBe(0);
  };

  it('ends its socket', async () => {
    const brief = await world.token('org-sockets', { lifetimeSeconds: 2 });
    const raw = await openAdmitted(world.url, brief);
    raw.send(subscribe('1'));
    await raw.heard('next', '1');
    await quiet(raw);
    await nobodyFollows();
  });

  const revoked: [string, object][] = [
    ['a user who is removed, logged out or given another role', { organizationId: 'org-removing', userId: 'usr_bob' }],
    ['an organization that is suspended', { organizationId: 'org-suspended' }],
  ];
  it.each(revoked)('of %s ends at once, over HTTP as well, and a newer one holds', async (_, message) => {
    const { organizationId } = message as { organizationId: string };
    await buildExecution(world.ledger, { name: organizationId, people: 1, organizationId });
    const tokenOf = (userId: string, now = new Date()) => world.token(organizationId, { userId, now });
    const [bob, eve] = [await tokenOf('usr_bob'), await tokenOf('usr_eve')];
    const [theirs, other] = [await openAdmitted(world.url, bob), await openAdmitted(world.url, eve)];
    theirs.send(subscribe('1', { query: query.replace('exe_sockets', `exe_${organizationId}`) }));
    await theirs.heard('next', '1');
    world.bus.publishCore('identity.revoked', JSON.stringify(message));
    await quiet(theirs);
    expect(other.socket.readyState === other.socket.OPEN).toBe('userId' in message);
    expect((await world.post(bob, '{ __typename }')).status).toBe(401);
    const again = await openSocket(world.url);
    again.send(init(`Bearer ${bob}`));
    await expect(again.closed).resolves.toBe(4403);
    // Times in tokens are whole seconds: the next one is surely later.
    const newer = await tokenOf('usr_bob', new Date(Date.now() + 1_000));
    await openAdmitted(world.url, newer);
  });

  it('a message about it that is none changes nothing', async () => {
    for (const text of ['', '{', '{}', '{"organizationId":7}']) world.bus.publishCore('identity.revoked', text);
    expect((await world.post(await world.token('org-else'), '{ __typename }')).status).toBe(200);
  });
});

it('a subscription goes on when the time of an operation is over', async () => {
  const served = await world.serve({ limits: edgeLimits({ operationTimeoutMs: 300 }) });
  const raw = await openAdmitted(served.url, token);
  raw.send(subscribe('1'));
  let heard = 0;
  raw.socket.on('message', () => heard++);
  await raw.heard('next', '1');
  for (let round = 0; round < 3; round++) {
    const before = heard;
    await changed();
    await until('the change', () => heard > before);
  }
  await served.close();
});

describe('who does not read', () => {
  it('does not keep the process from ending', async () => {
    const served = await world.serve({});
    const [lazy, eager] = [await openAdmitted(served.url, token), await openAdmitted(served.url, token)];
    lazy.socket.pause();
    const began = performance.now();
    await served.close();
    expect(performance.now() - began).toBeLessThan(3_000);
    await expect(eager.closed).resolves.toBe(1001);
  });

  it('costs a message, not a queue, and holds up nobody', async () => {
    const limits = edgeLimits({ socketsPerUser: 300, subscriptionsPerOrganization: 300 });
    const served = await world.serve({ limits });
    const lazy = await Promise.all(Array.from({ length: 100 }, () => openAdmitted(served.url, token)));
    const eager = await openAdmitted(served.url, token);
    for (const raw of [...lazy, eager]) raw.send(subscribe('1'));
    await Promise.all([...lazy, eager].map((raw) => raw.heard('next', '1')));
    for (const { socket } of lazy) socket.pause();
    let heard = 0;
    eager.socket.on('message', () => heard++);
    const heap = process.memoryUsage().heapUsed;
    for (let round = 0; round < 8; round++) {
      await changed();
      const before = heard;
      await until('the change', () => heard > before);
    }
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(100 * 1_000_000);
    for (const { socket } of [...lazy, eager]) socket.terminate();
    await served.close();
  });
});

it('was built for three people', () => expect(built.execNo).toBeGreaterThan(0));
