import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/adapters/postgres';
import { signToken } from '../src/identity/token';
import { type LocalParts, startLocalParts } from '../src/local/local-parts';
import { benchPostgresSettings } from '../src/local/postgres-part';
import { migrate } from '../src/migrate';
import { buildLedger } from './api-ledger';
import { type ApiClient, openApiClient } from './api-load';
import { type ApiPage, apiPages } from './api-pages';
import type { ApiServerSettings, ApiUse } from './api-server';
import { type Askable, startAskable } from './child-asking';
import { machineLoad } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { cpuOf } from './process-use';

const organizationId = 'org_bench';
const secret = 'the-secret-of-a-benchmark-with-32-bytes-or-more';
const kinds = ['ours', 'default'] as const;
type Kind = (typeof kinds)[number];
const TURNS = 4;

/** What one page costs on one kind of server. */
interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  /** CPU of the api's process, in core-milliseconds a request. */
  readonly cpuMs: number;
  readonly postgresMs: number;
  readonly statements: number;
  readonly transactions: number;
  readonly kilobytes: number;
}

/** Pages of a dashboard over a ledger of the asked size, beside the same schema on default Apollo execution. */
export async function apiBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-bench-'));
  const parts = await startLocalParts({
    dir,
    durable: true,
    parts: ['postgres', 'nats'],
    postgresSettings: benchPostgresSettings(),
    print,
  });
  try {
    const loadSeconds = await load(parts.databaseUrl, options);
    print(`${options.campaigns} campaigns and ${options.messages} messages: written in ${loadSeconds} s`);
    const pages = await measureAll(parts, options, dir, print);
    return resultOf(options, loadSeconds, pages);
  } finally {
    await parts.stop();
    if (!options.dir) rmSync(dir, { recursive: true, force: true });
  }
}

async function load(databaseUrl: string, options: BenchOptions): Promise<number> {
  const began = performance.now();
  await migrate(databaseUrl);
  const ledger = openDatabase({ url: databaseUrl, role: 'campaign_dispatcher', applicationName: 'bench', poolSize: 1 });
  await buildLedger(ledger, organizationId, options);
  await ledger.close();
  const owner = openDatabase({ url: databaseUrl, applicationName: 'bench', poolSize: 1 });
  await owner.query('vacuum analyze');
  await owner.close();
  return Math.round((performance.now() - began) / 1_000);
}

type Pages = Readonly<Record<string, Readonly<Record<Kind, Measured>>>>;

async function measureAll(
  { databaseUrl, natsUrl, postgres }: LocalParts,
  options: BenchOptions,
  dir: string,
  print: (line: string) => void,
): Promise<Pages> {
  const open = (kind: Kind) =>
    serve({ kind, databaseUrl, natsUrl, secret }, options, { postgres: postgres.pid() ?? 0, dir });
  const [ours, plain] = [await open('ours'), await open('default')];
  const pages: Record<string, Record<Kind, Measured>> = {};
  for (const name of options.pages.length > 0 ? options.pages : Object.keys(apiPages)) {
    await requireSame(name, ours, plain);
    pages[name] = await measureByTurns(name, { ours, default: plain }, options);
    print(`${name}: ${JSON.stringify(pages[name])}`);
  }
  await Promise.all([ours, plain].map((served) => served.close()));
  return pages;
}

interface Served {
  readonly client: ApiClient;
  /** What the process of the api, and PostgreSQL, have used so far. */
  use(): Promise<ApiUse & { readonly postgresSeconds: number }>;
  close(): Promise<void>;
}

async function serve(
  told: ApiServerSettings,
  { campaigns, profile }: BenchOptions,
  { postgres, dir }: { readonly postgres: number; readonly dir: string },
): Promise<Served> {
  const flags = profile
    ? ['--cpu-prof', `--cpu-prof-dir=${dir}/profiles`, `--cpu-prof-name=${told.kind}.cpuprofile`]
    : [];
  const server: Askable<{ use: [null, ApiUse]; end: [null, null] }> & { readonly ready: unknown } = await startAskable(
    join(__dirname, 'api-server.js'),
    told,
    flags,
  );
  const who = { organizationId, role: 'viewer', userId: 'bench' } as const;
  const token = await signToken({ ...who, secret, now: new Date(), lifetimeSeconds: 36_000 });
  const client = openApiClient(Number(server.ready), token, campaigns);
  return {
    client,
    use: async () => ({ ...(await server.ask('use', null)), postgresSeconds: cpuOf({ postgres }).postgres ?? 0 }),
    close: async () => {
      await client.close();
      await server.ask('end', null);
    },
  };
}

/** Speed is worth nothing if the answers differ. */
async function requireSame(name: string, ours: Served, plain: Served): Promise<void> {
  const page = pageCalled(name);
  for (const n of [1, 2, 3]) {
    const [one, other] = await Promise.all([ours.client.ask(page, n), plain.client.ask(page, n)]);
    if (withoutClock(one) !== withoutClock(other)) throw new Error(`${name}: the answers differ\n${one}\n${other}`);
  }
}

// The cursor of figures is the time of the reading.
const withoutClock = (answer: string): string =>
  JSON.stringify(JSON.parse(answer), (key, value) => (key === 'cursor' ? '' : value));

/** What was used in the turns of one server. */
interface Used {
  readonly requests: number;
  readonly elapsed: number;
  readonly millis: readonly number[];
  readonly bytes: number;
  readonly cpuMicros: number;
  readonly postgresSeconds: number;
  readonly statements: number;
  readonly transactions: number;
}

/** By turns, so that whatever else the machine does weighs on both alike. */
async function measureByTurns(
  name: string,
  served: Readonly<Record<Kind, Served>>,
  { seconds }: BenchOptions,
): Promise<Record<Kind, Measured>> {
  const page = pageCalled(name);
  for (const kind of kinds) await served[kind].client.drive(page, Math.min(3, seconds / 2));
  const turns: Record<Kind, Used[]> = { ours: [], default: [] };
  for (let turn = 0; turn < TURNS; turn++)
    for (const kind of kinds) turns[kind].push(await takeTurn(page, served[kind], seconds / TURNS));
  return { ours: measuredOf(turns.ours), default: measuredOf(turns.default) };
}

async function takeTurn(page: ApiPage, { client, use }: Served, seconds: number): Promise<Used> {
  const before = await use();
  const { requests, millis, bytes, seconds: elapsed } = await client.drive(page, seconds);
  const after = await use();
  const used = (what: keyof typeof after) => after[what] - before[what];
  return {
    ...{ requests, millis, bytes, elapsed },
    cpuMicros: used('cpuMicros'),
    postgresSeconds: used('postgresSeconds'),
    statements: used('statements'),
    transactions: used('transactions'),
  };
}

function measuredOf(turns: readonly Used[]): Measured {
  const sum = (of: (used: Used) => number) => turns.reduce((all, used) => all + of(used), 0);
  const requests = sum((used) => used.requests);
  const each = (of: (used: Used) => number) => Math.round((sum(of) / requests) * 1_000) / 1_000;
  const millis = turns.flatMap((used) => used.millis).sort((one, other) => one - other);
  return {
    p50: at(millis, 0.5),
    p99: at(millis, 0.99),
    perSecond: Math.round(requests / sum((used) => used.elapsed)),
    cpuMs: each(({ cpuMicros }) => cpuMicros / 1_000),
    postgresMs: each(({ postgresSeconds }) => postgresSeconds * 1_000),
    statements: each(({ statements }) => statements),
    transactions: each(({ transactions }) => transactions),
    kilobytes: each(({ bytes }) => bytes / 1_000),
  };
}

function pageCalled(name: string): ApiPage {
  const page = apiPages[name];
  if (page === undefined) throw new Error(`there is no page ${name}`);
  return page;
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 10) / 10;

const columns = ['p50', 'p99', 'perSecond', 'cpuMs', 'postgresMs', 'statements', 'transactions', 'kilobytes'] as const;

function resultOf({ campaigns, messages, seconds }: BenchOptions, loadSeconds: number, pages: Pages): BenchResult {
  const row = (name: string, kind: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(10)}${kind.padEnd(10)}${cells.map((cell) => String(cell).padStart(13)).join('')}`;
  const rows = Object.entries(pages).flatMap(([name, page]) =>
    kinds.map((kind) =>
      row(
        name,
        kind,
        columns.map((column) => page[kind][column]),
      ),
    ),
  );
  const cheaper = Object.fromEntries(
    Object.entries(pages).map(([name, page]) => [name, Math.round((page.default.cpuMs / page.ours.cpuMs) * 100) / 100]),
  );
  const table = [
    `${campaigns} campaigns, ${messages} messages; milliseconds, core-milliseconds a request`,
    row('page', 'server', columns),
    ...rows,
    `CPU of default execution over ours: ${JSON.stringify(cheaper)}`,
  ];
  return { table, figures: { campaigns, messages, seconds, loadSeconds, pages, cheaper, machineLoad: machineLoad() } };
}
