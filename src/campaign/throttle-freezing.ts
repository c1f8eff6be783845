import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { Organization } from '../organization/organization';
import type { OrganizationSettings } from '../organization/organization-settings';
import type { Campaign } from './campaign';
import type { Throttle } from './campaign-fields';
import type { OpenExecution } from './campaign-loading';

/** The strictest of a campaign's rules and, unless switched off, its organization's; spread evenly over minutes. */
export function strictestThrottle(own: Throttle | null, { limits }: OrganizationSettings): FrozenPlan['throttle'] {
  const rates = [own?.perMinute, perMinute(own?.perHour, 60), perMinute(own?.perDay, 1_440)];
  if (limits.enabled) rates.push(perMinute(limits.messagesPerHour, 60), perMinute(limits.emailsPerHour, 60));
  const given = rates.filter((rate) => rate !== undefined);
  return given.length === 0 ? null : { perMinute: Math.min(...given) };
}

/** The throttle is the one part of a plan that an edit reaches: it decides when, never who or what. */
export async function rethrottle(em: EntityManager, campaign: Campaign, open: readonly OpenExecution[]): Promise<void> {
  const organization = await em.findOneOrFail(Organization, { organizationNo: campaign.organizationNo });
  const throttle = JSON.stringify(strictestThrottle(campaign.throttle, organization.effectiveSettings()));
  for (const execution of open) await em.execute(setThrottle, [throttle, execution.exec_no]);
}

const setThrottle = `update campaign.execution set plan = jsonb_set(plan, '{throttle}', ?::jsonb) where exec_no = ?`;

// Less than one a minute stays a fraction: rounded up it would break a limit of the hour or the day.
const perMinute = (rate: number | undefined, minutes: number): number | undefined =>
  rate === undefined ? undefined : rate < minutes ? rate / minutes : Math.floor(rate / minutes);
