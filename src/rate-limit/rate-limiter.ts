import { networkOf } from './address-network';
import { type Allowance, type Buckets, createLocalBuckets, type Spend } from './bucket';

/** Whom a limit is for: one user of one organization at one address. */
export interface Caller {
  readonly organizationId: string;
  readonly userId: string;
  readonly address: string;
}

/** What one operation costs of each allowance. */
export interface Charge {
  readonly allowance: Allowance;
  readonly points: number;
}

/** 0 when the operation may run; else the milliseconds after which it is worth another try. Never throws. */
export type RateLimiter = (caller: Caller, charges: readonly Charge[]) => Promise<number>;

/** So long the shared buckets are left alone after they could not tell. */
const PAUSE_MS = 2_000;

/**
 * Counts in the shared buckets; while they are away, in this process. Losing them therefore fills buckets at worst,
 * and never refuses anybody.
 */
export function createRateLimiter(shared: Buckets | undefined, now: () => number = Date.now): RateLimiter {
  const local = createLocalBuckets(now);
  let awayUntil = 0;
  const take = async (spends: readonly Spend[]): Promise<number> => {
    if (shared === undefined || now() < awayUntil) return local.take(spends);
    try {
      return await shared.take(spends);
    } catch {
      awayUntil = now() + PAUSE_MS;
      return local.take(spends);
    }
  };
  return async (caller, charges) => (charges.length === 0 ? 0 : take(charges.map((charge) => spendOf(caller, charge))));
}

// The parts are the caller's to choose: encoded, none of them can name somebody else's bucket.
function spendOf({ organizationId, userId, address }: Caller, { allowance, points }: Charge): Spend {
  const whose = [organizationId, userId, networkOf(address)].map(encodeURIComponent).join(':');
  return { key: `{${whose}}:rate:${allowance.name}`, points, perHour: allowance.perHour };
}
