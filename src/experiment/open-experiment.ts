import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan, FrozenVariant } from '../execution/frozen-plan';
import { toWeights, type Weights } from './epoch';
import type { Experiment } from './experiment';

const MINUTE_MS = 60_000;

/** When the first of those who wait are due; nothing where nobody waits. */
export function releaseOf(experiment: Experiment | undefined, start: Date): Date | null {
  if (!experiment || experiment.mode === 'SPLIT') return null;
  const waits = experiment.mode === 'TEST_THEN_ROLLOUT' ? experiment.testMinutes : 0;
  return new Date(start.getTime() + waits * MINUTE_MS);
}

/** The arms that send, by their allocations alone. */
export const firstWeights = (variants: readonly FrozenVariant[]): Weights => {
  const sending = variants.filter(({ isControl }) => !isControl);
  const none = sending.every(({ allocation }) => allocation === 0);
  return toWeights(sending.map(({ no, allocation }) => ({ no, share: none ? 1 : allocation })));
};

/** An execution that is being written. */
export interface OpeningExecution {
  readonly execNo: number;
  readonly orgNo: number;
  readonly plan: FrozenPlan;
  readonly at: Date;
}

/** Says when those who wait are due; a bandit's first epoch is there from the start, for its first batch waits for nothing. */
export async function openExperiment(em: EntityManager, { execNo, orgNo, plan, at }: OpeningExecution): Promise<void> {
  const release = releaseOf(plan.experiment, at);
  if (release === null) return;
  await em.execute('update campaign.execution set release_at = ? where exec_no = ?', [release, execNo]);
  if (plan.experiment?.mode !== 'BANDIT') return;
  await em.execute(FIRST_EPOCH, [execNo, orgNo, JSON.stringify(firstWeights(plan.variants))]);
}

const FIRST_EPOCH = `with first as (
  insert into campaign.allocation_epoch (exec_no, epoch, org_no, weights) values (?, 1, ?, ?::jsonb) returning exec_no
)
update campaign.execution e set epoch = 1 from first where e.exec_no = first.exec_no`;
