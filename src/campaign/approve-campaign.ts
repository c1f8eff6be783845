import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { may } from '../shared/viewer';
import { actorOf } from './campaign-loading';
import { type CampaignTarget, changeStatus } from './change-status';
import { LifecycleEvent } from './lifecycle-event';

/** Asks an approver to look at a campaign. An edit afterwards withdraws it. */
export function submitForApproval(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'submitForApproval' }, async (_em, campaign) => {
    campaign.submit(actorOf(scope));
    const facts = { changedFields: ['approval'], updatedBy: campaign.updatedBy };
    return LifecycleEvent.of(campaign, 'campaign.updated', facts);
  });
}

/** Approves or rejects what somebody else submitted. */
export async function decideApproval(
  scope: Scope,
  target: CampaignTarget,
  { approval, comment }: { readonly approval: 'approved' | 'rejected'; readonly comment: string | null },
): Promise<string> {
  if (!may(scope.viewer, 'approve')) throw new DomainError('FORBIDDEN', 'only an approver decides', 'approval');
  if (comment !== null && comment.length > 2_000)
    throw new DomainError('CAMPAIGN_INVALID', 'a comment has at most 2000 characters', 'comment');
  const action = approval === 'approved' ? 'approveCampaign' : 'rejectCampaign';
  return changeStatus(scope, { ...target, action }, async (_em, campaign) => {
    campaign.decide(approval, comment, actorOf(scope));
    return LifecycleEvent.of(campaign, `campaign.${approval}`, { decidedBy: campaign.updatedBy, comment });
  });
}
