import { openRedis, type RedisConnection } from '../../src/adapters/redis';
import { edgeLimits } from '../../src/graphql/edge-settings';
import { type Buckets, createLocalBuckets, HOUR_MS } from '../../src/rate-limit/bucket';
import { createRateLimiter } from '../../src/rate-limit/rate-limiter';
import { type GraphWorld, openGraphWorld, post } from '../graphql/graph-world';
import { endSockets, openAdmitted } from '../graphql/raw-socket';
import { testRedisUrl } from '../support/local-servers';
import { until } from '../support/until';

let redis: RedisConnection;
beforeAll(async () => {
  redis = openRedis(testRedisUrl(), () => undefined);
  await until('redis', () => redis.client.status === 'ready');
});
afterAll(() => redis.close());

const unique = (() => {
  let n = 0;
  return (name: string) => `org-${name}-${process.pid}-${n++}`;
})();
const spend = (key: string, points = 1, perHour = 10) => ({ key, points, perHour });

describe.each<[string, () => Buckets]>([
  ['in Redis', () => redis.buckets],
  ['in this process', () => createLocalBuckets(Date.now)],
])('buckets %s', (_, open) => {
  it('let so many through, and then say how long to wait', async () => {
    const [buckets, key] = [open(), unique('full')];
    for (let n = 0; n < 10; n++) expect(await buckets.take([spend(key)])).toBe(0);
    const wait = await buckets.take([spend(key)]);
    expect(wait).toBeGreaterThan(HOUR_MS / 10 - 10_000);
    expect(wait).toBeLessThanOrEqual(HOUR_MS / 10);
  });

  it('let exactly as many of a hundred at once through', async () => {
    const [buckets, key] = [open(), unique('crowd')];
    const waits = await Promise.all(Array.from({ length: 100 }, () => buckets.take([spend(key, 1, 30)])));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
  });

  it('take from all or from none', async () => {
    const [buckets, one, other] = [open(), unique('one'), unique('other')];
    expect(await buckets.take([spend(other, 10)])).toBe(0);
    expect(await buckets.take([spend(one), spend(other)])).toBeGreaterThan(0);
    expect(await buckets.take([spend(one, 10)])).toBe(0);
  });

  it('fill up again, in the pace that is allowed', async () => {
    const [buckets, key] = [open(), unique('refill')];
    const fast = spend(key, HOUR_MS / 10, HOUR_MS);
    for (let n = 0; n < 10; n++) expect(await buckets.take([fast])).toBe(0);
    const small = spend(key, 30, HOUR_MS);
    const wait = await buckets.take([{ ...small, points: 500 }]);
    expect(wait).toBeGreaterThan(0);
    await until('thirty points, in as many milliseconds', async () => (await buckets.take([small])) === 0, 1_000);
  });

  it('let what is dearer than a bucket through when it is full, and then wait for the debt', async () => {
    const [buckets, key] = [open(), unique('dear')];
    expect(await buckets.take([spend(key, 25)])).toBe(0);
    expect(await buckets.take([spend(key)])).toBeGreaterThan(1.4 * HOUR_MS);
  });
});

describe('the limiter', () => {
  const caller = (over: object = {}) => ({ organizationId: unique('who'), userId: 'u', address: '192.0.2.1', ...over });
  const charge = (perHour: number) => [{ allowance: { name: 'list', perHour }, points: 1 }];

  it('knows one line by all of its addresses', async () => {
    const limit = createRateLimiter(undefined);
    const [who, charge] = [caller(), { allowance: { name: 'list', perHour: 2 }, points: 1 }];
    const from = (address: string) => limit({ ...who, address }, [charge]);
    expect([await from('2001:db8::1'), await from('2001:db8::2')]).toEqual([0, 0]);
    expect(await from('2001:db8:0:0:ffff::3')).toBeGreaterThan(0);
    expect(await from('2001:db8:0:1::1')).toBe(0);
  });

  it('keeps apart organizations, users, addresses, and names that look alike', async () => {
    const limit = createRateLimiter(redis.buckets);
    const who = caller({ organizationId: 'a:b', userId: unique('c') });
    const others = [
      { userId: unique('d') },
      { address: '192.0.2.2' },
      { organizationId: 'a', userId: `b:${who.userId}` },
    ];
    expect(await limit(who, charge(1))).toBe(0);
    expect(await limit(who, charge(1))).toBeGreaterThan(0);
    for (const other of others) expect(await limit({ ...who, ...other }, charge(1))).toBe(0);
  });

  it('counts for several processes together', async () => {
    const [one, other, who] = [createRateLimiter(redis.buckets), createRateLimiter(redis.buckets), caller()];
    expect(await one(who, charge(2))).toBe(0);
    expect(await other(who, charge(2))).toBe(0);
    expect(await one(who, charge(2))).toBeGreaterThan(0);
  });

  it('forgets with an emptied Redis, and refuses nobody for it', async () => {
    const [limit, who] = [createRateLimiter(redis.buckets), caller()];
    await limit(who, charge(1));
    expect(await limit(who, charge(1))).toBeGreaterThan(0);
    await redis.client.del(await redis.client.keys(`{${who.organizationId}:*`));
    expect(await limit(who, charge(1))).toBe(0);
  });

  it('counts in this process while Redis is away or silent', async () => {
    const away = openRedis('redis://127.0.0.1:1', () => undefined);
    const silent: Buckets = { take: () => Promise.reject(new Error('no answer')) };
    for (const buckets of [away.buckets, silent]) {
      const [limit, who] = [createRateLimiter(buckets), caller()];
      expect(await limit(who, charge(1))).toBe(0);
      expect(await limit(who, charge(1))).toBeGreaterThan(0);
    }
    await away.close();
  });

  it('keeps nothing in Redis longer than a bucket takes to fill', async () => {
    const [limit, who] = [createRateLimiter(redis.buckets), caller()];
    await limit(who, charge(3_600));
    const [key] = await redis.client.keys(`{${who.organizationId}:*`);
    expect(await redis.client.pttl(key ?? '')).toBeLessThanOrEqual(1_000);
  });
});

describe('operations', () => {
  let world: GraphWorld;
  beforeAll(async () => {
    world = await openGraphWorld();
  });
  afterEach(endSockets);
  afterAll(() => world.close());

  it('are limited by kind and by cost, over HTTP and WebSocket alike', async () => {
    const limits = edgeLimits({ listsPerHour: 3, metricsPerHour: 1, updatesPerHour: 1, costPerHour: 500 });
    const served = await world.serve({ limits, buckets: redis.buckets });
    const organization = unique('api');
    const ask = async (userId: string, query: string) =>
      post(served.url, await world.token(organization, { userId, role: 'editor' }), JSON.stringify({ query }));
    const limited = { status: 429, errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }] };
    const list = '{ campaigns(first: 1) { edges { cursor } } }';
    for (let n = 0; n < 3; n++) expect((await ask('ada', list)).errors).toEqual([]);
    expect(await ask('ada', list)).toMatchObject(limited);
    expect((await ask('eve', list)).errors).toEqual([]);
    const pause = 'mutation { pauseCampaign(input: { id: "x" }) { userErrors { code } } }';
    expect((await ask('ada', pause)).errors).toEqual([]);
    expect(await ask('ada', pause)).toMatchObject(limited);
    expect(
      (await ask('bob', '{ campaigns(first: 100) { edges { node { id name status version } } } }')).errors,
    ).toEqual([]);
    expect(await ask('bob', '{ a: campaigns(first: 100) { edges { cursor } } }')).toMatchObject(limited);
    const raw = await openAdmitted(served.url, await world.token(organization, { userId: 'joe' }));
    const query = 'subscription { executionProgress(executionId: "none") { cursor } }';
    for (const id of ['1', '2']) raw.send({ id, type: 'subscribe', payload: { query } });
    expect((await raw.heard('error', '2')).payload[0].extensions).toMatchObject({ code: 'RATE_LIMITED' });
    expect(JSON.stringify(await Promise.race([raw.heard('next', '1'), raw.heard('error', '1')]))).toContain(
      'NOT_FOUND',
    );
    await served.close();
  });

  it('have no limit where nobody sets one', async () => {
    const token = await world.token(unique('free'));
    for (let n = 0; n < 50; n++)
      expect((await world.post(token, '{ campaigns(first: 1) { edges { cursor } } }')).status).toBe(200);
  });
});
