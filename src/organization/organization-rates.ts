import type { Database } from '../adapters/postgres';
import { type OrganizationSettings, readSettings } from './organization-settings';

/** Settings are read again after this: a changed limit holds from then on. */
const FRESH_MS = 1_000;
const MINUTES_OF_AN_HOUR = 60;

interface Known {
  readonly perMinute: number | undefined;
  readonly readAt: number;
}

/**
 * The messages a minute that all campaigns of an organization share; undefined: no limit. A limit of the hour is spread
 * evenly over its minutes; of less than one a minute it stays a fraction, for rounded up it would be broken.
 */
export function sharedRate({ limits }: OrganizationSettings): number | undefined {
  if (!limits.enabled) return undefined;
  const perHour = Math.min(limits.messagesPerHour, limits.emailsPerHour);
  return perHour < MINUTES_OF_AN_HOUR ? perHour / MINUTES_OF_AN_HOUR : Math.floor(perHour / MINUTES_OF_AN_HOUR);
}

/** Limits of organizations as they are now, a second old at most. */
export class OrganizationRates {
  #known = new Map<number, Known>();

  /** Messages a minute of each; those without a limit are missing. */
  async of(database: Database, orgNos: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const since = performance.now() - FRESH_MS;
    const asked = orgNos.filter((orgNo) => (this.#known.get(orgNo)?.readAt ?? -1) < since);
    if (asked.length > 0) await this.#read(database, asked, since);
    return new Map(
      orgNos.flatMap((orgNo) => {
        const perMinute = this.#known.get(orgNo)?.perMinute;
        return perMinute === undefined ? [] : [[orgNo, perMinute] as const];
      }),
    );
  }

  // What nobody asked for within the second is forgotten with it: memory does not grow with organizations.
  async #read(database: Database, asked: readonly number[], since: number): Promise<void> {
    const readAt = performance.now();
    const rows = await database.query<{ org_no: number; settings: object }>(
      'select org_no, settings from campaign.organization where org_no = any($1::int[])',
      [asked],
      'organization-settings',
    );
    this.#known = new Map([...this.#known].filter(([, known]) => known.readAt >= since));
    for (const row of rows) this.#known.set(row.org_no, { perMinute: sharedRate(readSettings(row.settings)), readAt });
  }
}
