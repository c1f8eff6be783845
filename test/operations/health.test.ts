import { readConfig } from '../../src/config';
import { type ApiRole, startApi } from '../../src/graphql/api-role';
import { createLog } from '../../src/log';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { testNatsUrl, testRedisUrl } from '../support/local-servers';
import { until } from '../support/until';

describe('an api', () => {
  let database: TestDatabase;
  let api: ApiRole;

  beforeAll(async () => {
    database = await createTestDatabase();
    const config = readConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: database.url,
      NATS_URL: testNatsUrl(),
      REDIS_URL: testRedisUrl(),
    });
    api = await startApi(config, createLog(config, 'api'));
  });
  afterAll(async () => {
    await api?.stop();
    await database?.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${api.port}${path}`, { headers });

  test('lives', async () => {
    const answer = await get('/health');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'live' }]);
  });

  test('is ready when each part that it needs answers', async () => {
    // An api starts without its Redis, which comes in the background.
    await until('redis', async () => (await (await get('/health/ready')).text()).includes('"redis":"up"'));
    const answer = await get('/health/ready');
    expect(await answer.json()).toEqual({ status: 'ready', parts: { database: 'up', nats: 'up', redis: 'up' } });
    expect(answer.status).toBe(200);
  });

  test('has figures for Prometheus', async () => {
    expect(await (await get('/metrics')).text()).toContain('process_cpu_user_seconds_total{process="api"}');
  });

  test('keeps the correlation id of its caller, unless it is a strange one', async () => {
    const id = async (given: string) =>
      (await get('/health', { 'x-correlation-id': given })).headers.get('x-correlation-id');
    expect(await id('order-17')).toBe('order-17');
    expect(await id('a b')).toMatch(/^[\da-f-]{36}$/);
  });

  test('answers GraphQL', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${api.port}/graphql`, { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });
});
