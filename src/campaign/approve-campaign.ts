import type { EntityManager } from '@mikro-orm/postgresql';
import { changedSince, digestPlan, hashOf, type PlanDigest } from '../launch-plan/plan-digest';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { may } from '../shared/viewer';
import type { ApprovalDecision } from './approval';
import type { Campaign } from './campaign';
import { actorOf, loadParts } from './campaign-loading';
import { type CampaignTarget, changeStatus } from './change-status';
import { expectUnchanged } from './launch-guards';
import { LifecycleEvent } from './lifecycle-event';
import { freezePlan } from './plan-freezing';

/** Asks an approver to look at what would be sent now. An edit afterwards withdraws it. */
export function submitForApproval(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'submitForApproval' }, async (em, campaign) => {
    campaign.submit(await presentDigest(em, scope, campaign), actorOf(scope));
    const facts = { changedFields: ['approval'], updatedBy: campaign.updatedBy };
    return LifecycleEvent.of(campaign, 'campaign.updated', facts);
  });
}

/** A decision of an approver: `planHash` is of the launch plan that was looked at. */
export interface Decision extends Omit<ApprovalDecision, 'plan'> {
  readonly planHash?: string;
}

/** Approves or rejects what somebody else submitted. An approval binds to the present plan. */
export async function decideApproval(
  scope: Scope,
  target: CampaignTarget,
  { approval, comment, planHash }: Decision,
): Promise<string> {
  if (!may(scope.viewer, 'approve')) throw new DomainError('FORBIDDEN', 'only an approver decides', 'approval');
  if (comment !== null && !hasAtMost(2_000, comment))
    throw new DomainError('CAMPAIGN_INVALID', 'a comment has at most 2000 characters', 'comment');
  const action = approval === 'approved' ? 'approveCampaign' : 'rejectCampaign';
  return changeStatus(scope, { ...target, action }, async (em, campaign) => {
    const plan = await presentDigest(em, scope, campaign);
    const submitted = campaign.approvalRecord?.plan;
    campaign.decide({ approval, comment, plan }, actorOf(scope));
    if (approval === 'approved') expectLookedAt(plan, submitted, planHash);
    return LifecycleEvent.of(campaign, `campaign.${approval}`, { decidedBy: campaign.updatedBy, comment });
  });
}

// Who names the plan has looked at the present one; who does not, approves what was submitted and nothing else.
function expectLookedAt(present: PlanDigest, submitted: PlanDigest | undefined, planHash: string | undefined): void {
  if (planHash === hashOf(present)) return;
  const changed = changedSince(submitted, present);
  if (planHash === undefined) expectUnchanged(changed, 'submitted');
  else expectUnchanged(changed.length > 0 ? changed : ['the plan'], 'looked at');
}

async function presentDigest(em: EntityManager, scope: Scope, campaign: Campaign): Promise<PlanDigest> {
  const organization = await findOrganization(em, scope);
  return digestPlan(await freezePlan(em, campaign, await loadParts(em, campaign), organization));
}
