import { openDatabase } from './adapters/postgres';
import type { Config, RoleName } from './config';
import type * as SenderRole from './delivery/sender-role';
import type * as DispatcherRole from './dispatch/dispatcher-role';
import type * as ApiRole from './graphql/api-role';
import { createLog, type Log } from './log';
import { startHealthServer } from './operations/health-server';
import { armCrashPoint } from './shared/crash-point';
import { type Running, startAll, within } from './shared/lifecycle';
import { refuseUnsafeDatabase } from './startup-guard';

// Loaded when wanted: the schema of the api alone would be a third of a sender's memory.
const roles: Readonly<Record<RoleName, (config: Config, log: Log) => Promise<Running>>> = {
  api: (config, log) => (require('./graphql/api-role') as typeof ApiRole).startApi(config, log),
  dispatcher: (config, log) =>
    (require('./dispatch/dispatcher-role') as typeof DispatcherRole).startDispatcher(config, log),
  sender: (config, log) => (require('./delivery/sender-role') as typeof SenderRole).startSender(config, log),
};

/** After this whoever stops us would lose patience; what is left is safe to drop, leases take care of it. */
const stopMs = 10_000;

/** Starts the roles of this process in order; stops them in reverse. */
export async function startApp(config: Config): Promise<Running> {
  armCrashPoint(config.simulateCrashAt[0]);
  await checkDatabase(config);
  const running = await startAll(async (stack) => {
    for (const name of config.roles) {
      const role = await roles[name](config, createLog(config, name));
      stack.add(() => role.stop());
    }
    const health = await healthOf(config);
    if (health) stack.add(() => health.stop());
  });
  return { stop: () => within(stopMs, 'stopping', running.stop()) };
}

async function checkDatabase(config: Config): Promise<void> {
  const database = openDatabase({ url: config.databaseAppUrl, poolSize: 1, applicationName: 'campaign start' });
  try {
    await refuseUnsafeDatabase(database, config);
  } finally {
    await database.close();
  }
}

/** The api answers about its health itself. */
async function healthOf(config: Config): Promise<Running | undefined> {
  const [role] = config.roles;
  if (!role || config.healthPort === undefined || config.roles.includes('api')) return undefined;
  return startHealthServer(config, config.healthPort, role, createLog(config, role));
}
