import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';

/** A NATS server that a test may kill and wipe, on a port and in a folder of its own. */
export interface OwnNatsServer {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Killed, its data deleted, started again: everything it ever held is gone. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

export async function startOwnNatsServer(): Promise<OwnNatsServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'campaign-nats-'));
  let child: ChildProcess | undefined;
  const start = async () => {
    const binary = process.env.NATS_SERVER_BIN ?? 'nats-server';
    child = spawn(binary, ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], { stdio: 'ignore' });
    await until(() => reachable(port));
  };
  const kill = async () => {
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  };
  const clear = () => rm(folder, { recursive: true, force: true });
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    start,
    kill,
    wipe: async () => {
      await kill();
      await clear();
      await start();
    },
    close: async () => {
      await kill();
      await clear();
    },
  };
}

/** Waits for a condition, never for a time. */
export async function until(holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`condition not met within ${withinMs} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const quietLog = pino({ level: process.env.TEST_LOG ?? 'silent' });

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function reachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
