import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type HealthCheck, readiness } from './health';

/** What is asked for by load balancers and Prometheus. */
export interface Operations {
  readonly checks: readonly HealthCheck[];
  readonly metrics: Registry;
}

/** The figures of one process, of the runtime at first. */
export function createMetrics(processName: string): Registry {
  const metrics = new Registry();
  metrics.setDefaultLabels({ process: processName });
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** `/health` says that the process lives, `/health/ready` that it can work, `/metrics` what it does. */
export function operationsRoutes(server: FastifyInstance, { checks, metrics }: Operations): void {
  let stopping = false;
  server.addHook('preClose', async () => {
    stopping = true;
  });
  server.get('/health', { logLevel: 'warn' }, async () => ({ status: 'live' }));
  server.get('/health/ready', { logLevel: 'warn' }, async (request, reply) => {
    const answer = await readiness(checks, (part, error) => request.log.warn({ part, err: error }, 'a part is down'));
    const status = stopping ? 'stopping' : answer.status;
    return reply.code(status === 'ready' ? 200 : 503).send({ ...answer, status });
  });
  server.get('/metrics', { logLevel: 'warn' }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}
