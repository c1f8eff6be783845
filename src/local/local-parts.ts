import { Stack } from '../shared/lifecycle';
import { dataRoot, makeServerFolder } from './data-folder';
import { natsPart } from './nats-part';
import { endWithParent } from './parent-exit';
import type { RunningPart } from './part-process';
import { type LocalPostgres, postgresPart } from './postgres-part';
import { redisPart } from './redis-part';
import { claimFolder } from './running-record';

export type PartName = 'postgres' | 'nats' | 'redis';

/** Where the parts keep their data, and how carefully. */
export interface LocalPartsOptions {
  dir: string;
  /** False only for tests: a durable PostgreSQL flushes every commit. */
  durable: boolean;
  parts?: readonly PartName[];
  postgresSettings?: Record<string, string>;
  /** Redis may be absent, unless this asks for it. */
  requireRedis?: boolean;
  print?: (line: string) => void;
}

/** Real PostgreSQL, NATS and Redis as direct children of this process; reading a part that was not asked for throws. */
export interface LocalParts {
  readonly databaseUrl: string;
  /** The superuser's address, to make and drop databases. */
  readonly adminUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string | undefined;
  readonly postgres: LocalPostgres;
  readonly nats: RunningPart;
  readonly redis: RunningPart;
  stop(): Promise<void>;
}

/** Starts the parts on free ports of 127.0.0.1. They end with this process. */
export async function startLocalParts(options: LocalPartsOptions): Promise<LocalParts> {
  const { durable, parts = ['postgres', 'nats', 'redis'], print = printLine } = options;
  const dir = makeServerFolder(dataRoot(options.dir));
  const record = await claimFolder(dir);
  const started: RunningPart[] = [];
  const stack = new Stack();
  stack.add(() => record.release());
  const stop = async () => {
    forget();
    await stack.stop();
  };
  const forget = endWithParent(started, stop);
  const start = async <P extends RunningPart>(name: PartName, opening: () => Promise<P>): Promise<P | undefined> => {
    if (!parts.includes(name)) return undefined;
    const part = await opening();
    started.push(part);
    stack.add(() => part.stop());
    print(`${part.name} ${part.version} (${part.source}) on 127.0.0.1:${part.port}`);
    return part;
  };
  try {
    const context = { dir, record, print };
    const settings = options.postgresSettings ?? {};
    const postgres = await start('postgres', () => postgresPart({ ...context, durable, settings }));
    const nats = await start('nats', () => natsPart(context));
    const redis = await start('redis', () => redisPart(context)).catch((error: Error) => {
      if (options.requireRedis) throw error;
      print(`redis: none (one process throttles alone); ${error.message}`);
      return undefined;
    });
    return describe({ postgres, nats, redis }, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function describe(
  found: { postgres?: LocalPostgres; nats?: RunningPart; redis?: RunningPart },
  stop: () => Promise<void>,
): LocalParts {
  const asked = <P>(part: P | undefined, name: PartName): P => {
    if (!part) throw new Error(`${name} is not among the local parts that run`);
    return part;
  };
  return {
    get databaseUrl() {
      return asked(found.postgres, 'postgres').url;
    },
    get adminUrl() {
      return asked(found.postgres, 'postgres').adminUrl;
    },
    get natsUrl() {
      return asked(found.nats, 'nats').url;
    },
    redisUrl: found.redis?.url,
    get postgres() {
      return asked(found.postgres, 'postgres');
    },
    get nats() {
      return asked(found.nats, 'nats');
    },
    get redis() {
      return asked(found.redis, 'redis');
    },
    stop,
  };
}

function printLine(line: string): void {
  process.stderr.write(`${line}\n`);
}
