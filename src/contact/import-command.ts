import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { type CommandPlace, failCommand, inCommandPlace } from '../local/command-database';
import { systemClock } from '../shared/clock';
import { importCsv } from './contact-import';
import type { ImportReport } from './import-report';
import { openSource } from './import-source';

const usage = `usage: npm run contacts:import -- FILE --org ORG [options]
  FILE               a CSV file with a header, or one compressed with gzip
  --id-column NAME   the column that holds the contact's id (default external_id, user_id or id)
  --omit A,B         columns that are not imported
  --as-text A,B      columns whose values stay text, though they look like numbers
  --delimiter ;      what parts the columns (default a comma)
  --opted-in         new contacts consent to e-mail where no column says otherwise
  --json             print the whole report as JSON
Columns named as fields of the profile (email, first_name, last_name, phone, locale, time_zone, country, tags,
email_opted_in, sms_opted_in, whatsapp_verified, push_token, express_consent, do_not_sell) go there, all others become attributes. The database is DATABASE_URL, or the one that
npm start or npm run demo keeps running.`;

const readArguments = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      org: { type: 'string' },
      'id-column': { type: 'string' },
      omit: { type: 'string' },
      'as-text': { type: 'string' },
      delimiter: { type: 'string', default: ',' },
      'opted-in': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (!file || !values.org || more.length > 0) throw new Error(usage);
  return { ...values, file, org: values.org };
};

type Arguments = ReturnType<typeof readArguments>;

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  await inCommandPlace('contacts:import', given.org, async (place) => print(await run(place, given), given));
}

const run = async (place: CommandPlace, given: Arguments): Promise<ImportReport> => {
  const { onProgress, end } = progress();
  try {
    return await importCsv({ ...place, now: systemClock }, openSource(given.file), {
      idColumn: given['id-column'],
      omit: names(given.omit),
      asText: names(given['as-text']),
      emailOptedIn: given['opted-in'],
      csv: { delimiter: given.delimiter },
      onProgress,
    });
  } finally {
    end();
  }
};

const names = (list: string | undefined): string[] => (list ?? '').split(',').filter((name) => name !== '');

/** A bar on a terminal, a line for every tenth elsewhere; on stderr, so that the report can be piped. */
const progress = (): { onProgress: (merged: number, total: number) => void; end: () => void } => {
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: 'contacts {bar} {value}/{total}', stream: process.stderr })
    : undefined;
  let tenths = 0;
  const onProgress = (merged: number, total: number): void => {
    if (bar && tenths++ === 0) bar.start(total, 0);
    bar?.update(merged);
    if (bar || Math.floor((merged * 10) / total) <= tenths) return;
    tenths = Math.floor((merged * 10) / total);
    process.stderr.write(`contacts ${merged}/${total}\n`);
  };
  return { onProgress, end: () => bar?.stop() };
};

const print = (report: ImportReport, { json }: Arguments): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const { accepted, created, updated, unchanged, rejected, rejections } = report;
  const lines = rejections.map(({ line, reason }) => `line ${line}: ${reason}`);
  if (rejected > rejections.length) lines.push(`… and ${rejected - rejections.length} more`);
  lines.push(
    `accepted ${accepted} (created ${created}, updated ${updated}, unchanged ${unchanged}), rejected ${rejected}`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
};

main().catch(failCommand);
