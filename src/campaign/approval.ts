import { changedSince, type PlanDigest } from '../launch-plan/plan-digest';
import type { Actor } from '../shared/actor';
import { DomainError } from '../shared/errors';

export type Approval = 'none' | 'submitted' | 'approved' | 'rejected';

/** Who asked for an approval, and what came of it. */
export interface ApprovalRecord {
  readonly submittedBy: string;
  readonly submittedAt: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly comment?: string | null;
  /** What would have been sent at that moment, part by part. */
  readonly plan?: PlanDigest;
}

/** What came of a submission, and of which plan. */
export interface ApprovalDecision {
  readonly approval: 'approved' | 'rejected';
  readonly comment: string | null;
  readonly plan: PlanDigest;
}

/** Where a campaign stands with its approvers. */
export interface ApprovalState {
  readonly approval: Approval;
  readonly approvalRecord: ApprovalRecord | null;
}

/** What is submitted or approved already is not submitted again, unless something beside the campaign has changed it. */
export function submitted(
  { approval, approvalRecord: last }: ApprovalState,
  plan: PlanDigest,
  by: Actor,
): ApprovalState {
  const same = changedSince(last?.plan, plan).length === 0;
  if (same && (approval === 'submitted' || approval === 'approved'))
    throw new DomainError('CAMPAIGN_APPROVAL', `the campaign is ${approval} already`, 'approval');
  const approvalRecord = { submittedBy: by.userId, submittedAt: by.at.toISOString(), plan };
  return { approval: 'submitted', approvalRecord };
}

/** Nobody approves what they submitted themselves. The decision holds for its plan alone. */
export function decided(present: ApprovalState, { approval, comment, plan }: ApprovalDecision, by: Actor) {
  const { approvalRecord } = present;
  if (present.approval !== 'submitted' || !approvalRecord)
    throw new DomainError('CAMPAIGN_APPROVAL', 'the campaign was not submitted for approval', 'approval');
  if (approvalRecord.submittedBy === by.userId)
    throw new DomainError('FORBIDDEN', 'nobody decides on what they submitted themselves', 'approval');
  const decision = { decidedBy: by.userId, decidedAt: by.at.toISOString(), comment, plan };
  return { approval, approvalRecord: { ...approvalRecord, ...decision } } satisfies ApprovalState;
}
