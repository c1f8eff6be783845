import { openBus } from '../adapters/nats';
import { openDatabase } from '../adapters/postgres';
import { readConfig } from '../config';
import { runningDatabaseUrl } from '../local/running-database';
import { runningNatsUrl } from '../local/running-nats';
import { createLog } from '../log';
import { systemClock } from '../shared/clock';
import { Stack } from '../shared/lifecycle';
import { runDeadLetters } from './dead-letters-run';

/** For operators: the servers of the settings, or those that `npm start` keeps running. */
async function main(): Promise<void> {
  const local = process.env.LOCAL_DIR || '.local';
  const config = readConfig({
    ...process.env,
    DATABASE_URL: process.env.DATABASE_URL || runningDatabaseUrl(local),
    NATS_URL: process.env.NATS_URL || runningNatsUrl(local),
  });
  const stack = new Stack();
  try {
    const name = 'campaign dead-letters';
    const database = openDatabase({
      url: config.databaseDispatcherUrl,
      role: 'campaign_dispatcher',
      poolSize: 1,
      applicationName: name,
    });
    stack.add(() => database.close());
    const bus = await openBus({ url: config.natsUrl, name, log: createLog(config, 'dead-letters') });
    stack.add(() => bus.close());
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    await runDeadLetters(process.argv.slice(2), { database, bus, clock: systemClock, print });
  } finally {
    await stack.stop();
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
