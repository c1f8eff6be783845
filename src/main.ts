import { startApp } from './app';
import { type Config, missingParts, readConfig } from './config';
import { startLocalParts } from './local/local-parts';
import { createLog } from './log';
import { migrate } from './migrate';
import { type Running, type Stack, startAll, within } from './shared/lifecycle';
import { lastWords } from './shared/operator-mistake';
import { supervise } from './supervisor';
import { refuseTakenPort } from './taken-port';

/**
 * One role runs in this process. Several run as child processes, so that none costs another its latency; then this
 * process also brings the schema up to date. Where no database or no NATS is named, it starts its own.
 */
async function main(): Promise<void> {
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const stopAsked = signalled();
  const running = startAll((stack) => start(stack, fail));
  const first = await Promise.race([running, stopAsked, failed]);
  if (first) await Promise.race([stopAsked, failed]);
  // Asked to stop while starting: what never comes up must not keep us; our end takes the children with it.
  await (await within(startMs, 'starting', running)).stop();
}

async function start(stack: Stack, fail: (error: Error) => void): Promise<void> {
  const environment = await completeEnvironment(process.env, stack);
  const config = readConfig(environment);
  // A role alone leaves the schema to whoever deploys, unless the database is ours.
  if (config.roles.length > 1 || environment !== process.env) await migrate(config.databaseUrl);
  const running = config.roles.length > 1 ? await superviseRoles(config, environment, fail) : await startApp(config);
  stack.add(() => running.stop());
  process.send?.('ready');
}

/** A start that was asked to stop may take this long to get where it can be stopped. */
const startMs = 12_000;

/** Runs each role in a process of its own; `fail` hears when one never comes up any more. */
export async function superviseRoles(
  config: Config,
  environment: NodeJS.ProcessEnv,
  fail: (error: Error) => void,
): Promise<Running> {
  if (config.roles.includes('api')) await refuseTakenPort(config);
  const log = createLog(config, 'main');
  const onHopeless = (role: string) => fail(new Error(`${role} does not come up`));
  const running = await supervise({
    entry: __filename,
    roles: config.roles,
    environment,
    ...(config.healthPort !== undefined && { healthPort: config.healthPort }),
    log,
    onHopeless,
  });
  if (config.roles.includes('api')) announce(config);
  return running;
}

/** Production names its parts; a developer's machine may bring them up by itself. */
export async function completeEnvironment(environment: NodeJS.ProcessEnv, stack: Stack): Promise<NodeJS.ProcessEnv> {
  const missing = missingParts(environment);
  const complete = !missing.includes('postgres') && !missing.includes('nats');
  if (complete || environment.NODE_ENV === 'production') return environment;
  // Every other mistake is reported before anything is started.
  readConfig({ DATABASE_URL: 'postgres://later', NATS_URL: 'nats://later', ...environment });
  const local = await startLocalParts({ dir: environment.LOCAL_DIR || '.local', durable: true, parts: missing });
  stack.add(() => local.stop());
  return {
    ...environment,
    ...(missing.includes('postgres') && { DATABASE_URL: local.databaseUrl }),
    ...(missing.includes('nats') && { NATS_URL: local.natsUrl }),
    ...(local.redisUrl && { REDIS_URL: local.redisUrl }),
  };
}

function announce({ port }: Config): void {
  process.stderr.write(`GraphQL: http://localhost:${port}/graphql\n`);
}

/** The first signal stops in order; so does the end of a supervisor that was killed. */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
    process.once('disconnect', () => resolve(undefined));
  });
}

if (require.main === module)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${lastWords(error)}\n`);
      process.exit(1);
    },
  );
