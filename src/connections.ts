import { type Bus, openBus } from './adapters/nats';
import { type Database, openDatabase } from './adapters/postgres';
import { openRedis, type RedisConnection } from './adapters/redis';
import type { Config, RoleName } from './config';
import type { Log } from './log';
import type { HealthCheck } from './operations/health';
import type { Stack } from './shared/lifecycle';

/** What every role is connected to. */
export interface Connections {
  readonly database: Database;
  readonly bus: Bus;
  readonly redis: RedisConnection | undefined;
  readonly checks: readonly HealthCheck[];
}

/** Connects one role as the database role that is its own; `session` holds settings of its database connections. */
export async function openConnections(
  config: Config,
  role: RoleName,
  log: Log,
  stack: Stack,
  session: Readonly<Record<string, string>> = {},
): Promise<Connections> {
  const database = openRoleDatabase(config, role, log, session);
  stack.add(() => database.close());
  const bus = await openBus({ url: config.natsUrl, name: `campaign ${role}`, log });
  stack.add(() => bus.close());
  await bus.ensureStreams();
  const redis = config.redisUrl ? openRedis(config.redisUrl, quietly(log)) : undefined;
  if (redis) stack.add(() => redis.close());
  return { database, bus, redis, checks: checksOf(database, bus, redis) };
}

function openRoleDatabase(
  config: Config,
  role: RoleName,
  log: Log,
  session: Readonly<Record<string, string>>,
): Database {
  const api = role === 'api';
  return openDatabase({
    url: api ? config.databaseAppUrl : config.databaseDispatcherUrl,
    role: api ? 'campaign_app' : 'campaign_dispatcher',
    poolSize: config.databasePoolSize,
    applicationName: `campaign ${role}`,
    session,
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
}

function checksOf(database: Database, bus: Bus, redis: RedisConnection | undefined): HealthCheck[] {
  const nats = async () => {
    if (!bus.isConnected()) throw new Error('not connected');
  };
  return [
    { name: 'database', check: () => database.query('select 1') },
    { name: 'nats', check: nats },
    ...(redis ? [{ name: 'redis', check: () => redis.ping(), optional: true }] : []),
  ];
}

/** A Redis that is away reports it at every attempt; once a change is enough. */
function quietly(log: Log): (error: Error) => void {
  let last = '';
  return (error) => {
    if (error.message !== last) log.warn({ err: error }, 'redis is away');
    last = error.message;
  };
}
