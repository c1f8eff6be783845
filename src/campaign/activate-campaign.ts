import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { actorOf } from './campaign-loading';
import { type CampaignTarget, changeStatus } from './change-status';
import { LifecycleEvent } from './lifecycle-event';
import { readyLaunch } from './ready-launch';

/** Makes a triggered or transactional campaign one that waits for events or requests (BR-CAM-001.4). */
export function activateCampaign(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'activateCampaign' }, async (em, campaign) => {
    const organization = await findOrganization(em, scope);
    await readyLaunch(em, scope, { campaign, organization, action: 'activate' });
    campaign.activate(actorOf(scope));
    const activatedAt = campaign.updatedAt.toISOString();
    return LifecycleEvent.of(campaign, 'campaign.activated', { activatedAt, activatedBy: campaign.updatedBy });
  });
}
