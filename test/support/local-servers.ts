/** The servers that all test files share; started once, before the first. */
export interface SharedServers {
  readonly adminUrl: string;
  /** The owner's address of the migrated database that every test's own is cloned from. */
  readonly templateUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
}

const variable = 'CAMPAIGN_TEST_SERVERS';

/** Told to the workers by the environment, which they inherit. */
export function tellWorkers(servers: SharedServers): void {
  process.env[variable] = JSON.stringify(servers);
}

export function sharedServers(): SharedServers {
  const text = process.env[variable];
  if (!text) throw new Error('the shared servers run only under jest, started by its globalSetup');
  return JSON.parse(text) as SharedServers;
}

/** NATS with JetStream, shared by all test files: use subjects, streams and consumers of your own. */
export function testNatsUrl(): string {
  return sharedServers().natsUrl;
}

/** Redis, shared by all test files: use keys of your own. */
export function testRedisUrl(): string {
  return sharedServers().redisUrl;
}
