import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/local/free-port';
import { until } from '../support/until';

const home = join(process.cwd(), 'test/supergraph');
const program = join(home, 'node_modules/@graphql-hive/gateway/dist/bin.js');

export interface RunningGateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** Hive Gateway in a process of its own before the composed subgraphs; on a free port unless one is named. */
export async function startGateway(supergraph: string, port?: number): Promise<RunningGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, supergraph);
  const listening = port ?? (await freePort());
  const gateway = spawn(process.execPath, [program, 'supergraph', '-c', join(home, 'gateway.config.mjs')], {
    cwd: home,
    // The gateway reads PORT, too, and that is the service's.
    env: { ...process.env, SUPERGRAPH_FILE: file, PORT: String(listening) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await until('the gateway answers', () => isReady(gateway, listening), 60_000);
  return {
    url: `http://127.0.0.1:${listening}/graphql`,
    stop: async () => {
      await end(gateway);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(gateway: ChildProcess, port: number): Promise<boolean> {
  if (gateway.exitCode !== null) throw new Error(`the gateway ended with ${gateway.exitCode}`);
  const answer = await fetch(`http://127.0.0.1:${port}/readiness`).catch(() => undefined);
  return answer?.ok ?? false;
}

async function end(gateway: ChildProcess): Promise<void> {
  if (gateway.exitCode !== null || gateway.signalCode !== null) return;
  const ended = new Promise((resolve) => gateway.once('exit', resolve));
  gateway.kill('SIGKILL');
  await ended;
}
