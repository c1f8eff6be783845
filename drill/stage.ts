import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Database, openDatabase } from '../src/adapters/postgres';
import type { RoleName } from '../src/config';
import { developmentSecrets } from '../src/config-settings';
import { type LocalParts, startLocalParts } from '../src/local/local-parts';
import { migrate } from '../src/migrate';
import { nodeFlags } from '../src/role-heap';
import { messageIdKeys } from '../src/shared/message-id';
import { type DrillCampaigns, openCampaigns } from './campaigns';
import { type DrillChannels, makeDirectory } from './people';
import { programs } from './programs';
import { Worker } from './worker';

/** What a drill plays on: servers, a directory, an organization. Processes come and go on it. */
export interface Stage {
  readonly dir: string;
  readonly parts: LocalParts;
  readonly database: Database;
  readonly campaigns: DrillCampaigns;
  /** A process of the service, not started yet. */
  worker(role: RoleName, name: string, environment: NodeJS.ProcessEnv): Worker;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly dir: string;
  readonly recipients: number;
  /** Absent: e-mail. */
  readonly channels?: DrillChannels;
  /** False only where no server is killed. */
  readonly durable: boolean;
  /** Settings of the service's processes. */
  readonly environment: NodeJS.ProcessEnv;
  readonly postgresSettings?: Record<string, string>;
  readonly print: (line: string) => void;
}

export const drillIds = messageIdKeys(developmentSecrets.idSecret);

/** Servers on free ports in the drill's own folder, the schema, and the people. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { durable, print, postgresSettings } = options;
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const starting = startLocalParts({ dir: join(dir, 'parts'), durable, print, postgresSettings });
  const [parts] = await Promise.all([starting, compileOnce(dir)]);
  try {
    await migrate(parts.databaseUrl);
    return await furnish(options, dir, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function furnish(options: StageOptions, dir: string, parts: LocalParts): Promise<Stage> {
  const open = (role: 'campaign_app' | 'campaign_dispatcher') =>
    openDatabase({ url: parts.databaseUrl, role, applicationName: 'drill', poolSize: 4 });
  const [app, database] = [open('campaign_app'), open('campaign_dispatcher')];
  const campaigns = await openCampaigns(parts.databaseUrl, app, drillIds);
  await makeDirectory(app, campaigns.organizationNo, options.recipients, options.channels);
  const workers: Worker[] = [];
  return {
    dir,
    parts,
    database,
    campaigns,
    worker: (role, name, own) => {
      const environment = { ...environmentOf(parts, options), ...own, ROLES: role };
      const worker = new Worker({
        name,
        program: programs.service,
        nodeFlags: nodeFlags[role],
        environment,
        logFile: join(dir, `${name}.log`),
      });
      workers.push(worker);
      return worker;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([campaigns.close(), app.close(), database.close()]);
      await parts.stop();
    },
  };
}

function environmentOf(parts: LocalParts, { dir, durable, environment }: StageOptions): NodeJS.ProcessEnv {
  return {
    NODE_COMPILE_CACHE: compileCache(dir),
    NODE_ENV: durable ? 'development' : 'test',
    DATABASE_URL: parts.databaseUrl,
    NATS_URL: parts.natsUrl,
    ...(parts.redisUrl && { REDIS_URL: parts.redisUrl }),
    LEASE_MS: '5000',
    RETRY_BACKOFF_MS: '200',
    PROVIDER_TIMEOUT_MS: '1000',
    LOG_LEVEL: 'warn',
    ...environment,
  };
}

const compileCache = (dir: string): string => resolve(dir, 'compiled');

/**
 * A process that is killed keeps nothing of what it compiled, and compiling is most of a start. So one loads everything
 * and ends by itself, and what it compiled serves all that follow.
 */
async function compileOnce(dir: string): Promise<void> {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache(dir) };
  const load = [programs.service, ...programs.roles].map((program) => `require(${JSON.stringify(program)})`);
  await promisify(execFile)(process.execPath, ['-e', load.join(';')], { env });
}
