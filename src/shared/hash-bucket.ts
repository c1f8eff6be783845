import { createHash } from 'node:crypto';

/** As many buckets as there are hundredths of a percent: allocations have two decimals. */
export const BUCKETS = 10_000;

/**
 * Where a person falls in the draw named by `salt`: 0..9999, the same for ever and on every machine.
 * The twin of campaign.hash_bucket in migrations/0021-hash-in-place.ts; test/rules/hash-vectors.json holds both.
 */
export const hashBucket = (salt: string, key: string): number =>
  createHash('sha256')
    .update(salt + key, 'utf8')
    .digest()
    .readUInt32BE(0) % BUCKETS;
