import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Audience } from '../audience/audience';
import type { Scope } from '../scope';
import type { Actor } from '../shared/actor';
import { notFound } from '../shared/errors';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { Trigger } from '../trigger/trigger';
import { Channel } from '../variant/channel';
import { Variant } from '../variant/variant';
import { Campaign } from './campaign';

/** A campaign's variants, their content, its audiences and triggers, each in order. */
export interface CampaignParts {
  readonly variants: readonly Variant[];
  readonly channels: readonly Channel[];
  readonly audiences: readonly Audience[];
  readonly triggers: readonly Trigger[];
}

/** An execution that has not come to its end. */
export interface OpenExecution {
  readonly exec_no: number;
  readonly id: string;
  readonly occurrence: string;
  /** It only waits for logins. */
  readonly aside: boolean;
}

/** Who acts in this unit of work, and when. */
export const actorOf = (scope: Scope): Actor => ({ userId: scope.viewer.userId, at: scope.now() });

/**
 * The campaign, locked until the transaction ends: who locks it changes it, so its watchers are told. Another
 * organization's, or an archived one, does not exist. `path`: where its id was given.
 */
export async function lockCampaign(em: EntityManager, scope: Scope, id: string, path?: string): Promise<Campaign> {
  const where = { id, organizationNo: scope.viewer.organizationNo, archivedAt: null };
  const campaign = await em.findOne(Campaign, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!campaign) throw notFound('campaign', id, path);
  scope.changed(id);
  return campaign;
}

export async function loadParts(em: EntityManager, { campaignNo }: Campaign): Promise<CampaignParts> {
  const variants = await em.find(Variant, { campaignNo }, { orderBy: { variantNo: 'asc' } });
  const channels = await em.find(
    Channel,
    { campaignNo },
    { orderBy: { variantNo: 'asc', priority: 'asc', kind: 'asc' } },
  );
  const audiences = await em.find(Audience, { campaignNo }, { orderBy: { position: 'asc' } });
  const triggers = await em.find(Trigger, { campaignNo }, { orderBy: { position: 'asc' } });
  return { variants, channels, audiences, triggers };
}

/** Locks the open executions. Always after the campaign's lock: every writer takes them in this order. */
export const lockOpenExecutions = (em: EntityManager, campaign: Campaign): Promise<readonly OpenExecution[]> =>
  lockOpen(em, campaign, [EXECUTION_KIND.SCHEDULED, EXECUTION_KIND.MANUAL]);

/** The same with open tests, which no pause stops. */
export const lockOpenWithTests = (em: EntityManager, campaign: Campaign): Promise<readonly OpenExecution[]> =>
  lockOpen(em, campaign, [EXECUTION_KIND.SCHEDULED, EXECUTION_KIND.MANUAL, EXECUTION_KIND.TEST]);

async function lockOpen(
  em: EntityManager,
  { campaignNo, organizationNo }: Campaign,
  kinds: readonly number[],
): Promise<readonly OpenExecution[]> {
  const rows = await em.execute<OpenExecution[]>(openExecutions, [campaignNo, organizationNo, JSON.stringify(kinds)]);
  return rows.map((row) => ({ ...row, exec_no: Number(row.exec_no) }));
}

// "no key": a settle that holds a chunk inserts list chunks that refer to the execution, while a resume wants its chunks.
const openExecutions = `select exec_no, id, occurrence, aside from campaign.execution
where campaign_no = ? and org_no = ? and status in ('pending', 'running', 'paused')
  and kind in (select value::smallint from jsonb_array_elements_text(?::jsonb))
order by exec_no for no key update`;
