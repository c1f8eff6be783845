import type { Campaign } from './campaign';

/** What is announced about a campaign's life (SPEC §11). */
export type LifecycleKind =
  | 'campaign.created'
  | 'campaign.updated'
  | 'campaign.scheduled'
  | 'campaign.activated'
  | 'campaign.started'
  | 'campaign.completed'
  | 'campaign.paused'
  | 'campaign.resumed'
  | 'campaign.cancelled'
  | 'campaign.approved'
  | 'campaign.rejected'
  | 'campaign.deleted'
  | 'campaign.winner.declared'
  | 'execution.missed';

/** A row of the outbox: it commits with the change it tells of, or not at all; the relay publishes it afterwards. */
export class LifecycleEvent {
  outboxNo!: number;
  organizationNo!: number;
  campaignNo!: number;
  executionNo!: number | null;
  kind!: LifecycleKind;
  payload!: Readonly<Record<string, unknown>>;
  at!: Date;

  static of(
    campaign: Campaign,
    kind: LifecycleKind,
    facts: Readonly<Record<string, unknown>>,
    executionNo: number | null = null,
  ): LifecycleEvent {
    const { organizationNo, campaignNo, updatedAt: at } = campaign;
    const payload = { campaignId: campaign.id, version: campaign.version, ...facts };
    return Object.assign(new LifecycleEvent(), { organizationNo, campaignNo, executionNo, kind, payload, at });
  }
}
