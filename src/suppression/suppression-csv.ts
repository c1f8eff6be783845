import { type CsvOptions, readCsv } from '../contact/csv-records';
import { withoutGuard } from '../shared/csv-cell';
import { DomainError } from '../shared/errors';
import type { SuppressionLine } from './suppression-import';
import type { SuppressionInput } from './suppression-target';

/** Names of columns, without case, spaces and underscores, and what they hold. */
const COLUMNS: Readonly<Record<string, keyof SuppressionInput>> = {
  userid: 'userId',
  externalid: 'userId',
  id: 'userId',
  email: 'email',
  emailaddress: 'email',
  phone: 'phone',
  phonenumber: 'phone',
  channel: 'channel',
  reason: 'reason',
};

/** The lines of a CSV stream; columns of other names are not read. Faults of the header throw AUDIENCE_INVALID_IMPORT. */
export async function* suppressionLines(
  source: AsyncIterable<Uint8Array | string>,
  csv: Partial<CsvOptions> = {},
): AsyncGenerator<SuppressionLine> {
  const records = readCsv(source, csv);
  const header = (await records.next()).value;
  if (!header) throw invalid('the file is empty');
  if ('reason' in header) throw invalid(`the header is broken: ${header.reason}`);
  const columns = columnsOf(header.fields);
  for await (const record of records) {
    if ('reason' in record) yield record;
    else yield { line: record.line, input: inputOf(columns, record.fields) };
  }
}

function columnsOf(header: readonly string[]): readonly (keyof SuppressionInput | undefined)[] {
  const columns = header.map((name) => COLUMNS[name.toLowerCase().replaceAll(/[_\s-]/g, '')]);
  const twice = columns.findIndex((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (twice >= 0) throw invalid(`column ${twice + 1} says again what another one says`);
  if (!['userId', 'email', 'phone'].some((name) => columns.includes(name as keyof SuppressionInput)))
    throw invalid('the header has no column user_id, email or phone');
  return columns;
}

const inputOf = (
  columns: readonly (keyof SuppressionInput | undefined)[],
  cells: readonly string[],
): SuppressionInput =>
  Object.fromEntries(cells.flatMap((cell, index) => (columns[index] ? [[columns[index], withoutGuard(cell)]] : [])));

const invalid = (message: string): DomainError => new DomainError('AUDIENCE_INVALID_IMPORT', message);
