import { createHash } from 'node:crypto';

/** An entry as it lies in its chain. */
export interface ChainedEntry {
  readonly org_no: number;
  readonly seq: number;
  /** Microseconds since 1970, as text: a Date keeps milliseconds only. */
  readonly micros: string;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly request_id: string;
  /** The very text that was written. */
  readonly changes: string;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

/** What the first entry of a chain follows. */
export const GENESIS = Buffer.alloc(32);

/** The twin of campaign.audit_hash in migrations/0006-audit.ts: what the entry's hash must be. */
export function entryHash(entry: ChainedEntry): Buffer {
  const { seq, org_no, micros, actor, role, action, object_type, object_id, request_id, changes } = entry;
  const details = createHash('sha256').update(changes).digest('hex');
  const parts = [seq, org_no, micros, actor, role, action, object_type, object_id, request_id, details];
  const text = parts.map((part) => netstring(String(part))).join('');
  return createHash('sha256').update(entry.previous_hash).update(text).digest();
}

const netstring = (part: string): string => `${Buffer.byteLength(part)}:${part},`;
