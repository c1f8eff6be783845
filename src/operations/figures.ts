import { Counter, Gauge, Histogram, type Metric } from 'prom-client';
import { remoteFigures } from '../remote/remote-figures';

/**
 * What a process counts of its own work, under the seeds' names. They belong to the process and start from zero with
 * it, as Prometheus expects: sum them over processes. What the ledger holds is read from the ledger (`ledger-gauges.ts`).
 * No label carries a person, an address or a campaign: their number has no bound.
 */
export const messagesSent = new Counter({
  name: 'campaign_messages_sent_total',
  help: 'Messages handed to a transport, by what came of it: accepted, refused or unanswered.',
  labelNames: ['channel', 'status'],
  registers: [],
});

export const executionsCompleted = new Counter({
  name: 'campaigns_completed_total',
  help: 'Executions that ended, by the type of their campaign and the status they ended with.',
  labelNames: ['type', 'status'],
  registers: [],
});

export const executionDuration = new Histogram({
  name: 'campaign_execution_duration_seconds',
  help: 'From the start of an execution to its completion.',
  labelNames: ['type'],
  buckets: [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 259_200],
  registers: [],
});

export const eventsIngested = new Counter({
  name: 'campaign_events_ingested_total',
  help: 'Messages taken from the bus and committed, by stream; redeliveries count again.',
  labelNames: ['stream'],
  registers: [],
});

export const apiRequests = new Counter({
  name: 'api_request_total',
  help: 'HTTP requests by route, method and status.',
  labelNames: ['endpoint', 'method', 'status'],
  registers: [],
});

export const apiRequestDuration = new Histogram({
  name: 'api_request_duration_seconds',
  help: 'From the first byte of an HTTP request to the last of its answer.',
  labelNames: ['endpoint', 'method'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [],
});

/** Of dispatchers alone: anybody else's 0 would say that somebody looked. */
export const ledgerDifferences = new Gauge({
  name: 'campaign_ledger_differences',
  help: 'Accounts of executions that did not come out even when they were last looked at: anything but 0 is a fault.',
  registers: [],
});

/** Of every process: one that does not do the work shows none of its series. */
export const ownFigures: readonly Metric[] = [
  messagesSent,
  executionsCompleted,
  executionDuration,
  eventsIngested,
  apiRequests,
  apiRequestDuration,
  ...remoteFigures,
];
