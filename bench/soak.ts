import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLocalParts } from '../src/local/local-parts';
import { migrate } from '../src/migrate';
import { machineLoad } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { type Slope, slopeOf } from './slope';
import { type SubscriptionClients, type SubscriptionServer, startClients, startServer } from './subscription-parties';
import type { Held } from './subscription-server';
import { openSubject, type Subject } from './subscription-subject';

/** Sockets that are broken and opened again each second. */
const CHURN = 20;
const SAMPLE_SECONDS = 30;
/** Share of the time in which memory may settle before it is judged. */
const WARM_UP = 0.25;
const MEGABYTE = 1_048_576;

/** One look at the server. */
interface Sample extends Held {
  readonly hours: number;
  readonly heapMb: number;
  readonly residentMb: number;
}

/**
 * Subscribers come and go for as long as it is asked: memory and descriptors must stay where they were, and when the
 * last one has gone nothing may be left of any of them.
 */
export async function soakBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-bench-'));
  const parts = await startLocalParts({ dir, durable: true, parts: ['postgres', 'nats'], print });
  try {
    await migrate(parts.databaseUrl);
    const subject = await openSubject(parts.databaseUrl, parts.natsUrl);
    const { databaseUrl, natsUrl } = parts;
    const server = await startServer({ kind: 'ours', databaseUrl, natsUrl, subscribers: options.subscribers });
    const clients = await startClients(Number(server.ready), options.subscribers);
    try {
      return await soak({ server, clients, subject }, options, print);
    } finally {
      await Promise.all([clients.stop(), server.stop(), subject.close()]);
    }
  } finally {
    await parts.stop();
    if (!options.dir) rmSync(dir, { recursive: true, force: true });
  }
}

interface Parties {
  readonly server: SubscriptionServer;
  readonly clients: SubscriptionClients;
  readonly subject: Subject;
}

async function soak(
  { server, clients, subject }: Parties,
  { minutes, subscribers }: BenchOptions,
  print: (line: string) => void,
): Promise<BenchResult> {
  const before = await server.ask('held', null);
  await clients.ask('open', null);
  const samples: Sample[] = [];
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  for (let turn = 1; seconds() < minutes * 60; turn += 1) {
    await Promise.all([clients.ask('reconnect', CHURN), subject.change()]);
    if (turn % SAMPLE_SECONDS === 0) {
      samples.push(await sampleOf(server, seconds()));
      print(JSON.stringify(samples.at(-1)));
    }
    await pause(Math.max(0, turn * 1_000 - seconds() * 1_000));
  }
  const churned = Math.round(seconds()) * CHURN;
  const { value } = await subject.change();
  await pause(3_000);
  const gaps = await clients.ask('settled', value);
  await clients.ask('leave', null);
  await pause(5_000);
  const after = await server.ask('held', null);
  return resultOf({ subscribers, minutes, churned, samples, before, after, gaps: gaps.behind + gaps.steppedBack });
}

async function sampleOf(server: SubscriptionServer, seconds: number): Promise<Sample> {
  const { heap, resident } = await server.ask('memory', null);
  const held = await server.ask('held', null);
  return { ...held, hours: seconds / 3_600, heapMb: heap / MEGABYTE, residentMb: resident / MEGABYTE };
}

interface Soaked {
  readonly subscribers: number;
  readonly minutes: number;
  readonly churned: number;
  readonly samples: readonly Sample[];
  readonly before: Held;
  readonly after: Held;
  readonly gaps: number;
}

function resultOf({ samples, ...soaked }: Soaked): BenchResult {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP));
  const points = (of: (sample: Sample) => number) =>
    settled.map((sample): [number, number] => [sample.hours, of(sample)]);
  const heap = slopeOf(points(({ heapMb }) => heapMb));
  const descriptors = slopeOf(points((sample) => sample.descriptors));
  const words = ({ slope, error }: Slope) => `${slope.toFixed(2)} ± ${error.toFixed(2)}`;
  const { before, after } = soaked;
  const table = [
    `${soaked.subscribers} subscriptions for ${soaked.minutes} min, ${soaked.churned} sockets broken and opened again`,
    `heap, MB an hour (with its standard error)   ${words(heap)}`,
    `descriptors an hour                          ${words(descriptors)}`,
    `feeds, sockets, descriptors before           ${before.feeds} ${before.sockets} ${before.descriptors}`,
    `the same after the last one has gone         ${after.feeds} ${after.sockets} ${after.descriptors}`,
    `subscribers behind, or shown an older figure ${soaked.gaps}`,
  ];
  return { table, figures: { ...soaked, heap, descriptors, samples, machineLoad: machineLoad() } };
}
