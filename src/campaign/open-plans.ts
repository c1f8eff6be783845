import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import type { Campaign } from './campaign';
import type { OpenExecution } from './campaign-loading';
import { expectSendTime, freezeWindows } from './hours-freezing';
import { strictestThrottle } from './throttle-freezing';

const isWindow = (field: string): boolean => field === 'sendWindows' || field === 'excludeWeekends';

/**
 * Throttle and send windows are the parts of a plan that an edit reaches: they decide when, never who or what. Its
 * executions are paused. What waits for a window is looked at anew by the resume and the guard: it may go earlier now, or
 * later, and its expiry moves with its due time. A sender that has read the plan of before is told nothing: the guard
 * takes no chunk by it.
 */
export async function editOpenPlans(
  em: EntityManager,
  scope: Scope,
  campaign: Campaign,
  { open, changed }: { readonly open: readonly OpenExecution[]; readonly changed: readonly string[] },
): Promise<void> {
  if (open.length === 0) return;
  if (changed.includes('throttle')) await editEach(em, open, 'throttle', strictestThrottle(campaign.throttle));
  if (!changed.some(isWindow)) return;
  const settings = (await findOrganization(em, scope)).effectiveSettings();
  const { windows } = freezeWindows(campaign, settings);
  for (const plan of await editEach(em, open, 'windows', windows)) expectSendTime(plan, plan.channels);
  for (const { exec_no } of open) await em.execute(letGo, [exec_no]);
}

async function editEach<Part extends 'throttle' | 'windows'>(
  em: EntityManager,
  open: readonly OpenExecution[],
  part: Part,
  value: FrozenPlan[Part],
): Promise<readonly FrozenPlan[]> {
  const plans: FrozenPlan[] = [];
  for (const { exec_no } of open) {
    const given = JSON.stringify(value === undefined ? {} : { [part]: value });
    const [row] = await em.execute<{ plan: FrozenPlan }[]>(setPart, [part, given, exec_no]);
    if (row) plans.push(row.plan);
  }
  return plans;
}

// An absent part is not the same as an empty one: plans that say nothing of it are as they always were.
const setPart = `update campaign.execution set plan = (plan - ?::text) || ?::jsonb, plan_edits = plan_edits + 1
where exec_no = ? returning plan`;

const letGo = `update campaign.chunk set due_at = ready_at, expires_at = expires_at - (due_at - ready_at)
where exec_no = ? and state = 0 and due_at > ready_at`;
