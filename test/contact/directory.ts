import type { Database } from '../../src/adapters/postgres';
import { createTestDatabase } from '../support/database';

/** The directory of one organization in a database of its own. */
export interface Directory {
  readonly database: Database;
  readonly orgNo: number;
  close(): Promise<void>;
}

export const openDirectory = async (): Promise<Directory> => {
  const { dispatcher, close } = await createTestDatabase();
  return { database: dispatcher, orgNo: await ensureOrganization(dispatcher, 'acme'), close };
};

export const ensureOrganization = async (database: Database, id: string): Promise<number> => {
  const [row] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [id]);
  if (!row) throw new Error('no organization');
  return row.no;
};
