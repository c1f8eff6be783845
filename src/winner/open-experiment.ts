import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { firstWeights, releaseOf } from '../experiment/release';

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
