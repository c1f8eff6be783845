import type { Config, RoleName } from '../config';
import { openConnections } from '../connections';
import type { Log } from '../log';
import { type Running, startAll } from '../shared/lifecycle';
import { createHttpServer } from './http-server';
import { ledgerGauges } from './ledger-gauges';
import { createMetrics, operationsRoutes } from './operations-routes';

/** Health and metrics of a process without the api, over connections of its own: busy pools must not make it ill. */
export function startHealthServer(config: Config, port: number, role: RoleName, log: Log): Promise<Running> {
  return startAll(async (stack) => {
    const { checks, database } = await openConnections({ ...config, databasePoolSize: 1 }, role, log, stack);
    const server = createHttpServer(log);
    const metrics = createMetrics(role);
    // A dispatcher's to tell: it alone sees all organizations, and there are few of it.
    const beforeScrape = role === 'dispatcher' ? ledgerGauges(metrics, database) : undefined;
    operationsRoutes(server, { checks, metrics, ...(beforeScrape && { beforeScrape }) });
    stack.add(() => server.close());
    await server.listen({ port, host: config.host });
  });
}
