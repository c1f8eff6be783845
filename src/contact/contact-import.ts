import type { Database } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { crashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import { type ColumnOptions, readHeader } from './contact-columns';
import type { ContactInput, ImportLine } from './contact-input';
import { type MergeContext, mergeContacts } from './contact-merge';
import { dropLoad, rejectDuplicates, rejectErased, stageContacts } from './contact-staging';
import { type CsvOptions, readCsv } from './csv-records';
import { type ImportReport, Rejections } from './import-report';

/** The database, the time, and whose directory it is. */
export interface ImportTarget {
  readonly database: Database;
  readonly orgNo: number;
  readonly now: Clock;
}

export interface ImportOptions {
  /** Consent to e-mail of new contacts whose line says nothing of it; known contacts keep theirs. */
  readonly emailOptedIn?: boolean;
  /** Rejected lines that the report names. */
  readonly rejections?: number;
  /** Lines merged in one transaction. */
  readonly batch?: number;
  /** Hears after each batch how many contacts are merged so far, of how many. */
  readonly onProgress?: (merged: number, total: number) => void;
}

export interface CsvImportOptions extends ImportOptions, ColumnOptions {
  readonly csv?: Partial<CsvOptions>;
}

const DEFAULTS = { emailOptedIn: false, rejections: 1000, batch: 10_000 } as const;

/** Imports a CSV stream; the header's faults throw AUDIENCE_INVALID_IMPORT, a line's faults are in the report. */
export const importCsv = (
  target: ImportTarget,
  source: AsyncIterable<Uint8Array | string>,
  options: CsvImportOptions = {},
): Promise<ImportReport> => importLines(target, csvLines(source, options), options);

/** Imports contacts that are already in hand; they are numbered from 1 in the report. */
export const importContacts = (
  target: ImportTarget,
  contacts: Iterable<ContactInput> | AsyncIterable<ContactInput>,
  options: ImportOptions = {},
): Promise<ImportReport> => importLines(target, numbered(contacts), options);

/**
 * Stages all lines, then merges them in batches: memory does not grow with the file. Importing the same again changes
 * nothing, so an import that broke is simply repeated.
 */
const importLines = async (
  target: ImportTarget,
  lines: AsyncIterable<ImportLine>,
  options: ImportOptions,
): Promise<ImportReport> => {
  const { database, orgNo } = target;
  const settings = { ...DEFAULTS, ...options };
  const rejections = new Rejections(settings.rejections);
  const staged = await stageContacts(database, orgNo, lines, rejections);
  crashPoint('import-stage:after-commit');
  try {
    const unique = await rejectDuplicates(database, orgNo, staged, rejections, settings.rejections);
    const load = await rejectErased(database, orgNo, unique, rejections);
    return await mergeAll(database, { ...settings, orgNo, at: target.now() }, load, rejections, options);
  } finally {
    await dropLoad(database, orgNo, staged);
  }
};

const mergeAll = async (
  database: Database,
  context: MergeContext,
  load: Awaited<ReturnType<typeof stageContacts>>,
  rejections: Rejections,
  { onProgress }: ImportOptions,
): Promise<ImportReport> => {
  const total = { created: 0, updated: 0, unchanged: 0 };
  for await (const counts of mergeContacts(database, context, load)) {
    total.created += counts.created;
    total.updated += counts.updated;
    total.unchanged += counts.unchanged;
    onProgress?.(total.created + total.updated + total.unchanged, load.rows);
  }
  const accepted = total.created + total.updated + total.unchanged;
  return { accepted, ...total, rejected: rejections.count, rejections: rejections.kept };
};

async function* csvLines(
  source: AsyncIterable<Uint8Array | string>,
  options: CsvImportOptions,
): AsyncGenerator<ImportLine> {
  const records = readCsv(source, options.csv);
  const header = (await records.next()).value;
  if (!header) throw new DomainError('AUDIENCE_INVALID_IMPORT', 'the file is empty');
  if ('reason' in header) throw new DomainError('AUDIENCE_INVALID_IMPORT', `the header is broken: ${header.reason}`);
  const read = readHeader(header.fields, options);
  for await (const record of records) {
    if ('reason' in record) yield record;
    else yield toLine(record.line, read(record.fields));
  }
}

const toLine = (line: number, contact: ContactInput | { readonly reason: string }): ImportLine =>
  'reason' in contact ? { line, reason: contact.reason } : { line, contact };

async function* numbered(contacts: Iterable<ContactInput> | AsyncIterable<ContactInput>): AsyncGenerator<ImportLine> {
  let line = 0;
  for await (const contact of contacts) yield { line: ++line, contact };
}
