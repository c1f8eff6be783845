import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../adapters/postgres';
import { stateOf } from '../audit/audit-changes';
import { auditCampaign } from '../campaign/campaign-audit';
import { lockCampaign } from '../campaign/campaign-loading';
import type { Decision } from '../experiment/decision';
import { onlyArm, thompsonWeights, type Weights } from '../experiment/epoch';
import { firstWeights } from '../experiment/release';
import { bestSoFar, judgeWinner } from '../experiment/winner-rule';
import { createScope, type Scope, type ScopeParts } from '../scope';
import { crashPoint } from '../shared/crash-point';
import { applyDecision, writeEpoch } from './apply-decision';
import { type LastExecution, recordWinner } from './declare-winner';
import { type Figures, findUndecided, readFigures, type Undecided } from './undecided';

/** Who decides where no person does. */
const NOBODY = 'experiments';

/** What there is to do about an execution; nothing for most of them, most of the time. */
type Step =
  | {
      readonly kind: 'winner';
      readonly no: number;
      readonly reason: 'SIGNIFICANT' | 'BEST_SO_FAR';
      readonly logP: number | null;
    }
  | { readonly kind: 'split'; readonly reason: 'SPLIT' | 'SAMPLE_RATIO_MISMATCH' }
  | { readonly kind: 'epoch'; readonly epoch: number; readonly weights: Weights };

/**
 * Looks at every undecided execution: declares winners that the rule of looking allows, ends tests whose time is over, and
 * writes the epochs of bandits. Each in a transaction of its own, under the locks of campaign and execution, if nothing was
 * decided since the figures were read; any number of dispatchers may do this at once. Answers the campaigns that changed.
 */
export async function decideExperiments(
  ledger: Database,
  parts: ScopeParts,
  options: { readonly now?: Date; readonly due?: (execution: Undecided) => boolean } = {},
): Promise<readonly string[]> {
  const found = (await findUndecided(ledger, options.now)).filter(options.due ?? (() => true));
  if (found.length === 0) return [];
  const figures = await ledger.transaction((tx) => readFigures(tx, found));
  const changed: string[] = [];
  const failures: unknown[] = [];
  for (const execution of found) {
    const step = stepFor(execution, figures.get(execution.execNo));
    if (!step) continue;
    // One that fails must not keep all others waiting: it is tried again in the next round.
    await take(parts, execution, step).then(
      (taken) => taken && changed.push(execution.campaignId),
      (error: unknown) => failures.push(error),
    );
    crashPoint('decide:after-commit');
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} experiments could not be decided`);
  return changed;
}

function stepFor({ experiment, ended, epoch, batch }: Undecided, figures: Figures | undefined): Step | undefined {
  if (!figures) return undefined;
  const { arms, split } = figures;
  if (experiment.mode === 'BANDIT')
    return batch > epoch
      ? { kind: 'epoch', epoch: batch, weights: thompsonWeights(arms, experiment.floorHundredths) }
      : undefined;
  if (experiment.automaticWinner) {
    const verdict = judgeWinner(arms, experiment, split);
    if (verdict.winner !== null)
      return { kind: 'winner', no: verdict.winner, reason: 'SIGNIFICANT', logP: verdict.logP };
  }
  if (!ended) return undefined;
  if (split?.mismatch) return { kind: 'split', reason: 'SAMPLE_RATIO_MISMATCH' };
  const best = bestSoFar(arms, experiment.metric);
  return experiment.ifUndecided === 'SPLIT' || best === undefined
    ? { kind: 'split', reason: 'SPLIT' }
    : { kind: 'winner', no: best, reason: 'BEST_SO_FAR', logP: null };
}

async function take(parts: ScopeParts, execution: Undecided, step: Step): Promise<boolean> {
  const { organizationId, orgNo: organizationNo } = execution;
  const scope = createScope(parts, { organizationId, organizationNo, userId: NOBODY, role: 'service' });
  return scope.write(async (em) => {
    const campaign = await lockCampaign(em, scope, execution.campaignId);
    const locked = await lockUndecided(em, execution);
    // Decided, paused, cancelled or given another epoch since we looked.
    if (!locked) return false;
    if (step.kind === 'epoch') await writeEpoch(em, { ...locked, epoch: step.epoch, weights: step.weights });
    else if (step.kind === 'split') await divide(em, locked, step.reason, scope.now());
    else {
      const before = stateOf(campaign);
      em.persist(await recordWinner(em, campaign, { ...winnerOf(locked, execution, step, scope), execution: locked }));
      await em.flush();
      await auditCampaign(em, scope, campaign, { action: 'declareWinner', before });
    }
    crashPoint('decide:before-commit');
    return true;
  });
}

function divide(em: EntityManager, locked: LastExecution, reason: 'SPLIT' | 'SAMPLE_RATIO_MISMATCH', at: Date) {
  const decision = decisionOf({ reason, variantId: null, variantNo: null, metric: null, logP: null }, at);
  return applyDecision(em, locked, { decision, weights: firstWeights(locked.plan.variants), at });
}

function winnerOf(locked: LastExecution, { experiment }: Undecided, step: Step & { kind: 'winner' }, { now }: Scope) {
  const at = now();
  const variantId = locked.plan.variants.find(({ no }) => no === step.no)?.id ?? null;
  const { reason, logP, no: variantNo } = step;
  const decision = decisionOf({ reason, variantId, variantNo, metric: experiment.metric, logP }, at);
  return { decision, weights: onlyArm(step.no), at };
}

const decisionOf = (made: Omit<Decision, 'decidedBy' | 'decidedAt'>, at: Date): Decision => ({
  ...made,
  decidedBy: NOBODY,
  decidedAt: at.toISOString(),
});

async function lockUndecided(
  em: EntityManager,
  { execNo, orgNo, epoch }: Undecided,
): Promise<LastExecution | undefined> {
  const rows = await em.execute<(Omit<LastExecution, 'execNo'> & { execNo: string })[]>(LOCK, [execNo, orgNo, epoch]);
  const [row] = rows;
  return row && { ...row, execNo: Number(row.execNo) };
}

const LOCK = `select exec_no as "execNo", id, epoch, plan, status = 'running' as "isOpen" from campaign.execution
where exec_no = ? and org_no = ? and epoch = ? and decision is null and status in ('running', 'completed')
for no key update`;
