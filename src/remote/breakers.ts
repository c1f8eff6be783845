import type { HealthCheck } from '../operations/health';
import type { CircuitBreaker } from './circuit-breaker';

/**
 * The breakers of this process, by service: a process has one opinion of a service, which its metrics and its readiness
 * show as well.
 */
export const breakers = new Map<string, CircuitBreaker>();

/** Parts for readiness: degraded while the service is left alone, for what needs it has a fallback. */
export const remoteChecks = (): readonly HealthCheck[] =>
  [...breakers].map(([name, breaker]) => ({
    name,
    degrades: true,
    check: async () => {
      if (breaker.state !== 'closed') throw new Error('is left alone for a while after its failures');
    },
  }));
