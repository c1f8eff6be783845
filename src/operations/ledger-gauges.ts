import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../adapters/postgres';
import { ledgerDifferences } from './figures';

/** One value of the ledger; `labels` are those of its gauge. */
interface Reading {
  gauge: string;
  labels: Record<string, string>;
  value: number;
}

const gauges = [
  { name: 'campaigns_created_total', help: 'Campaigns, by type and organization.', labels: ['type', 'organization'] },
  { name: 'campaigns_by_status', help: 'Campaigns, by status.', labels: ['status'] },
  { name: 'campaign_executions_open', help: 'Executions that are not over, by status.', labels: ['status'] },
  {
    name: 'campaign_messages_open',
    help: 'Messages of open executions that are not decided.',
    labels: ['disposition'],
  },
  { name: 'campaign_chunks_open', help: 'Chunks of running executions that are not done.', labels: [] },
  { name: 'campaign_chunk_lag_seconds', help: 'Age of the oldest due chunk that nobody works on.', labels: [] },
  { name: 'campaign_outbox_waiting', help: 'Batches of events that are committed and not published yet.', labels: [] },
  { name: 'campaign_outbox_lag_seconds', help: 'Age of the oldest of them.', labels: [] },
  { name: 'campaign_parked_events', help: 'Events that wait for what they speak of.', labels: [] },
  { name: 'campaign_dead_letters', help: 'Events that were given up and not replayed.', labels: [] },
] as const;

/**
 * What stands in the ledger at the moment of a scrape; the answered function reads it. Every dispatcher reads the same
 * ledger: take the maximum over processes, not the sum. Bounded: nothing here visits messages.
 */
export function ledgerGauges(registry: Registry, database: Database): () => Promise<void> {
  registry.registerMetric(ledgerDifferences);
  const byName = new Map<string, Gauge<string>>(
    gauges.map(({ name, help, labels }) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
  return async () => {
    // First of all: where the ledger cannot be read, no figure is better than an old one.
    for (const gauge of byName.values()) gauge.reset();
    const readings = await database.query<Reading>(LEDGER_SQL);
    for (const { gauge, labels, value } of readings) byName.get(gauge)?.set(labels, value);
  };
}

const LEDGER_SQL = `
with open as (
  select exec_no, status from campaign.execution where status in ('pending', 'running', 'paused')
),
chunks as (
  select count(*) as n, min(k.due_at) filter (where k.due_at < now() and (k.lease_until is null or k.lease_until < now())) as due
  from campaign.chunk k join open e on e.exec_no = k.exec_no and e.status = 'running' where k.state = 0
),
undecided as (
  select sum(c.queued) as queued, sum(c.in_flight) as in_flight, sum(c.unknown) as unknown
  from campaign.counter c join open using (exec_no) where c.segment_no = 0
),
waiting as (select count(*) as n, min(at) as since from campaign.outbox where published_at is null)
select 'campaigns_created_total' as gauge, jsonb_build_object('type', c.type, 'organization', o.id) as labels,
  count(*)::float8 as value
from campaign.campaign c join campaign.organization o using (org_no) group by c.type, o.id
union all select 'campaigns_by_status', jsonb_build_object('status', status), count(*) from campaign.campaign group by status
union all select 'campaign_executions_open', jsonb_build_object('status', status), count(*) from open group by status
union all select 'campaign_messages_open', jsonb_build_object('disposition', d.name), coalesce(d.n, 0)
  from undecided u
  cross join lateral (values ('queued', u.queued), ('in_flight', u.in_flight), ('unknown', u.unknown)) d (name, n)
union all select 'campaign_chunks_open', '{}', n from chunks
union all select 'campaign_chunk_lag_seconds', '{}', coalesce(extract(epoch from now() - due), 0) from chunks
union all select 'campaign_outbox_waiting', '{}', n from waiting
union all select 'campaign_outbox_lag_seconds', '{}', coalesce(extract(epoch from now() - since), 0) from waiting
union all select 'campaign_parked_events', '{}', count(*) from campaign.parked_event
union all select 'campaign_dead_letters', '{}', count(*) from campaign.dead_letter where replayed_at is null`;
