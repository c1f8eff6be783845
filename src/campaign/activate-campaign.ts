import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { actorOf, loadParts } from './campaign-loading';
import { type CampaignTarget, changeStatus } from './change-status';
import { judgeLaunch } from './launch-guards';
import { LifecycleEvent } from './lifecycle-event';
import { freezePlan } from './plan-freezing';
import { stepFor } from './transitions';

/** Makes a triggered or transactional campaign one that waits for events or requests (BR-CAM-001.4). */
export function activateCampaign(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'activateCampaign' }, async (em, campaign) => {
    const { guards } = stepFor(campaign, 'activate');
    const organization = await findOrganization(em, scope);
    const parts = await loadParts(em, campaign);
    const plan = await freezePlan(em, campaign, parts, organization);
    const settings = organization.effectiveSettings();
    judgeLaunch(guards, {
      campaign,
      parts,
      plan,
      settings,
      running: 0,
      served: scope.servedChannels,
      now: scope.now(),
    });
    campaign.activate(actorOf(scope));
    const activatedAt = campaign.updatedAt.toISOString();
    return LifecycleEvent.of(campaign, 'campaign.activated', { activatedAt, activatedBy: campaign.updatedBy });
  });
}
