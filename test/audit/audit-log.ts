import type { Database } from '../../src/adapters/postgres';
import { type AuditRecord, recordAudit } from '../../src/audit/audit-writer';
import { createScope, type Scope, type ScopeParts } from '../../src/scope';
import { statementsOf } from '../../src/statements';

/** An organization whose log a test writes to. */
export interface LoggedOrganization {
  readonly org_no: number;
  readonly id: string;
}

export async function makeOrganization(database: Database, id: string): Promise<LoggedOrganization> {
  const [row] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [id]);
  return { org_no: row?.no ?? 0, id };
}

const record: AuditRecord = {
  action: 'updateCampaign',
  objectType: 'Campaign',
  objectId: 'cmp_1',
  changes: [{ field: 'status', before: 'draft', after: 'running' }],
};

/** Adds one entry as the application does, in a transaction of its own. */
export function append(
  app: Database,
  organization: LoggedOrganization,
  over: Partial<AuditRecord> = {},
): Promise<void> {
  return app.transaction(async (tx) => {
    await tx.query(`select set_config('app.org', $1, true)`, [String(organization.org_no)]);
    await recordAudit(statementsOf(tx), scopeOf(organization), { ...record, ...over });
  });
}

const scopeOf = ({ org_no, id }: LoggedOrganization): Scope =>
  createScope(
    {} as ScopeParts,
    { organizationId: id, organizationNo: org_no, userId: 'usr_ada', role: 'admin' },
    { id: 'request-1' },
  );
