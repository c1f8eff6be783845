import { type OrganizationSettings, readSettings } from './organization-settings';

const MINUTES_OF_AN_HOUR = 60;
const KEPT = 1_000;

/** A limit spread evenly over minutes. Less than one a minute stays a fraction: rounded up it would be broken. */
export const spreadOverMinutes = (limit: number, minutes: number): number =>
  limit < minutes ? limit / minutes : Math.floor(limit / minutes);

/** The messages a minute that all campaigns of an organization share; undefined: no limit. */
export function sharedRate({ limits }: OrganizationSettings): number | undefined {
  if (!limits.enabled) return undefined;
  return spreadOverMinutes(Math.min(limits.messagesPerHour, limits.emailsPerHour), MINUTES_OF_AN_HOUR);
}

/** Rates by the settings' stored text: most organizations have the same ones, and reading them costs more than a lookup. */
export class SharedRates {
  readonly #known = new Map<string, number | undefined>();

  /** Messages a minute; undefined: no limit. */
  of(stored: string): number | undefined {
    if (this.#known.has(stored)) return this.#known.get(stored);
    if (this.#known.size >= KEPT) this.#known.clear();
    const rate = sharedRate(readSettings(JSON.parse(stored)));
    this.#known.set(stored, rate);
    return rate;
  }
}
