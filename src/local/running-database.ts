import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataRoot } from './data-folder';

/** The database that another process of ours started on the folder and keeps running; nothing when there is none. */
export function runningDatabaseUrl(dir: string): string | undefined {
  const root = dataRoot(dir);
  try {
    // PostgreSQL keeps its port on the fourth line of its lock file, which is there exactly while it runs.
    const port = readFileSync(join(root, 'postgres', 'postmaster.pid'), 'utf8')
      .split('\n')[3]
      ?.trim();
    const password = readFileSync(join(root, 'postgres.password'), 'utf8');
    return port && `postgres://campaign:${password}@127.0.0.1:${port}/campaign`;
  } catch {
    return undefined;
  }
}
