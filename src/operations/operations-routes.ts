import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { remoteChecks } from '../remote/breakers';
import { apiRequestDuration, apiRequests, ownFigures } from './figures';
import { type HealthCheck, readiness } from './health';

/** What is asked for by load balancers and Prometheus. */
export interface Operations {
  readonly checks: readonly HealthCheck[];
  readonly metrics: Registry;
  /** Brings figures that are read elsewhere up to date before they are shown; a scrape goes on without them when it throws. */
  readonly beforeScrape?: () => Promise<void>;
}

/** The figures of one process: those of its runtime, and of its own work. */
export function createMetrics(processName: string): Registry {
  const metrics = new Registry();
  metrics.setDefaultLabels({ process: processName });
  collectDefaultMetrics({ register: metrics });
  for (const figure of ownFigures) metrics.registerMetric(figure);
  return metrics;
}

/** `/health` says that the process lives, `/health/ready` that it can work, `/metrics` what it does. */
export function operationsRoutes(server: FastifyInstance, { checks, metrics, beforeScrape }: Operations): void {
  let stopping = false;
  server.addHook('preClose', async () => {
    stopping = true;
  });
  server.get('/health', { logLevel: 'warn' }, async () => ({ status: 'live' }));
  server.get('/health/ready', { logLevel: 'warn' }, async (request, reply) => {
    const answer = await readiness([...checks, ...remoteChecks()], (part, error) =>
      request.log.warn({ part, err: error }, 'a part is down'),
    );
    const status = stopping ? 'stopping' : answer.status;
    return reply.code(status === 'ready' ? 200 : 503).send({ ...answer, status });
  });
  server.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    await beforeScrape?.().catch((error: unknown) => request.log.warn({ err: error }, 'the ledger has no figures now'));
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
  countRequests(server);
}

/** By route, never by URL: those of tracked mails are as many as mails. */
function countRequests(server: FastifyInstance): void {
  server.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const endpoint = routeOptions.url ?? 'none';
    apiRequests.inc({ endpoint, method, status: reply.statusCode });
    apiRequestDuration.observe({ endpoint, method }, reply.elapsedTime / 1_000);
  });
}
