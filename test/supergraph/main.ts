import { fillDirectory } from '../../demo/directory';
import { customers, outcomes } from '../../demo/experiment';
import { createGraphClient } from '../../demo/graph-client';
import { demoToken } from '../../demo/invitation';
import { startService } from '../../demo/service';
import { openDatabase } from '../../src/adapters/postgres';
import { readConfig } from '../../src/config';
import { runningDatabaseUrl } from '../../src/local/running-database';
import { systemClock } from '../../src/shared/clock';
import { Stack } from '../../src/shared/lifecycle';
import { lastWords, OperatorMistake } from '../../src/shared/operator-mistake';
import { compose } from './composition';
import { demoPeople, everybody, giveNotifications, organizationId } from './demo-data';
import { startGateway } from './gateway-process';
import { invitation } from './invitation';
import { startNotificationSubgraph } from './notification-subgraph';
import { prepareShowcase } from './showcase';
import { readSdl } from './subgraph-sdl';
import { startUserSubgraph } from './user-subgraph';

/** The campaign service that the supergraph stands on. */
interface Service {
  readonly graphUrl: string;
  readonly databaseUrl: string;
}

// Read at once, so that every wrong setting is told before anything is started.
const config = () => readConfig({ DATABASE_URL: 'postgres://later', NATS_URL: 'nats://later', ...process.env });

/** The whole supergraph on the demo's data: three subgraphs and a gateway before them. */
async function run(stack: Stack, fail: (error: Error) => void): Promise<void> {
  const { jwtSecret: secret } = config();
  const gatewayPort = readGatewayPort();
  const at = systemClock().toISOString().slice(0, 19);
  const service = (await runningService()) ?? (await ownService(at.replaceAll(/[-:]/g, ''), stack, fail));
  const { databaseUrl, graphUrl } = service;
  await fillDirectory({ databaseUrl, organizationId, contacts: customers({ ...everybody, people: 5_000 }) });
  const token = await demoToken(organizationId, 'admin', secret);
  const client = createGraphClient(graphUrl, token);
  const showcase = await prepareShowcase(client, at);
  await client.close();
  const gateway = await startSupergraph(service, { executionId: showcase.executionId, secret, gatewayPort }, stack);
  process.stdout.write(invitation({ gateway, token, ...showcase }));
}

/** `npm run demo` or `npm start` that is up already. */
async function runningService(): Promise<Service | undefined> {
  const { port } = config();
  const answer = await fetch(`http://localhost:${port}/health`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const databaseUrl = process.env.DATABASE_URL || runningDatabaseUrl(process.env.LOCAL_DIR || '.local');
  if (!databaseUrl) throw new OperatorMistake('a service runs, but not its database here: set DATABASE_URL to it');
  return { databaseUrl, graphUrl: `http://localhost:${port}/graphql` };
}

async function ownService(runName: string, stack: Stack, fail: (error: Error) => void): Promise<Service> {
  const { config, graphUrl } = await startService({ stack, runName, outcomes: outcomes(everybody), fail });
  return { databaseUrl: config.databaseUrl, graphUrl };
}

interface Showcase {
  readonly executionId: string;
  readonly secret: string;
  readonly gatewayPort: number;
}

function readGatewayPort(): number {
  const given = process.env.GATEWAY_PORT || '4000';
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new OperatorMistake(`GATEWAY_PORT: a TCP port is expected, not ${given}`);
}

async function startSupergraph(
  { databaseUrl, graphUrl }: Service,
  { executionId, secret, gatewayPort }: Showcase,
  stack: Stack,
): Promise<string> {
  const database = openDatabase({ url: databaseUrl, role: 'campaign_dispatcher', applicationName: 'supergraph' });
  stack.add(() => database.close());
  const notifications = await giveNotifications(database, executionId);
  const others = [
    await startUserSubgraph(await demoPeople(), secret),
    await startNotificationSubgraph(notifications, secret),
  ];
  for (const { stop } of others) stack.add(stop);
  const supergraph = compose([
    { name: 'campaign', sdl: readSdl('campaign'), url: graphUrl },
    ...others.map(({ name, url }) => ({ name, url, sdl: readSdl(name) })),
  ]);
  const gateway = await startGateway(supergraph, gatewayPort);
  stack.add(() => gateway.stop());
  return gateway.url;
}

async function main(): Promise<void> {
  const stack = new Stack();
  const broken = Promise.withResolvers<never>();
  const stopAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  try {
    await Promise.race([run(stack, broken.reject), stopAsked, broken.promise]);
    await Promise.race([stopAsked, broken.promise]);
  } finally {
    await stack.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${lastWords(error)}\n`);
    process.exit(1);
  },
);
