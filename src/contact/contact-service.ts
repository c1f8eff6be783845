import type { Database } from '../adapters/postgres';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { importContacts } from './contact-import';
import type { ContactInput } from './contact-input';
import type { ImportReport } from './import-report';

const mostRows = 1_000;

/** Whose directory, and the database itself: an import is many transactions, each of one batch. */
export type ImportScope = Pick<Scope, 'viewer' | 'now'> & { readonly database: Database };

/** Imports rows into the viewer's directory; a bad row is in the report and never stops the rest. */
export async function importRows(
  { database, viewer, now }: ImportScope,
  contacts: readonly ContactInput[],
  emailOptedIn: boolean,
): Promise<ImportReport> {
  if (contacts.length > mostRows) {
    const message = `at most ${mostRows} contacts at once, not ${contacts.length}`;
    throw new DomainError('AUDIENCE_INVALID_IMPORT', message, 'contacts');
  }
  const target = { database, orgNo: viewer.organizationNo, now };
  return importContacts(target, contacts, { emailOptedIn, rejections: mostRows });
}
