import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outsider, startOutsider } from '../drill/outside';
import { programs } from '../drill/programs';
import { openStage, type Stage } from '../drill/stage';
import { benchPostgresSettings } from '../src/local/postgres-part';
import type { BenchOptions } from './options';
import type { Measured } from './process-use';

/** Servers of the measured size, durable, with a provider that accepts everything at once. */
export interface Ground {
  readonly stage: Stage;
  /** Starts one dispatcher and one sender, and names all processes under measurement. */
  startService(): Promise<Measured>;
  close(): Promise<void>;
}

/** `recipients`: people in the directory of the one organization that the stage has from the start. */
export async function openGround(
  options: BenchOptions,
  recipients: number,
  print: (line: string) => void,
): Promise<Ground> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-bench-'));
  const stage = await openStage({
    dir,
    recipients,
    durable: true,
    environment: environmentOf(options, dir),
    postgresSettings: { ...benchPostgresSettings(), ...(options.profile && statementStatistics) },
    print,
  });
  const outside: Outsider[] = [];
  return {
    stage,
    startService: async () => {
      const provider = await startProvider(stage, dir);
      outside.push(provider);
      return { ...(await startRoles(stage, provider)), ...partsOf(stage), simulator: provider.pid };
    },
    close: async () => {
      await stage.close();
      await Promise.all(outside.map((outsider) => outsider.stop()));
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
    },
  };
}

const statementStatistics = {
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  'pg_stat_statements.track': 'all',
  'auto_explain.log_min_duration': '50ms',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_buffers': 'on',
  log_lock_waits: 'on',
  deadlock_timeout: '100ms',
};

function environmentOf(options: BenchOptions, dir: string): NodeJS.ProcessEnv {
  return {
    MESSAGE_EVENTS: 'sent',
    LOG_LEVEL: 'warn',
    PROVIDER_BATCH: '100',
    PROVIDER_TIMEOUT_MS: '5000',
    ...(options.profile && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${dir}/profiles` }),
  };
}

const startProvider = (stage: Stage, dir: string): Promise<Outsider> =>
  startOutsider(
    programs.simulator,
    ['--nats', stage.parts.natsUrl, '--log', join(dir, 'provider')],
    join(dir, 'provider.log'),
  );

async function startRoles(stage: Stage, { port }: Outsider): Promise<Measured> {
  const roles = ['dispatcher', 'sender'] as const;
  const workers = roles.map((role) => stage.worker(role, role, { PROVIDER_URL: `http://127.0.0.1:${port}` }));
  await Promise.all(workers.map((worker) => worker.start()));
  return Object.fromEntries(roles.map((role, index) => [role, workers[index]?.pid ?? 0]));
}

const partsOf = ({ parts }: Stage): Measured => ({
  postgres: parts.postgres.pid() ?? 0,
  nats: parts.nats.pid() ?? 0,
});

/** How busy the machine was, beside what is measured: ratios within one run are what counts. */
export const machineLoad = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
