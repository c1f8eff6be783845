import type { Transaction } from '../adapters/postgres';
import type { AuditChange } from './audit-changes';

/** An entry as administrators read it. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly changes: readonly AuditChange[];
  readonly requestId: string | null;
  readonly hash: string;
  readonly previousHash: string;
}

/** Which entries; what is missing does not matter. */
export interface AuditFilter {
  readonly actor?: string | null;
  readonly action?: string | null;
  readonly objectId?: string | null;
  readonly since?: Date | null;
  readonly until?: Date | null;
}

/** The newest entries of the transaction's organization below `before`; one row more than asked tells of a next page. */
export function listAuditEntries(
  transaction: Transaction,
  filter: AuditFilter,
  { first, before }: { first: number; before: number | undefined },
): Promise<AuditEntry[]> {
  const { actor, action, objectId, since, until } = filter;
  const values = [actor ?? null, action ?? null, objectId ?? null, since ?? null, until ?? null];
  return transaction.query<AuditEntry>(list, [...values, before ?? null, first + 1]);
}

const list = `select seq, at, actor, role, action, object_type as "objectType", object_id as "objectId",
  changes::jsonb as changes, nullif(request_id, '') as "requestId", encode(hash, 'hex') as hash,
  encode(previous_hash, 'hex') as "previousHash"
from campaign.audit_entry
where org_no = campaign.current_org()
  and ($1::text is null or actor = $1) and ($2::text is null or action = $2) and ($3::text is null or object_id = $3)
  and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
  and seq < coalesce($6::int8, 2147483648)
order by seq desc limit $7`;
