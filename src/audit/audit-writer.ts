import type { Scope } from '../scope';
import { canonicalJson } from '../shared/canonical-json';
import type { Statements } from '../statements';
import type { AuditChange } from './audit-changes';

/** What a command did to one object. */
export interface AuditRecord {
  /** The command, named as its mutation. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly changes: readonly AuditChange[];
}

/**
 * Adds an entry to the organization's log, in the transaction of the change that it tells of: both commit or neither.
 * It takes its place in the chain at the commit; only there do changes of one organization wait for each other.
 */
export async function recordAudit(statements: Statements, scope: Scope, record: AuditRecord): Promise<void> {
  const { organizationNo, userId, role } = scope.viewer;
  const { action, objectType, objectId, changes } = record;
  const who = [organizationNo, userId, role];
  await statements.execute(append, [...who, action, objectType, objectId, canonicalJson(changes), scope.request.id]);
}

// Number, time and hash are the database's to give (migrations/0006-audit.ts).
const append = `insert into campaign.audit_intake
  (org_no, actor, role, action, object_type, object_id, changes, request_id) values (?, ?, ?, ?, ?, ?, ?, ?)`;
