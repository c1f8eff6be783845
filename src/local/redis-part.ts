import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { makeServerFolder } from './data-folder';
import { type FoundBinary, installFromDebian, notFound, onPath, versionOf } from './find-binary';
import { freePort } from './free-port';
import type { PartContext } from './nats-part';
import { type RunningPart, runPart } from './part-process';

/** Redis on 127.0.0.1, without files: what it holds may vanish at any moment by design. */
export async function redisPart({ dir, record, print }: PartContext): Promise<RunningPart> {
  const found = findRedis(print);
  const port = await freePort();
  const dataDir = join(dir, 'redis');
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dataDir];
  return runPart({
    ...found,
    name: 'redis',
    port,
    url: `redis://127.0.0.1:${port}`,
    binary: found.path,
    args: [...place, '--save', '', '--appendonly', 'no'],
    dataDir,
    logFile: join(dir, 'redis.log'),
    stopSignal: 'SIGTERM',
    ready: () => pong(port),
    prepare: async () => void makeServerFolder(dataDir),
    removeData: () => rmSync(dataDir, { recursive: true, force: true }),
    record,
  });
}

function findRedis(print: (line: string) => void): FoundBinary {
  const found = firstThatRuns() ?? (installFromDebian('redis-server', print) ? firstThatRuns() : undefined);
  if (!found) throw notFound('Redis', 'REDIS_URL or REDIS_SERVER_BIN');
  return found;
}

function firstThatRuns(): FoundBinary | undefined {
  for (const candidate of onPath('redis-server', 'REDIS_SERVER_BIN')) {
    const version = versionOf(candidate.path);
    if (version) return { ...candidate, version };
  }
  return undefined;
}

function pong(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 }, () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('+PONG')) resolve();
      else reject(new Error(`redis answers ${data}`));
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error(`redis on port ${port} is silent`)));
  });
}
