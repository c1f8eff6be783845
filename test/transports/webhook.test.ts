import { createHmac } from 'node:crypto';
import type { Socket } from 'node:net';
import { createCheckedHttp } from '../../src/adapters/checked-http';
import type { Transport } from '../../src/transports/transport';
import { webhookSecrets } from '../../src/transports/webhook-signature';
import { goodUrls, hostileUrls, innerAddresses } from '../medium/hostile-urls';
import { outgoing } from './outgoing';
import {
  answer,
  hook,
  openWebhook,
  secrets,
  startRawServer,
  startWebhookWorld,
  type WebhookWorld,
} from './webhook-world';

let world: WebhookWorld;
let webhook: Transport;
beforeAll(async () => {
  world = await startWebhookWorld();
  webhook = openWebhook();
});
afterAll(async () => {
  await webhook.close();
  await world.close();
});
beforeEach(() => {
  world.requests.length = 0;
  world.play = answer(200);
});

const sent = async (url: string, more: object = {}) => (await webhook.handOver([hook(url, more)]))[0];

test('a request arrives as its author wrote it, and says who sent it', async () => {
  const headers = { 'X-Kind': 'sale', 'Content-Type': 'application/vnd.shop+json' };
  expect(await sent(`${world.url}/a/b?c=d`, { method: 'PUT', headers, payload: '{"n":"Zoë"}' })).toEqual({
    key: 'msg_1:1',
    outcome: 'accepted',
  });
  const [request] = world.requests;
  expect(request).toMatchObject({ method: 'PUT', path: '/a/b?c=d', body: '{"n":"Zoë"}' });
  expect(request?.headers).toMatchObject({
    'x-kind': 'sale',
    'content-type': 'application/vnd.shop+json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1772600767',
  });
});

describe('its signature', () => {
  const signed = (secret: string, text: string) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
      .update(text)
      .digest('base64')}`;

  test('is that of Standard Webhooks, by each secret of the organization', async () => {
    await sent(world.url);
    const [newer = '', older = ''] = webhookSecrets(secrets, 'org_1');
    const text = 'msg_1.1772600767.{"a":1}';
    expect(world.requests[0]?.headers['webhook-signature']).toBe(`${signed(newer, text)} ${signed(older, text)}`);
    expect(newer).toMatch(/^whsec_[\w+/]{43}=$/);
  });

  test('is another for another organization, time, id or body', () => {
    const [one] = webhookSecrets(secrets, 'org_1');
    expect(webhookSecrets(secrets, 'org_2')).not.toContain(one);
    const texts = ['msg_1.1.x', 'msg_2.1.x', 'msg_1.2.x', 'msg_1.1.y'];
    expect(new Set(texts.map((text) => signed(one ?? '', text))).size).toBe(texts.length);
  });
});

test.each([
  [204, 'accepted', undefined],
  [301, 'refused', true],
  [307, 'refused', true],
  [400, 'refused', true],
  [404, 'refused', true],
  [410, 'refused', true],
  [408, 'refused', false],
  [429, 'refused', false],
  [500, 'refused', false],
  [503, 'refused', false],
])('an answer of %d is %s, for good: %s', async (status, outcome, permanent) => {
  world.play = answer(status, { location: `${world.url}/elsewhere` });
  const got = await sent(world.url);
  expect(got).toMatchObject({ outcome, ...(permanent !== undefined && { permanent, reason: `http ${status}` }) });
  expect(world.requests.map(({ path }) => path)).toEqual(['/']);
});

test('what is no webhook is not sent as one', async () => {
  expect(await webhook.handOver([outgoing(1)])).toMatchObject([{ outcome: 'refused', permanent: true }]);
});

describe('an answer that means harm', () => {
  const within = async (url: string): Promise<string> => {
    const begun = performance.now();
    const got = await sent(url);
    expect(performance.now() - begun).toBeLessThan(1_500);
    return String(got?.outcome);
  };

  test('of any length is read no further than its limit', async () => {
    let written = 0;
    let stopped = false;
    world.play = (response) => {
      response.writeHead(200);
      response.on('close', () => {
        stopped = true;
      });
      const more = () => {
        while (!stopped && response.write(Buffer.alloc(16_384))) written += 16_384;
        if (!stopped) response.once('drain', more);
      };
      more();
    };
    expect(await within(world.url)).toBe('accepted');
    expect(written).toBeLessThan(16_000_000);
  });

  test('byte by byte costs no more than its time', async () => {
    world.play = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    };
    expect(await within(world.url)).toBe('accepted');
  });

  test('that never comes is unanswered, and the same key may ask again', async () => {
    world.play = () => undefined;
    expect(await within(world.url)).toBe('unanswered');
    world.play = (_, socket) => socket.destroy();
    expect(await within(world.url)).toBe('unanswered');
  });

  test('packed a thousand times is not unpacked', async () => {
    world.play = answer(200, { 'content-encoding': Array.from({ length: 1_000 }, () => 'gzip').join(',') }, 'x');
    expect(await within(world.url)).toBe('accepted');
  });

  test('whose headers have no end, or that is no HTTP, is refused', async () => {
    const endless = await startRawServer((socket) => flood(socket, 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n'));
    const other = await startRawServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    expect(await within(`http://127.0.0.1:${endless.port}`)).toBe('refused');
    expect(await within(`http://127.0.0.1:${other.port}`)).toBe('refused');
    await Promise.all([endless.close(), other.close()]);
  });

  test('that never shakes hands, or is not there, is refused, and nothing has left', async () => {
    const silent = await startRawServer();
    const never = { outcome: 'refused', permanent: false, ofRequest: true };
    expect(await sent(`https://127.0.0.1:${silent.port}`)).toMatchObject(never);
    await silent.close();
    expect(await sent(`http://127.0.0.1:${silent.port}`)).toMatchObject({ ...never, reason: 'ECONNREFUSED' });
    expect(await sent(`https://127.0.0.1:${world.port}`)).toMatchObject(never);
  });
});

function flood(socket: Socket, first: string, piece: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece.repeat(1_000)), 5);
  socket.on('close', () => clearInterval(timer));
}

test('an address that hangs holds only its share of the requests', async () => {
  const silent = await startRawServer();
  const busy = Array.from({ length: 6 }, () => webhook.handOver([hook(`http://127.0.0.1:${silent.port}`)]));
  const begun = performance.now();
  expect(await sent(world.url)).toMatchObject({ outcome: 'accepted' });
  expect(performance.now() - begun).toBeLessThan(300);
  expect(silent.connections()).toBeLessThanOrEqual(2);
  expect((await Promise.all(busy)).flat().map(({ outcome }) => outcome)).toEqual(busy.map(() => 'unanswered'));
  await silent.close();
});

describe('nothing of one machine or network is spoken to', () => {
  const strict = (addresses: readonly (readonly string[])[]) => {
    let asked = 0;
    const resolve = async () => {
      const answered = addresses[Math.min(asked, addresses.length - 1)] ?? [];
      asked++;
      return answered.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
    return { own: openWebhook({ targets: 'public', resolve }), asked: () => asked };
  };

  test('whatever a campaign’s address is written like', async () => {
    const { own, asked } = strict([['127.0.0.1']]);
    const before = world.connections();
    for (const url of hostileUrls) {
      const [got] = await own.handOver([hook(url)]);
      expect(got).toMatchObject({ outcome: 'refused', permanent: true });
    }
    expect([asked(), world.connections() - before]).toEqual([0, 0]);
    await own.close();
  });

  test('whatever a name leads to, at whatever place in its list', async () => {
    const before = world.connections();
    const url = `https://shop.example:${world.port}/`;
    for (const address of innerAddresses) {
      for (const list of [[address], ['8.8.8.8', address], [address, '2606:4700::1111']]) {
        const { own } = strict([list]);
        expect(await own.handOver([hook(url)])).toMatchObject([{ outcome: 'refused', permanent: true }]);
        await own.close();
      }
    }
    expect(world.connections()).toBe(before);
  });

  test('a name is resolved once for a connection: who answers another address later has no say', async () => {
    const { own, asked } = strict([['192.0.2.1'], ['127.0.0.1']]);
    expect(await own.handOver([hook(goodUrls[0] ?? '')])).toMatchObject([{ outcome: 'refused', permanent: true }]);
    expect(asked()).toBe(1);
    await own.close();
  });

  test('a name that leads nowhere is a refusal that may pass', async () => {
    const { own } = strict([[]]);
    expect(await own.handOver([hook(goodUrls[0] ?? '')])).toMatchObject([
      { outcome: 'refused', permanent: false, ofRequest: true },
    ]);
    await own.close();
    const failing = openWebhook({
      targets: 'public',
      resolve: () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
    });
    expect(await failing.handOver([hook(goodUrls[0] ?? '')])).toMatchObject([
      { reason: 'ENOTFOUND', permanent: false },
    ]);
    await failing.close();
  });
});

test('a connection goes to the very address that was checked, under the name of the request', async () => {
  const asked: string[] = [];
  const http = createCheckedHttp({
    connections: 1,
    timeoutMs: 500,
    connectTimeoutMs: 500,
    maxReplyBytes: 100,
    mayConnect: (address) => address === '127.0.0.1',
    resolve: async (hostname) => {
      asked.push(hostname);
      return [{ address: asked.length === 1 ? '127.0.0.1' : '::1', family: asked.length === 1 ? 4 : 6 }];
    },
  });
  const request = { url: `http://shop.example:${world.port}/x`, method: 'POST', headers: {}, body: '' };
  expect(await http.request(request)).toMatchObject({ status: 200 });
  expect(world.requests[0]?.headers.host).toBe(`shop.example:${world.port}`);
  expect(asked).toEqual(['shop.example']);
  await http.close();
  const other = createCheckedHttp({
    connections: 1,
    timeoutMs: 500,
    connectTimeoutMs: 500,
    maxReplyBytes: 100,
    mayConnect: (address) => address === '127.0.0.1',
    resolve: async () => [{ address: '::1', family: 6 }],
  });
  await expect(other.request(request)).rejects.toMatchObject({ name: 'ForbiddenAddress' });
  await other.close();
  expect(world.requests).toHaveLength(1);
});

test('a request that is ended is unanswered', async () => {
  world.play = () => undefined;
  const ending = new AbortController();
  const asked = webhook.handOver([hook(world.url)], ending.signal);
  setTimeout(() => ending.abort(), 50);
  expect(await asked).toMatchObject([{ outcome: 'unanswered' }]);
});
