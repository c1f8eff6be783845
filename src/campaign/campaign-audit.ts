import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditState, differences, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import type { Scope } from '../scope';
import type { Campaign } from './campaign';

/** Adds to the audit log what a command made of a campaign. Call it after the flush. */
export function auditCampaign(
  em: EntityManager,
  scope: Scope,
  campaign: Campaign,
  { action, before, after = stateOf(campaign) }: { action: string; before: AuditState; after?: AuditState },
): Promise<void> {
  const changes = differences(before, after);
  return recordAudit(em, scope, { action, objectType: 'Campaign', objectId: campaign.id, changes });
}

/** A campaign with what hangs on it: digests of its variants with their content, of its audiences, and of its triggers. */
export async function wholeState(em: EntityManager, campaign: Campaign): Promise<AuditState> {
  const [parts] = await em.execute<{ variants: string | null; audiences: string | null; triggers: string | null }[]>(
    digests,
    [campaign.campaignNo, campaign.campaignNo, campaign.campaignNo, campaign.campaignNo],
  );
  return new Map([...stateOf(campaign), ...Object.entries(parts ?? {})]);
}

// In the order of their keys: the same parts have the same digest.
const digests = `select
  'sha256:' || encode(sha256(convert_to(concat(
    (select jsonb_agg(to_jsonb(v) order by variant_no) from campaign.variant v where campaign_no = ?),
    (select jsonb_agg(to_jsonb(c) - 'content' order by variant_no, kind) from campaign.channel c where campaign_no = ?)
  ), 'UTF8')), 'hex') as variants,
  'sha256:' || encode(sha256(convert_to(
    (select jsonb_agg(to_jsonb(a) - 'id' order by position) from campaign.audience a where campaign_no = ?)::text,
  'UTF8')), 'hex') as audiences,
  'sha256:' || encode(sha256(convert_to(
    (select jsonb_agg(to_jsonb(t) order by position) from campaign.trigger t where campaign_no = ?)::text,
  'UTF8')), 'hex') as triggers`;
