import { createRemotePeer } from '../../src/adapters/remote-peer';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import type { FailureKind } from '../../src/remote/remote-failure';
import { RemoteService } from '../../src/remote/remote-service';
import {
  cut,
  drip,
  endless,
  hang,
  inTurn,
  json,
  type Play,
  type RemoteWorld,
  startRemoteWorld,
  status,
  text,
} from './remote-world';

let world: RemoteWorld;
let now = 0;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await startRemoteWorld();
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await world.close();
});

function service(over: { tries?: number; failures?: number; url?: string; wholeMs?: number } = {}): RemoteService {
  const peer = createRemotePeer(over.url ?? world.url, 4);
  closing.push(() => peer.close());
  const wholeMs = over.wholeMs ?? 400;
  return new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: over.failures ?? 100, restMs: 1_000, clock: () => now }),
    retry: { tries: over.tries ?? 1, pauseMs: 1, longestPauseMs: 5, random: () => 1 },
    patience: { firstByteMs: 150, silenceMs: 100, wholeMs },
  });
}

const question = { method: 'POST', path: '/thing', body: { a: 1 }, organizationId: 'acme' } as const;
const ask = (over?: Parameters<typeof service>[0]) => service(over).json(question);

test('the organization is named, the path stands beneath the URL, and its user signs in', async () => {
  world.play = json({ fine: true });
  const url = world.url.replace('http://', 'http://us%40er:pa%3Ass@');
  expect(await ask({ url: `${url}/base/` })).toEqual({ fine: true });
  expect(world.asked.at(-1)).toMatchObject({
    path: '/base/thing',
    body: { a: 1 },
    headers: {
      'x-organization-id': 'acme',
      authorization: `Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`,
    },
  });
});

const failures: readonly (readonly [string, Play, FailureKind, string?])[] = [
  ['refuses the connection', hang, 'unreachable', 'http://127.0.0.1:9'],
  ['never answers', hang, 'timeout'],
  ['answers 500', status(500), 'fault'],
  ['answers 429', status(429), 'busy'],
  ['answers 400', status(400), 'refused'],
  ['sends elsewhere', status(302, { location: 'http://127.0.0.1:9/' }), 'refused'],
  ['knows no such thing', status(404), 'unknown'],
  ['breaks off', cut('{"a":', 'application/json'), 'cut'],
  ['says no JSON', text('hello', 'application/json'), 'garbage'],
  ['goes on for ever', endless('{"a": 1}', 'application/json'), 'too_large'],
  ['drips', drip(' ', 30), 'timeout'],
  ['falls silent', drip(' ', 5_000), 'timeout'],
];

for (const [behaviour, play, kind, url] of failures)
  test(`a service that ${behaviour} is a failure of its kind`, async () => {
    world.play = play;
    await expect(ask(url ? { url } : {})).rejects.toMatchObject({ name: 'RemoteFailure', kind });
  });

test('what may pass is tried again, and no more often than allowed', async () => {
  world.play = inTurn(status(500), cut('{'), json({ at: 'last' }));
  expect(await ask({ tries: 3 })).toEqual({ at: 'last' });
  world.asked.length = 0;
  world.play = status(503);
  await expect(ask({ tries: 3 })).rejects.toMatchObject({ kind: 'busy' });
  expect(world.asked).toHaveLength(3);
});

test('a no is an answer: it is not asked for again', async () => {
  world.asked.length = 0;
  world.play = status(404);
  await expect(ask({ tries: 3 })).rejects.toMatchObject({ kind: 'unknown' });
  expect(world.asked).toHaveLength(1);
});

test('a service that asks for more time than we have is not asked again at once', async () => {
  world.asked.length = 0;
  world.play = status(503, { 'retry-after': '60' });
  await expect(ask({ tries: 3 })).rejects.toMatchObject({ kind: 'busy', retryAfterMs: 60_000 });
  expect(world.asked).toHaveLength(1);
});

test('after failures in a row it is left alone; then one request tries it, and its success opens the way', async () => {
  const ill = service({ failures: 3 });
  world.play = status(500);
  for (let n = 0; n < 3; n++) await expect(ill.json(question)).rejects.toMatchObject({ kind: 'fault' });
  world.asked.length = 0;
  await expect(ill.json(question)).rejects.toMatchObject({ kind: 'open' });
  expect(world.asked).toHaveLength(0);
  now += 1_000;
  await expect(ill.json(question)).rejects.toMatchObject({ kind: 'fault' });
  await expect(ill.json(question)).rejects.toMatchObject({ kind: 'open' });
  now += 1_000;
  world.play = json({});
  expect(await Promise.allSettled([ill.json(question), ill.json(question)])).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { kind: 'open' } },
  ]);
  expect(await ill.json(question)).toEqual({});
});

test('what the reader throws is its own and says nothing about the service', async () => {
  world.play = json({});
  const well = service({ failures: 1 });
  const broken = () => Promise.reject(new Error('the database is away'));
  await expect(well.ask(question, broken)).rejects.toThrow('the database is away');
  expect(await well.json(question)).toEqual({});
});
