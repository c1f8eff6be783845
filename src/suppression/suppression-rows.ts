import type { Transaction } from '../adapters/postgres';
import { differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { asDatabase } from '../contact/contact-service';
import { inOrganization } from '../contact/in-organization';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { statementsOf } from '../statements';
import { importSuppressions, type SuppressionLine, type SuppressionReport } from './suppression-import';
import type { GivenReason } from './suppression-reasons';
import type { SuppressionInput } from './suppression-target';

const mostRows = 1_000;

/** Suppressions as a caller gives them. */
export interface SuppressionBatch {
  readonly rows: readonly SuppressionInput[];
  /** Of rows that give none. */
  readonly reason: GivenReason;
}

/**
 * Takes over rows for the viewer's organization; a bad row is in the report and never stops the rest. They are few, so all
 * of it is one transaction, with the key that makes it happen once and the entry in the audit log, which names nobody.
 */
export async function importSuppressionRows(
  scope: Scope,
  batch: SuppressionBatch,
  key?: string,
): Promise<SuppressionReport> {
  if (batch.rows.length > mostRows)
    throw new DomainError(
      'AUDIENCE_INVALID_IMPORT',
      `at most ${mostRows} rows at once, not ${batch.rows.length}`,
      'rows',
    );
  const request = { operation: 'importSuppressions', key, body: batch };
  return inOrganization(scope.database, scope.viewer.organizationNo, (tx) =>
    once(statementsOf(tx), scope, request, () => importWithin(tx, scope, batch)),
  );
}

async function importWithin(
  tx: Transaction,
  scope: Scope,
  { rows, reason }: SuppressionBatch,
): Promise<SuppressionReport> {
  const { organizationNo: orgNo, organizationId: objectId } = scope.viewer;
  const target = { database: asDatabase(tx), orgNo, now: scope.now };
  const report = await importSuppressions(target, numbered(rows), { reason, rejections: mostRows });
  const { rejections: _, ...counts } = report;
  const changes = differences(nothing, stateOf({ ...counts }));
  await recordAudit(statementsOf(tx), scope, {
    action: 'importSuppressions',
    objectType: 'Organization',
    objectId,
    changes,
  });
  return report;
}

async function* numbered(rows: readonly SuppressionInput[]): AsyncGenerator<SuppressionLine> {
  for (const [index, input] of rows.entries()) yield { line: index + 1, input };
}
