import type { FrozenPlan } from '../execution/frozen-plan';
import { spreadOverMinutes } from '../organization/shared-rate';
import type { Throttle } from './campaign-fields';

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
