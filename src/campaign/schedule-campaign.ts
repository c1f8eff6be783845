import type { EntityManager } from '@mikro-orm/postgresql';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import type { Campaign } from './campaign';
import { actorOf, loadParts } from './campaign-loading';
import { type CampaignTarget, changeStatus } from './change-status';
import { judgeLaunch } from './launch-guards';
import { LifecycleEvent } from './lifecycle-event';
import { freezePlan } from './plan-freezing';
import { stepFor } from './transitions';

/** Sets a draft to start by itself at a time; it must be ready now, and is judged again when it is due. */
export function scheduleCampaign(scope: Scope, target: CampaignTarget, at: Date): Promise<string> {
  return changeStatus(scope, { ...target, action: 'scheduleCampaign' }, async (em, campaign) => {
    await judgeSchedule(em, scope, campaign, at);
    campaign.scheduleFor(at, actorOf(scope));
    return LifecycleEvent.of(campaign, 'campaign.scheduled', { scheduledAt: at.toISOString() });
  });
}

/** Makes a scheduled campaign a draft again. */
export function unscheduleCampaign(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'unscheduleCampaign' }, async (_em, campaign) => {
    campaign.unschedule(actorOf(scope));
    const facts = { changedFields: ['schedule'], updatedBy: campaign.updatedBy };
    return LifecycleEvent.of(campaign, 'campaign.updated', facts);
  });
}

async function judgeSchedule(em: EntityManager, scope: Scope, campaign: Campaign, at: Date): Promise<void> {
  const { guards } = stepFor(campaign.status, 'schedule');
  if (campaign.type !== 'ONE_TIME')
    throw new DomainError(
      'CAMPAIGN_NOT_AVAILABLE',
      `scheduling a ${campaign.type} campaign is not available yet`,
      'type',
    );
  const organization = await findOrganization(em, scope);
  const minutesAhead = (at.getTime() - scope.now().getTime()) / 60_000;
  const parts = await loadParts(em, campaign);
  const plan = await freezePlan(em, campaign, parts, organization);
  const settings = organization.effectiveSettings();
  judgeLaunch(guards, { campaign, parts, plan, settings, running: 0, minutesAhead });
}
