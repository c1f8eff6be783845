import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What the world says of itself; the part of it that the demo asks for. */
export interface WorldStats {
  readonly accepted: number;
  readonly receiptsUnacknowledged: number;
  readonly outcomes: number;
  readonly outcomesAcknowledged: number;
  readonly outcomesUnacknowledged: number;
}

/** The world outside the service: provider, receipts, and what people do. */
export interface Simulator {
  readonly url: string;
  stats(): Promise<WorldStats>;
  /** Lets people do what they did. */
  startOutcomes(organizationId: string): Promise<void>;
  stop(): Promise<void>;
}

export interface SimulatorPlace {
  readonly natsUrl: string;
  /** Its log of every request, on disk. */
  readonly log: string;
  /** What people will do, one event a line. */
  readonly outcomes: string;
}

const entry = join(__dirname, '../simulator/main.js');

/** Starts the simulator as a process of its own, and waits until it takes messages. */
export async function startSimulator({ natsUrl, log, outcomes }: SimulatorPlace): Promise<Simulator> {
  const args = ['--nats', natsUrl, '--log', log, '--outcomes', outcomes];
  // In a group of its own: Ctrl-C reaches the demo alone, which then stops everything in order.
  const child = fork(entry, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  return {
    url,
    stats: async () => (await asked(`${url}/v1/stats`)) as WorldStats,
    startOutcomes: async (organizationId) => {
      await asked(`${url}/v1/outcomes/start`, { method: 'POST', body: JSON.stringify({ organizationId }) });
    },
    stop: () => end(child),
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('the simulator has no output');
  for await (const line of createInterface({ input: child.stdout })) return (JSON.parse(line) as { port: number }).port;
  throw new Error('the simulator ended at its start');
}

async function asked(url: string, request?: RequestInit): Promise<unknown> {
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
