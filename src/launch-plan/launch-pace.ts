import { type Pacing, pacing } from '../delivery/throttle';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { OrganizationSettings } from '../organization/organization-settings';
import { sharedRate } from '../organization/shared-rate';
import type { ChannelKind } from '../shared/ledger-codes';

/** A limit that holds the sending back. */
export interface PaceLimit {
  readonly scope: 'CAMPAIGN' | 'ORGANIZATION' | 'CHANNEL';
  /** Where it is one channel's. */
  readonly channel?: ChannelKind;
  /** Messages a minute, as they are dealt out: a little less than the limit, so that no hour is ever over it. */
  readonly perMinute: number;
}

/** The limits of a launch, the strictest first. */
export function paceLimits(plan: FrozenPlan, settings: OrganizationSettings): readonly PaceLimit[] {
  const shared = sharedRate(settings);
  const limits = [
    { scope: 'CAMPAIGN' as const, rate: plan.throttle?.perMinute },
    { scope: 'ORGANIZATION' as const, rate: shared?.all },
    ...plan.channels.map((channel) => ({ scope: 'CHANNEL' as const, channel, rate: shared?.channels[channel] })),
  ];
  return limits
    .flatMap(({ rate, ...limit }) => (rate === undefined ? [] : [{ ...limit, perMinute: dealtOut(pacing(rate)) }]))
    .sort((one, other) => one.perMinute - other.perMinute);
}

const dealtOut = ({ size, everyMs }: Pacing): number => (size * 60_000) / everyMs;
