import { type Pacing, pacing } from '../delivery/throttle';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { OrganizationSettings } from '../organization/organization-settings';
import { sharedRate } from '../organization/shared-rate';

/** A limit that holds the sending back. */
export interface PaceLimit {
  readonly scope: 'CAMPAIGN' | 'ORGANIZATION';
  /** Messages a minute, as they are dealt out: a little less than the limit, so that no hour is ever over it. */
  readonly perMinute: number;
}

/** The limits of a launch, the strictest first. */
export function paceLimits(plan: FrozenPlan, settings: OrganizationSettings): readonly PaceLimit[] {
  const shared = sharedRate(settings);
  const [only, ...others] = plan.channels;
  const ofChannel = only && others.length === 0 ? shared?.channels[only] : undefined;
  const limits = [
    { scope: 'CAMPAIGN', rate: plan.throttle?.perMinute },
    { scope: 'ORGANIZATION', rate: ofChannel ?? shared?.all },
  ] as const;
  return limits
    .flatMap(({ scope, rate }) => (rate === undefined ? [] : [{ scope, perMinute: dealtOut(pacing(rate)) }]))
    .sort((one, other) => one.perMinute - other.perMinute);
}

const dealtOut = ({ size, everyMs }: Pacing): number => (size * 60_000) / everyMs;
