import { Counter, Gauge, Histogram } from 'prom-client';
import { breakers } from './breakers';

export const remoteCalls = new Counter({
  name: 'campaign_remote_calls_total',
  help: 'Tries at remote services, by what came of them: ok, or the kind of failure; open: not asked.',
  labelNames: ['service', 'outcome'],
  registers: [],
});

export const remoteSeconds = new Histogram({
  name: 'campaign_remote_call_duration_seconds',
  help: 'From a question to the end of its answer, or to its failure.',
  labelNames: ['service'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
  registers: [],
});

export const remoteFallbacks = new Counter({
  name: 'campaign_remote_fallbacks_total',
  help: 'How often an older answer, or none, stood in for one of a remote service.',
  labelNames: ['service'],
  registers: [],
});

const stateNumber = { closed: 0, half_open: 1, open: 2 } as const;

export const remoteBreakers = new Gauge({
  name: 'campaign_remote_breaker_state',
  help: 'Whether a remote service is asked: 0 yes, 1 one request tries it, 2 it is left alone.',
  labelNames: ['service'],
  registers: [],
  collect() {
    for (const [service, { state }] of breakers) this.set({ service }, stateNumber[state]);
  },
});

export const remoteFigures = [remoteCalls, remoteSeconds, remoteFallbacks, remoteBreakers];
