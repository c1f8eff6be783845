import type { Database, Transaction } from '../adapters/postgres';
import { differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { statementsOf } from '../statements';
import { importContacts } from './contact-import';
import type { ContactInput } from './contact-input';
import type { ImportReport } from './import-report';
import { inOrganization } from './in-organization';

const mostRows = 1_000;

/** Contacts as a caller gives them. */
export interface ContactBatch {
  readonly contacts: readonly ContactInput[];
  /** Consent to e-mail of new contacts whose row says nothing of it. */
  readonly emailOptedIn: boolean;
}

/**
 * Imports rows into the viewer's directory; a bad row is in the report and never stops the rest. They are few, so all of
 * it is one transaction, with the key that makes it happen once and the entry in the audit log.
 */
export async function importRows(scope: Scope, batch: ContactBatch, idempotencyKey?: string): Promise<ImportReport> {
  if (batch.contacts.length > mostRows) {
    const message = `at most ${mostRows} contacts at once, not ${batch.contacts.length}`;
    throw new DomainError('AUDIENCE_INVALID_IMPORT', message, 'contacts');
  }
  const request = { operation: 'importContacts', key: idempotencyKey, body: batch };
  return inOrganization(scope.database, scope.viewer.organizationNo, (transaction) =>
    once(statementsOf(transaction), scope, request, () => importWithin(transaction, scope, batch)),
  );
}

async function importWithin(transaction: Transaction, scope: Scope, batch: ContactBatch): Promise<ImportReport> {
  const { organizationNo: orgNo, organizationId: objectId } = scope.viewer;
  const target = { database: asDatabase(transaction), orgNo, now: scope.now };
  const { contacts, emailOptedIn } = batch;
  const report = await importContacts(target, contacts, { emailOptedIn, rejections: mostRows });
  const { rejections, ...counts } = report;
  const changes = differences(nothing, stateOf(counts));
  const record = { action: 'importContacts', objectType: 'Organization', objectId, changes };
  await recordAudit(statementsOf(transaction), scope, record);
  return report;
}

/** The steps of an import are transactions of their own; here they are all parts of one. */
export const asDatabase = (transaction: Transaction): Database => ({
  ...transaction,
  transaction: (work) => work(transaction),
  close: async () => undefined,
});
