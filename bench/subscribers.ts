import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLocalParts } from '../src/local/local-parts';
import { migrate } from '../src/migrate';
import { machineLoad } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { type SubscriptionClients, type SubscriptionServer, startClients, startServer } from './subscription-parties';
import { openSubject, type Subject } from './subscription-subject';

const SECONDS = 30;
const RECONNECTS = 100;

/** What one kind of execution costs. */
interface Measured {
  readonly cores: number;
  readonly heapKb: number;
  readonly residentKb: number;
  readonly p50: number;
  readonly p99: number;
  readonly seen: number;
  readonly gaps: number;
}

/** So many subscriptions on as many sockets of one process, one change a second, beside plain graphql-ws. */
export async function subscribersBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-bench-'));
  const parts = await startLocalParts({ dir, durable: true, parts: ['postgres', 'nats'], print });
  try {
    await migrate(parts.databaseUrl);
    const ground = await openSubject(parts.databaseUrl, parts.natsUrl);
    const ours = await measure('ours', options.subscribers, parts, ground, print);
    const plain = await measure('plain', options.subscribers, parts, ground, print);
    await ground.close();
    return resultOf(options.subscribers, ours, plain);
  } finally {
    await parts.stop();
    if (!options.dir) rmSync(dir, { recursive: true, force: true });
  }
}

async function measure(
  kind: 'ours' | 'plain',
  subscribers: number,
  { databaseUrl, natsUrl }: { databaseUrl: string; natsUrl: string },
  subject: Subject,
  print: (line: string) => void,
): Promise<Measured> {
  const server = await startServer({ kind, databaseUrl, natsUrl, subscribers });
  const clients = await startClients(Number(server.ready), subscribers);
  try {
    const before = await server.ask('memory', null);
    await clients.ask('open', null);
    const opened = await server.ask('memory', null);
    print(`${kind}: ${subscribers} subscriptions are open`);
    const { commits, cores } = await changeForAWhile(server, subject);
    const { values, millis } = await clients.ask('latencies', commits);
    print(`${kind}: ${cores} cores, p99 ${at(millis, 0.99)} ms; sockets are broken now`);
    const gaps = await countGaps(clients, subject);
    const each = (after: number, first: number) => Math.round((after - first) / subscribers / 102.4) / 10;
    const measured = {
      cores,
      heapKb: each(opened.heap, before.heap),
      residentKb: each(opened.resident, before.resident),
      p50: at(millis, 0.5),
      p99: at(millis, 0.99),
      seen: values / (commits.size * subscribers),
      gaps,
    };
    print(`${kind}: ${JSON.stringify(measured)}`);
    return measured;
  } finally {
    await Promise.all([clients.stop(), server.stop()]);
  }
}

async function changeForAWhile(
  server: SubscriptionServer,
  subject: Subject,
): Promise<{ commits: ReadonlyMap<number, number>; cores: number }> {
  const commits = new Map<number, number>();
  const first = await server.ask('cpuMicros', null);
  const began = performance.now();
  for (let second = 0; second < SECONDS; second++) {
    const { value, at: committed } = await subject.change();
    commits.set(value, committed);
    await pause(Math.max(0, began + (second + 1) * 1_000 - performance.now()));
  }
  const elapsed = performance.now() - began;
  const used = (await server.ask('cpuMicros', null)) - first;
  await pause(1_000);
  return { commits, cores: Math.round(used / elapsed) / 1_000 };
}

/** Breaks sockets while figures change; whoever then lacks the last one, or saw a step back, has a gap. */
async function countGaps(clients: SubscriptionClients, subject: Subject): Promise<number> {
  const reconnecting = clients.ask('reconnect', RECONNECTS);
  let done = false;
  void reconnecting.then(() => {
    done = true;
  });
  let last = 0;
  while (!done) {
    last = (await subject.change()).value;
    await pause(300);
  }
  last = (await subject.change()).value;
  await pause(3_000);
  const { behind, steppedBack } = await clients.ask('settled', last);
  return behind + steppedBack;
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 10) / 10;

function resultOf(subscribers: number, ours: Measured, plain: Measured): BenchResult {
  const row = (name: string, of: (measured: Measured) => number) =>
    `${name.padEnd(38)} ${String(of(ours)).padStart(10)} ${String(of(plain)).padStart(10)}`;
  const table = [
    'one change a second'.padEnd(45).concat('ours      plain'),
    row('subscriptions', () => subscribers),
    row('cores of the server', ({ cores }) => cores),
    row('heap of one subscription, KB', ({ heapKb }) => heapKb),
    row('resident memory of one, KB', ({ residentKb }) => residentKb),
    row('commit to socket p50, ms', ({ p50 }) => p50),
    row('commit to socket p99, ms', ({ p99 }) => p99),
    row('values seen, share of all', ({ seen }) => Math.round(seen * 1_000) / 1_000),
    row(`gaps after ${RECONNECTS} broken sockets`, ({ gaps }) => gaps),
  ];
  return { table, figures: { subscribers, seconds: SECONDS, ours, plain, machineLoad: machineLoad() } };
}
