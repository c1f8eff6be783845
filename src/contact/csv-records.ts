import { splitFields } from './csv-fields';
import { readLines, type TextLine } from './csv-lines';

/** One record of a CSV text and the line it starts on, or why there is none. */
export type CsvRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly reason: string };

/** `recordLength` in characters and `recordLines` bound the memory that one broken record can take. */
export interface CsvOptions {
  readonly delimiter: string;
  readonly recordLength: number;
  readonly recordLines: number;
}

export const CSV_DEFAULTS: CsvOptions = { delimiter: ',', recordLength: 65_536, recordLines: 100 };

/**
 * The records of a CSV text, the header first; all others have as many fields. A record that is wrong is reported, and
 * reading goes on at the very next line: a quote that nobody closes costs its own line, not the rest of the file (which
 * is what parsers with one state for the whole file lose).
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array | string>,
  options: Partial<CsvOptions> = {},
): AsyncGenerator<CsvRecord> {
  const settings = { ...CSV_DEFAULTS, ...options };
  const lines = new Lookahead(readLines(source, settings.recordLength));
  let columns: number | undefined;
  for (let first = await lines.take(); first; first = await lines.take()) {
    if (first.text?.trim() === '') continue;
    const record = await readRecord(first, lines, settings, columns);
    if ('fields' in record) columns ??= record.fields.length;
    yield record;
  }
}

const readRecord = async (
  { line, text: first, end }: TextLine,
  lines: Lookahead,
  settings: CsvOptions,
  columns: number | undefined,
): Promise<CsvRecord> => {
  if (first === undefined) return { line, reason: `the line is longer than ${settings.recordLength} characters` };
  const { fields, used } = await completeRecord(first, end, lines, settings);
  if (fields === 'open') return { line, reason: 'a quote is opened and not closed' };
  if (fields === 'broken') return { line, reason: 'a quote stands where none may be' };
  if (columns !== undefined && fields.length !== columns) {
    return { line, reason: `${fields.length} columns instead of ${columns}` };
  }
  lines.drop(used);
  return fields.some((field) => field.includes('\ufffd'))
    ? { line, reason: 'the text is not UTF-8' }
    : { line, fields };
};

/** Adds the lines that follow, looked at and not yet taken, until the quotes are closed or a limit is met. */
const completeRecord = async (first: string, end: string, lines: Lookahead, settings: CsvOptions) => {
  let text = first;
  let lineEnd = end;
  let fields = splitFields(text, settings.delimiter);
  let used = 0;
  while (fields === 'open' && used < settings.recordLines) {
    const next = await lines.peek(used);
    if (next?.text === undefined || text.length + next.text.length > settings.recordLength) break;
    text += lineEnd + next.text;
    lineEnd = next.end;
    used++;
    if (next.text.includes('"')) fields = splitFields(text, settings.delimiter);
  }
  return { fields, used };
};

/** Lines that can be looked at before they are taken. */
class Lookahead {
  readonly #ahead: TextLine[] = [];

  constructor(private readonly lines: AsyncGenerator<TextLine>) {}

  async take(): Promise<TextLine | undefined> {
    const first = await this.peek(0);
    this.#ahead.shift();
    return first;
  }

  async peek(index: number): Promise<TextLine | undefined> {
    if (index < this.#ahead.length) return this.#ahead[index];
    const { done, value } = await this.lines.next();
    if (!done) this.#ahead.push(value);
    return done ? undefined : value;
  }

  drop(count: number): void {
    this.#ahead.splice(0, count);
  }
}
