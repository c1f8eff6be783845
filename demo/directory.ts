import { openDatabase } from '../src/adapters/postgres';
import { importContacts } from '../src/contact/contact-import';
import type { ContactInput } from '../src/contact/contact-input';
import type { ImportReport } from '../src/contact/import-report';
import { systemClock } from '../src/shared/clock';
import { showProgress } from './progress-lines';

/** The directory to fill, and with whom. */
export interface DirectoryFill {
  readonly databaseUrl: string;
  readonly organizationId: string;
  readonly contacts: AsyncIterable<ContactInput>;
}

/** Imports the customers as an operator would, by the streaming importer; a second time it changes nothing. */
export async function fillDirectory({ databaseUrl, organizationId, contacts }: DirectoryFill): Promise<ImportReport> {
  const database = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'campaign demo import' });
  const progress = showProgress('contacts');
  try {
    const sql = 'select campaign.ensure_organization($1) as no';
    const [organization] = await database.query<{ no: number }>(sql, [organizationId]);
    const target = { database, orgNo: organization?.no ?? 0, now: systemClock };
    return await importContacts(target, contacts, { onProgress: progress.update });
  } finally {
    progress.end();
    await database.close();
  }
}
