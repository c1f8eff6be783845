import { parseArgs } from 'node:util';
import { openSource } from '../contact/import-source';
import { failCommand, inCommandPlace } from '../local/command-database';
import { systemClock } from '../shared/clock';
import { suppressionLines } from './suppression-csv';
import { importSuppressions, type SuppressionReport } from './suppression-import';
import { suppressionReasons } from './suppression-reasons';

const usage = `usage: npm run suppressions:import -- FILE --org ORG [options]
  FILE             a CSV file with a header, or one compressed with gzip
  --reason REASON  of lines without one: ${suppressionReasons.join(', ')} (default do_not_send)
  --delimiter ;    what parts the columns (default a comma)
  --json           print the whole report as JSON
Columns: user_id, email, phone (at least one of them), channel, reason; others are not read. An address is suppressed for
whoever has it, now or later. The database is DATABASE_URL, or the one that npm start or npm run demo keeps running.`;

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      org: { type: 'string' },
      reason: { type: 'string', default: 'do_not_send' },
      delimiter: { type: 'string', default: ',' },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  const reason = suppressionReasons.find((one) => one === values.reason);
  if (!file || !values.org || !reason || more.length > 0) throw new Error(usage);
  return { ...values, file, reason, org: values.org };
}

async function main(): Promise<void> {
  const { file, org, reason, delimiter, json } = readArguments(process.argv.slice(2));
  await inCommandPlace('suppressions:import', org, async (place) => {
    const lines = suppressionLines(openSource(file), { delimiter });
    const report = await importSuppressions({ ...place, now: systemClock }, lines, { reason });
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : describe(report));
  });
}

function describe({ accepted, added, present, rejected, rejections }: SuppressionReport): string {
  const lines = rejections.map(({ line, reason }) => `line ${line}: ${reason}`);
  if (rejected > rejections.length) lines.push(`… and ${rejected - rejections.length} more`);
  return `${[...lines, `accepted ${accepted} (added ${added}, present ${present}), rejected ${rejected}`].join('\n')}\n`;
}

main().catch(failCommand);
