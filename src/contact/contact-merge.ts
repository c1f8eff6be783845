import type { Database, Transaction } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import type { ContactLoad } from './contact-staging';
import { GROUPS, upsertSql } from './contact-upsert-sql';
import { inOrganization } from './in-organization';

/** For whom, when, and what a new contact has where its line says nothing. */
export interface MergeContext {
  readonly orgNo: number;
  readonly at: Date;
  readonly emailOptedIn: boolean;
  readonly batch: number;
}

export interface MergeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/**
 * Merges the staged rows into the directory, a batch a transaction. A crash between two leaves the first ones merged;
 * the import is repeated, and finds them unchanged.
 */
export async function* mergeContacts(
  database: Database,
  context: MergeContext,
  load: ContactLoad,
): AsyncGenerator<MergeCounts> {
  await checkComplete(database, load);
  let after = 0;
  for (;;) {
    const upTo = await lastLine(database, context, load, after);
    if (upTo === null) return;
    const range = [load.loadNo, after, upTo];
    yield await inOrganization(database, context.orgNo, (transaction) => mergeBatch(transaction, context, range));
    crashPoint('import-merge:after-commit');
    after = upTo;
  }
}

// The rows are logged and counted: a database that lost some must not make an import end short unnoticed.
const checkComplete = async (database: Database, { loadNo, rows }: ContactLoad): Promise<void> => {
  const [found] = await database.query<{ rows: number }>(
    'select count(*)::int as rows from staging.contact_row where load_no = $1',
    [loadNo],
  );
  if (found?.rows !== rows) throw new Error(`load ${loadNo} holds ${found?.rows} rows instead of ${rows}`);
};

const lastLine = async (
  database: Database,
  context: MergeContext,
  load: ContactLoad,
  after: number,
): Promise<number | null> => {
  const [found] = await database.query<{ line: number | null }>(
    `select max(line) as line from (
       select line from staging.contact_row where load_no = $1 and line > $2 order by line limit $3) next`,
    [load.loadNo, after, context.batch],
  );
  return found?.line ?? null;
};

const mergeBatch = async (tx: Transaction, context: MergeContext, range: readonly number[]): Promise<MergeCounts> => {
  const groups = await tx.query<{ said: boolean[]; rows: number }>(GROUPS, range);
  const total = { created: 0, updated: 0, unchanged: 0 };
  for (const { said, rows } of groups) {
    const values = [...range, context.orgNo, context.at, context.emailOptedIn];
    const written = await tx.query<{ created: boolean }>(upsertSql(said), values);
    const created = written.filter((row) => row.created).length;
    total.created += created;
    total.updated += written.length - created;
    total.unchanged += rows - written.length;
  }
  crashPoint('import-merge:before-commit');
  return total;
};
