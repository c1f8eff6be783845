import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { spreadOverMinutes } from '../organization/shared-rate';
import type { Campaign } from './campaign';
import type { Throttle } from './campaign-fields';
import type { OpenExecution } from './campaign-loading';

const MINUTES = { hour: 60, day: 1_440 } as const;

/** The strictest of a campaign's own rules, spread evenly over minutes. Its organization's limit is shared, not frozen. */
export function strictestThrottle(own: Throttle | null): FrozenPlan['throttle'] {
  const rates = [
    own?.perMinute,
    own?.perHour && spreadOverMinutes(own.perHour, MINUTES.hour),
    own?.perDay && spreadOverMinutes(own.perDay, MINUTES.day),
  ];
  const given = rates.filter((rate) => rate !== undefined);
  return given.length === 0 ? null : { perMinute: Math.min(...given) };
}

/** The throttle is the one part of a plan that an edit reaches: it decides when, never who or what. */
export async function rethrottle(em: EntityManager, campaign: Campaign, open: readonly OpenExecution[]): Promise<void> {
  const throttle = JSON.stringify(strictestThrottle(campaign.throttle));
  for (const execution of open) await em.execute(setThrottle, [throttle, execution.exec_no]);
}

const setThrottle = `update campaign.execution set plan = jsonb_set(plan, '{throttle}', ?::jsonb) where exec_no = ?`;
