import type { EntityManager } from '@mikro-orm/postgresql';
import type { Campaign } from '../campaign/campaign';
import { actorOf } from '../campaign/campaign-loading';
import { type CampaignTarget, changeStatus } from '../campaign/change-status';
import { LifecycleEvent } from '../campaign/lifecycle-event';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { Decision } from '../experiment/decision';
import { onlyArm, type Weights } from '../experiment/epoch';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { applyDecision } from './apply-decision';

/** Which campaign, and which of its variants is the best. */
export interface WinnerOrder extends CampaignTarget {
  readonly variantId: string;
}

/**
 * A person declares the winner of the campaign's last start. Those of its audience who still wait for one are due at once
 * and get it; nobody who was assigned already changes. Answers the campaign's id.
 */
export function declareWinner(scope: Scope, { variantId, ...target }: WinnerOrder): Promise<string> {
  return changeStatus(scope, { ...target, action: 'declareWinner' }, async (em, campaign) => {
    campaign.expectWinnerAllowed();
    const execution = await lockLastExecution(em, campaign);
    const variant = execution?.plan.variants.find(({ id }) => id === variantId);
    if (!execution || !variant) throw new DomainError('NOT_FOUND', 'the last start had no such variant', 'variantId');
    if (variant.isControl)
      throw new DomainError(
        'CAMPAIGN_INVALID_VARIANT',
        'a control sends nothing: it cannot be the winner',
        'variantId',
      );
    const { userId, at } = actorOf(scope);
    const decision: Decision = {
      reason: 'MANUAL',
      variantId,
      variantNo: variant.no,
      metric: null,
      logP: null,
      decidedBy: userId,
      decidedAt: at.toISOString(),
    };
    return recordWinner(em, campaign, { execution, decision, weights: onlyArm(variant.no), at });
  });
}

/** A decision that names a winner, about to be written. */
export interface WinnerRecord {
  readonly execution: LastExecution;
  readonly decision: Decision;
  readonly weights: Weights;
  readonly at: Date;
}

/** Writes a winner down: on the campaign, on its execution, and for those who wait. Answers the event to publish. */
export async function recordWinner(
  em: EntityManager,
  campaign: Campaign,
  { execution, decision, weights, at }: WinnerRecord,
): Promise<LifecycleEvent> {
  campaign.declareWinner(decision, { userId: decision.decidedBy, at });
  await applyDecision(em, execution, { decision, weights: mayWait(execution) ? weights : null, at });
  const { variantId, reason, metric, logP, decidedBy } = decision;
  const facts = { executionId: execution.id, variantId, reason, metric, logPValue: logP, declaredBy: decidedBy };
  return LifecycleEvent.of(campaign, 'campaign.winner.declared', facts, execution.execNo);
}

const mayWait = ({ plan: { experiment }, isOpen }: LastExecution): boolean =>
  isOpen && experiment !== undefined && experiment.mode !== 'SPLIT';

/** The execution that a winner is declared for. */
export interface LastExecution {
  readonly execNo: number;
  readonly id: string;
  readonly epoch: number;
  readonly plan: FrozenPlan;
  /** Somebody of its audience may still be undecided. */
  readonly isOpen: boolean;
}

/** The campaign's last one that sent anything, locked after the campaign; nothing where there was none. */
export async function lockLastExecution(em: EntityManager, campaign: Campaign): Promise<LastExecution | undefined> {
  const rows = await em.execute<(Omit<LastExecution, 'execNo'> & { execNo: string })[]>(LOCK_LAST, [
    campaign.campaignNo,
    campaign.organizationNo,
  ]);
  const [row] = rows;
  return row && { ...row, execNo: Number(row.execNo) };
}

const LOCK_LAST = `select exec_no as "execNo", id, epoch, plan, status in ('pending', 'running', 'paused') as "isOpen"
from campaign.execution
where campaign_no = ? and org_no = ? and kind <> ${EXECUTION_KIND.TEST} and status not in ('missed', 'failed')
order by exec_no desc limit 1 for no key update`;
