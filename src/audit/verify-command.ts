import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../adapters/postgres';
import { runningDatabaseUrl } from '../local/running-database';
import { readAnchors } from './anchor-file';
import { auditedOrganizations, type VerifiedChain, verifyChain } from './chain-reader';

const usage = `usage: npm run audit:verify -- [--org ORG] [--anchors FILE]
  --org ORG       the log of one organization; of all of them when absent
  --anchors FILE  heads that were told outside the database: lines of the service's log, or campaign.audit.checkpoint
                  events as JSON lines. With them a log that was written anew as a whole is found as well
The database is DATABASE_URL, or the one that npm start or npm run demo keeps running. Ends with 1 on any break.`;

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { org: { type: 'string' }, anchors: { type: 'string' } } }).values;
  } catch {
    throw new Error(usage);
  }
}

async function main(): Promise<void> {
  const { org, anchors } = readArguments(process.argv.slice(2));
  const url = process.env.DATABASE_URL || runningDatabaseUrl(process.env.LOCAL_DIR || '.local');
  if (!url) throw new Error('there is no database: set DATABASE_URL, or leave npm start running');
  const told = readAnchors(anchors === undefined ? '' : readFileSync(anchors, 'utf8'));
  const database = openDatabase({ url, role: 'campaign_dispatcher', poolSize: 1, applicationName: 'campaign audit' });
  try {
    if (!(await verify(database, org, told))) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

/** True when every chain holds. */
async function verify(database: Database, org: string | undefined, told: ReturnType<typeof readAnchors>) {
  const organizations = await auditedOrganizations(database, org);
  if (organizations.length === 0)
    throw new Error(org === undefined ? 'nothing was logged yet' : `no organization ${org}`);
  let holds = true;
  for (const organization of organizations) {
    const chain = await verifyChain(database, organization, told.get(organization.id));
    process.stdout.write(`${linesOf(chain).join('\n')}\n`);
    holds &&= chain.breaks.length === 0;
  }
  return holds;
}

function linesOf({ organizationId, entries, breaks }: VerifiedChain): string[] {
  const verdict = breaks.length === 0 ? 'the chain holds' : `BROKEN at ${breaks.length} places`;
  const places = breaks.map(({ from, to, fault }) => `  ${from === to ? from : `${from} to ${to}`}: ${fault}`);
  return [`${organizationId}: ${entries} entries, ${verdict}`, ...places];
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
