import { Pool } from 'undici';
import type { ApiPage } from './api-pages';

/** What one page took, over all of its requests. */
export interface PageTimes {
  readonly requests: number;
  readonly seconds: number;
  /** Sorted, in milliseconds. */
  readonly millis: readonly number[];
  readonly bytes: number;
}

export interface ApiClient {
  /** One answer, as text. */
  ask(page: ApiPage, n: number): Promise<string>;
  /** Opens the page again and again over connections that stay open, one request at a time on each. */
  drive(page: ApiPage, seconds: number): Promise<PageTimes>;
  close(): Promise<void>;
}

const CONNECTIONS = 4;

/** A client that speaks with one server. */
export function openApiClient(port: number, token: string, campaigns: number): ApiClient {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const ask: ApiClient['ask'] = async ({ query, variables }, n) => {
    const body = JSON.stringify({ query, variables: variables(n, campaigns) });
    const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || text.includes('"errors":')) throw new Error(`${answer.statusCode} ${text}`);
    return text;
  };
  return { ask, drive: (page, seconds) => drive((n) => ask(page, n), seconds), close: () => pool.close() };
}

async function drive(ask: (n: number) => Promise<string>, seconds: number): Promise<PageTimes> {
  const began = performance.now();
  const millis: number[] = [];
  let bytes = 0;
  let next = 0;
  const lane = async () => {
    while (performance.now() - began < seconds * 1_000) {
      const asked = performance.now();
      const answer = await ask(next++);
      millis.push(performance.now() - asked);
      bytes += answer.length;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  const elapsed = (performance.now() - began) / 1_000;
  return { requests: millis.length, seconds: elapsed, millis: millis.sort((one, other) => one - other), bytes };
}
