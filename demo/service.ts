import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../src/config';
import { completeEnvironment, superviseRoles } from '../src/main';
import { migrate } from '../src/migrate';
import type { Stack } from '../src/shared/lifecycle';
import type { HillstromOutcome } from './hillstrom';
import { writeOutcomes } from './outcomes-file';
import { type Simulator, startSimulator } from './simulator-process';

/** Everything that runs: the service, each role in a process of its own, and the world around it. */
export interface DemoService {
  readonly config: Config;
  readonly graphUrl: string;
  readonly simulator: Simulator;
  /** Where the simulator writes every request down. */
  readonly worldLog: string;
}

export interface DemoParts {
  readonly stack: Stack;
  readonly runName: string;
  readonly outcomes: AsyncIterable<HillstromOutcome>;
  /** A role that never comes up any more ends the demo. */
  readonly fail: (error: Error) => void;
}

/**
 * The same local parts and supervisor as `npm start`, and between the two the simulator: it needs the bus, and the
 * sender needs its address. What was started is on the stack, so that whoever ends the demo ends it all.
 */
export async function startService({ stack, runName, outcomes, fail }: DemoParts): Promise<DemoService> {
  const quiet = { LOG_LEVEL: 'warn', ...process.env };
  const environment = await completeEnvironment(quiet, stack);
  const { databaseUrl, natsUrl } = readConfig(environment);
  await migrate(databaseUrl);
  const worldLog = join(process.env.LOCAL_DIR || '.local', 'simulator', runName);
  const simulator = await startWorld(worldLog, natsUrl, outcomes);
  stack.add(() => simulator.stop());
  const told = { ...environment, PROVIDER_URL: simulator.url };
  const config = readConfig(told);
  const roles = await superviseRoles(config, told, fail);
  stack.add(() => roles.stop());
  return { config, graphUrl: `http://localhost:${config.port}/graphql`, simulator, worldLog };
}

async function startWorld(log: string, natsUrl: string, outcomes: AsyncIterable<HillstromOutcome>): Promise<Simulator> {
  mkdirSync(log, { recursive: true });
  const file = join(log, 'outcomes-to-come.jsonl');
  await writeOutcomes(file, outcomes);
  return startSimulator({ natsUrl, log, outcomes: file });
}
