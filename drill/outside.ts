import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A process of the world around the service: it says its port in one JSON line, is stopped by a signal, and ends by
 * itself when its channel to this process breaks, which is all that it learns of a `kill -9`.
 */
export interface Outsider {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts it and waits for its line. */
export async function startOutsider(program: string, args: readonly string[], logFile: string): Promise<Outsider> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', log, 'ipc'] });
  closeSync(log);
  living.add(child);
  child.once('exit', () => living.delete(child));
  const port = await Promise.race([firstPort(child), failure(child, program)]);
  return {
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      if (!living.has(child)) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
      child.kill('SIGKILL');
    },
  };
}

async function firstPort({ stdout }: ChildProcess): Promise<number> {
  if (stdout) {
    for await (const line of createInterface({ input: stdout })) {
      const said: { port: number } = JSON.parse(line);
      return said.port;
    }
  }
  return new Promise<number>(() => undefined);
}

function failure(child: ChildProcess, program: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended at its start with ${code}`)));
  });
}
