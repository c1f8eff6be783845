import type { EntityManager } from '@mikro-orm/postgresql';
import { stateOf } from '../audit/audit-changes';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import type { Campaign } from './campaign';
import { auditCampaign } from './campaign-audit';
import { actorOf, loadParts, lockOpenExecutions } from './campaign-loading';
import { openExecution } from './execution-opening';
import { LifecycleEvent } from './lifecycle-event';
import { freezePlan } from './plan-freezing';

/** More missed occurrences are not listed one by one: they have passed all the same. */
const MOST_LISTED = 100;

/**
 * The occurrence that is due is not held, and stays visible as a missed execution. A campaign with a calendar goes on to
 * its next occurrence; one without is a draft again and says why.
 */
export async function missOccurrence(em: EntityManager, scope: Scope, campaign: Campaign, reason: string) {
  const before = stateOf(campaign);
  const occurrence = campaign.schedule?.at ?? 'unknown';
  if (campaign.schedule?.recurrence) campaign.passOccurrence(reason, actorOf(scope));
  else campaign.miss(reason, actorOf(scope));
  await listMissed(em, scope, campaign, { occurrence, reason });
  if (campaign.isOver() && campaign.status === 'scheduled') await completeCampaign(em, scope, campaign);
  await em.flush();
  await auditCampaign(em, scope, campaign, { action: 'missCampaign', before });
}

/** What a calendar had due while its campaign rested is missed, never caught up. Part of the caller's change. */
export async function missWhilePaused(em: EntityManager, scope: Scope, campaign: Campaign): Promise<void> {
  // A start by hand that waits for a place is no occurrence of a calendar: a pause does not undo it.
  if (!campaign.schedule?.recurrence) return;
  for (let listed = 0; isDue(campaign, scope.now()); listed += 1) {
    const occurrence = campaign.schedule?.at ?? 'unknown';
    campaign.passOccurrence('paused', actorOf(scope));
    if (listed < MOST_LISTED) await listMissed(em, scope, campaign, { occurrence, reason: 'paused' });
  }
}

const isDue = ({ schedule }: Campaign, now: Date): boolean =>
  schedule?.at !== undefined && new Date(schedule.at) <= now;

/**
 * A campaign whose end has come by itself. While people of earlier occurrences wait for their login it runs on, and may be
 * paused and cancelled: the sweep completes it with the last of them.
 */
export async function completeCampaign(em: EntityManager, scope: Scope, campaign: Campaign): Promise<void> {
  const waiting = campaign.status === 'scheduled' ? await lockOpenExecutions(em, campaign) : [];
  if (waiting.length > 0) return campaign.outlast(actorOf(scope));
  campaign.complete(actorOf(scope));
  em.persist(LifecycleEvent.of(campaign, 'campaign.completed', {}));
}

async function listMissed(
  em: EntityManager,
  scope: Scope,
  campaign: Campaign,
  { occurrence, reason }: { readonly occurrence: string; readonly reason: string },
): Promise<void> {
  const plan = await freezePlan(em, campaign, await loadParts(em, campaign), await findOrganization(em, scope));
  const missed = { plan, kind: 'SCHEDULED', occurrence, status: 'missed', reason } as const;
  const { id, execNo } = await openExecution(em, campaign, missed);
  em.persist(LifecycleEvent.of(campaign, 'execution.missed', { executionId: id, occurrence, reason }, execNo));
}
