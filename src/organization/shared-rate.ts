import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { type OrganizationSettings, readSettings } from './organization-settings';

const MINUTES_OF_AN_HOUR = 60;
const KEPT = 1_000;

/** A limit spread evenly over minutes. Less than one a minute stays a fraction: rounded up it would be broken. */
export const spreadOverMinutes = (limit: number, minutes: number): number =>
  limit < minutes ? limit / minutes : Math.floor(limit / minutes);

/** The messages a minute that all campaigns of an organization share. */
export interface SharedRate {
  /** On all channels together. */
  readonly all: number;
  /** On one of them, where that is less. */
  readonly channels: Readonly<Partial<Record<ChannelKind, number>>>;
}

/** What an organization's limits come to; undefined: no limit. */
export function sharedRate({ limits }: OrganizationSettings): SharedRate | undefined {
  if (!limits.enabled) return undefined;
  const perHour = { email: limits.emailsPerHour, sms: limits.smsPerHour };
  const stricter = Object.entries(perHour).filter(([, limit]) => limit < limits.messagesPerHour);
  return {
    all: spreadOverMinutes(limits.messagesPerHour, MINUTES_OF_AN_HOUR),
    channels: Object.fromEntries(stricter.map(([kind, limit]) => [kind, spreadOverMinutes(limit, MINUTES_OF_AN_HOUR)])),
  };
}

/** The limits of an organization that a message on the channel falls under, with their names in `limiter`. */
export function sharedLimits(
  orgNo: number,
  kind: ChannelKind,
  rate: SharedRate | undefined,
): readonly { readonly scope: string; readonly perMinute: number }[] {
  if (!rate) return [];
  const own = rate.channels[kind];
  const all = { scope: `organization:${orgNo}`, perMinute: rate.all };
  return own === undefined ? [all] : [all, { scope: `${all.scope}:${CHANNEL[kind]}`, perMinute: own }];
}

/** Rates by the settings' stored text: most organizations have the same ones, and reading them costs more than a lookup. */
export class SharedRates {
  readonly #known = new Map<string, SharedRate | undefined>();

  /** Undefined: no limit. */
  of(stored: string): SharedRate | undefined {
    if (this.#known.has(stored)) return this.#known.get(stored);
    if (this.#known.size >= KEPT) this.#known.clear();
    const rate = sharedRate(readSettings(JSON.parse(stored)));
    this.#known.set(stored, rate);
    return rate;
  }
}
