import { type Database, openDatabase } from '../adapters/postgres';
import { armCrashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import { runningDatabaseUrl } from './running-database';

/** What a command works on: the database of DATABASE_URL, or of a running `npm start` or demo; an organization of it. */
export interface CommandPlace {
  readonly database: Database;
  readonly orgNo: number;
}

/** Opens the database for one command and closes it after; a new organization is made. */
export async function inCommandPlace(
  command: string,
  organization: string,
  work: (place: CommandPlace) => Promise<void>,
): Promise<void> {
  if (process.env.NODE_ENV !== 'production') armCrashPoint(process.env.CRASH_AT);
  const url = process.env.DATABASE_URL || runningDatabaseUrl(process.env.LOCAL_DIR || '.local');
  if (!url) throw new Error('there is no database: set DATABASE_URL, or leave npm start running');
  const database = openDatabase({ url, poolSize: 2, applicationName: `campaign ${command}` });
  try {
    const [row] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [organization]);
    await work({ database, orgNo: row?.no ?? 0 });
  } finally {
    await database.close();
  }
}

/** Says why a command failed, and has the process end with 1. */
export function failCommand(error: Error): void {
  process.stderr.write(`${error instanceof DomainError ? `${error.code}: ${error.message}` : error.message}\n`);
  process.exitCode = 1;
}
