import { readiness } from '../../src/operations/health';

describe('readiness', () => {
  test('one part that is away makes the process unready, and is named', async () => {
    const down: string[] = [];
    const checks = [
      { name: 'database', check: async () => 1 },
      { name: 'nats', check: () => Promise.reject(new Error('away')) },
    ];
    const answer = await readiness(checks, (name, error) => down.push(`${name}: ${error}`));
    expect(answer).toEqual({ status: 'unready', parts: { database: 'up', nats: 'down' } });
    expect(down).toEqual(['nats: Error: away']);
  });

  test('a part that the work goes on without is shown down, and the process stays ready', async () => {
    const redis = { name: 'redis', check: () => Promise.reject(new Error('away')), optional: true };
    expect(await readiness([redis], () => undefined)).toEqual({ status: 'ready', parts: { redis: 'down' } });
  });

  test('a service that has a fallback is shown degraded, and the process stays ready', async () => {
    const service = { name: 'isa-data', check: () => Promise.reject(new Error('left alone')), degrades: true };
    expect(await readiness([service], () => undefined)).toEqual({ status: 'ready', parts: { 'isa-data': 'degraded' } });
  });

  test('a part that never answers counts as down', async () => {
    const answer = await readiness([{ name: 'database', check: () => new Promise(() => undefined) }], () => undefined);
    expect(answer.parts).toEqual({ database: 'down' });
  });
});
