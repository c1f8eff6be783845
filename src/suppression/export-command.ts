import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { failCommand, inCommandPlace } from '../local/command-database';
import { exportSuppressions } from './suppression-export';

const usage = `usage: npm run suppressions:export -- --org ORG > FILE
Writes the organization's suppressions of people as CSV: user_id, channel (empty: all), reason, since.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { org: { type: 'string' } } });
  if (!values.org) throw new Error(usage);
  await inCommandPlace('suppressions:export', values.org, ({ database, orgNo }) =>
    pipeline(Readable.from(exportSuppressions(database, orgNo)), process.stdout, { end: false }),
  );
}

main().catch(failCommand);
