import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../src/adapters/postgres';
import { developmentSecrets } from '../src/config-settings';
import { signToken } from '../src/identity/token';
import { freePort } from '../src/local/free-port';
import { buildLedger } from './api-ledger';
import { type ApiClient, openApiClient } from './api-load';
import { type ApiPage, apiPages } from './api-pages';
import { sameForAll } from './emails';
import { type Ground, machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { allCounted } from './run-watch';

const organizationId = 'org_bench';
const MESSAGES_A_MINUTE = 100_000;
const REQUESTS_A_SECOND = 20;

/** Milliseconds of every request, by page. */
type Waits = Readonly<Record<string, number[]>>;

/**
 * Pages of a dashboard, opened at an even pace whatever they take, while the same machine sends 100,000 messages a
 * minute: the api in a process of its own, as always, on a ledger that holds other campaigns already.
 */
export async function apiDuringSendBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, options.recipients, print);
  try {
    await fillLedger(ground, options);
    print(`${options.campaigns} campaigns and ${options.messages} messages are there`);
    const client = await startApi(ground, options);
    await openEach(client);
    await ground.startService();
    const began = performance.now();
    const { execNo } = await ground.stage.campaigns.start(sameForAll, { perMinute: MESSAGES_A_MINUTE });
    const sending = allCounted(ground.stage.database, [execNo], options.recipients, options.minutes);
    const waits = await openPagesUntil(sending, client);
    await client.close();
    return resultOf(options, waits, (performance.now() - began) / 1_000);
  } finally {
    await ground.close();
  }
}

async function fillLedger({ stage }: Ground, options: BenchOptions): Promise<void> {
  const url = stage.parts.databaseUrl;
  const ledger = openDatabase({ url, role: 'campaign_dispatcher', applicationName: 'bench', poolSize: 1 });
  await buildLedger(ledger, organizationId, options);
  await ledger.close();
  const owner = openDatabase({ url, applicationName: 'bench', poolSize: 1 });
  await owner.query('vacuum analyze');
  await owner.close();
}

async function startApi({ stage }: Ground, { campaigns }: BenchOptions): Promise<ApiClient> {
  const port = await freePort();
  await stage.worker('api', 'api', { PORT: String(port), HOST: '127.0.0.1' }).start();
  const who = { organizationId, role: 'viewer', userId: 'bench' } as const;
  const secret = developmentSecrets.jwtSecret;
  return openApiClient(port, await signToken({ ...who, secret, now: new Date(), lifetimeSeconds: 36_000 }), campaigns);
}

const pages = Object.entries(apiPages);

/** Compiled documents and warm caches are what a dashboard meets. */
async function openEach(client: ApiClient): Promise<void> {
  for (let n = 0; n < 20; n++) for (const [, page] of pages) await client.ask(page, n);
}

/** The page of each turn is asked for at its time, also when earlier ones are not answered yet. */
async function openPagesUntil(done: Promise<unknown>, client: ApiClient): Promise<Waits> {
  const waits = Object.fromEntries(pages.map(([name]): [string, number[]] => [name, []]));
  const asked: Promise<void>[] = [];
  let over = false;
  const end = done.finally(() => {
    over = true;
  });
  const began = performance.now();
  for (let n = 0; !over; n++) {
    const [name, page] = pages[n % pages.length] ?? pages[0] ?? never();
    asked.push(timed(client, page, n).then((millis) => void waits[name]?.push(millis)));
    await pause(Math.max(0, began + ((n + 1) * 1_000) / REQUESTS_A_SECOND - performance.now()));
  }
  await Promise.all([end, ...asked]);
  return waits;
}

async function timed(client: ApiClient, page: ApiPage, n: number): Promise<number> {
  const began = performance.now();
  await client.ask(page, n);
  return performance.now() - began;
}

const at = (millis: readonly number[], share: number): number =>
  Math.round((millis.toSorted((one, other) => one - other)[Math.floor(millis.length * share)] ?? Number.NaN) * 10) / 10;

function never(): never {
  throw new Error('there are no pages');
}

function resultOf(options: BenchOptions, waits: Waits, seconds: number): BenchResult {
  const all = Object.values(waits).flat();
  const rows = Object.entries({ ...waits, all }).map(([name, millis]) => ({
    name,
    requests: millis.length,
    p50: at(millis, 0.5),
    p99: at(millis, 0.99),
  }));
  const messagesPerMinute = Math.round((options.recipients / seconds) * 60);
  return {
    table: [
      `${options.recipients.toLocaleString('en')} messages in ${seconds.toFixed(1)} s, ${messagesPerMinute.toLocaleString('en')} a minute`,
      ...rows.map(
        ({ name, requests, p50, p99 }) => `${name.padEnd(10)}${requests} requests, p50 ${p50} ms, p99 ${p99} ms`,
      ),
      `load of the machine: ${machineLoad()}`,
    ],
    figures: { messagesPerMinute, pages: rows, machineLoad: machineLoad() },
  };
}
