import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM } from '@mikro-orm/postgresql';
import { migrations } from '../migrations';
import { openDatabase } from './adapters/postgres';
import { readConfig } from './config';

/** Any number that nobody else takes: processes that migrate the same database wait for each other on it. */
const migrationLock = 8_240_001;

/** How MikroORM runs our migrations: listed, without entities and without looking for files. */
export function migrationOptions(url: string) {
  return defineConfig({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, silent: true },
  });
}

/** Brings the schema up to date; safe to run twice, and by several processes at once. Returns what it applied. */
export async function migrate(url: string): Promise<string[]> {
  const database = openDatabase({ url, poolSize: 1, applicationName: 'campaign migrate' });
  try {
    return await database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [migrationLock]);
      return applyPending(url);
    });
  } finally {
    await database.close();
  }
}

async function applyPending(url: string): Promise<string[]> {
  const orm = await MikroORM.init(migrationOptions(url));
  try {
    return (await orm.migrator.up()).map(({ name }) => name);
  } finally {
    await orm.close();
  }
}

async function main(): Promise<void> {
  const variables = { NATS_URL: 'nats://not-used', ...process.env };
  const applied = await migrate(readConfig(variables).databaseUrl);
  process.stdout.write(applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'nothing to apply\n');
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  });
