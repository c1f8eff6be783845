import type { Database } from '../adapters/postgres';
import { type Anchor, type ChainBreak, ChainVerification } from './chain-verification';
import type { ChainedEntry } from './entry-hash';

/** What came of verifying one organization's log. */
export interface VerifiedChain {
  readonly organizationId: string;
  readonly entries: number;
  readonly breaks: readonly ChainBreak[];
}

/** An organization by both its names. */
export interface AuditedOrganization {
  readonly org_no: number;
  readonly id: string;
}

/** Organizations whose log is to be verified: one, or all of them. */
export const auditedOrganizations = (database: Database, id?: string): Promise<AuditedOrganization[]> =>
  database.query('select org_no, id from campaign.organization where $1::text is null or id = $1 order by org_no', [
    id ?? null,
  ]);

/**
 * Verifies one organization's log against its head and what others anchored. One snapshot for all, so entries that are
 * added meanwhile are beyond both; a page at a time, so a log of any length fits.
 */
export function verifyChain(
  database: Database,
  { org_no, id }: AuditedOrganization,
  anchors: readonly Anchor[] = [],
): Promise<VerifiedChain> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const chain = new ChainVerification(anchors);
    let after = lowest;
    let count = 0;
    for (;;) {
      const entries = await tx.query<ChainedEntry>(nextEntries, [org_no, after, page]);
      for (const entry of entries) chain.take(entry);
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.seq;
      count += entries.length;
    }
    const [head] = await tx.query<Anchor>(headOf, [org_no]);
    return { organizationId: id, entries: count, breaks: chain.end(head) };
  });
}

const page = 5_000;
// Not 1: an entry that somebody put before the first is found as well.
const lowest = -2_147_483_648;
const nextEntries = `select org_no, seq, (extract(epoch from at) * 1000000)::bigint::text as micros, actor, role, action,
  object_type, object_id, request_id, changes, previous_hash, hash
from campaign.audit_entry where org_no = $1 and seq > $2 order by seq limit $3`;
const headOf = `select seq, encode(hash, 'hex') as hash from campaign.audit_head where org_no = $1`;
