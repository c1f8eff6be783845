import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A customer of the real experiment as the directory gets to know one: everything but what came of it. */
export interface HillstromContact {
  readonly externalId: string;
  readonly email: string;
  readonly emailOptedIn: true;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** What a customer did in the two weeks after; `spend` in dollars with two decimals. Only the simulator knows it. */
export interface HillstromOutcome {
  readonly externalId: string;
  readonly email: string;
  readonly segment: string;
  readonly visit: boolean;
  readonly conversion: boolean;
  readonly spend: string;
}

export interface HillstromOptions {
  /** Permutes the rows before they are numbered: the customers keep what they are and did, under other ids. */
  readonly seed?: number | undefined;
}

export interface OutcomeOptions extends HillstromOptions {
  /** Share of the customers whose outcome is never told, 0 to 1; chosen by row, whatever the permutation. */
  readonly withhold?: number | undefined;
}

type Source = AsyncIterable<Uint8Array | string>;

const OUTCOME_COLUMNS: readonly string[] = ['visit', 'conversion', 'spend'];
const NUMBER_COLUMNS: readonly string[] = ['recency', 'history', 'mens', 'womens', 'newbie'];

/** The compressed file as a stream of its text. */
export const openHillstrom = (path: string): Source => {
  const unzipped = createGunzip();
  createReadStream(path)
    .on('error', (error) => unzipped.destroy(error))
    .pipe(unzipped);
  return unzipped;
};

/** The customers in the order of the file, or permuted; numbered `customer-00001` … in the order they come. */
export async function* hillstromContacts(
  source: Source,
  options: HillstromOptions = {},
): AsyncGenerator<HillstromContact> {
  const { header, rows } = await readRows(source, options);
  for (const [index, { cells }] of rows.entries()) {
    const attributes: Record<string, string | number> = {};
    for (const [column, name] of header.entries()) {
      if (!OUTCOME_COLUMNS.includes(name)) attributes[name] = attribute(name, cells[column] ?? '');
    }
    yield { ...identity(index), emailOptedIn: true, attributes };
  }
}

/** What came of the customers, numbered as `hillstromContacts` numbers them under the same seed. */
export async function* hillstromOutcomes(
  source: Source,
  options: OutcomeOptions = {},
): AsyncGenerator<HillstromOutcome> {
  const { header, rows } = await readRows(source, options);
  const [segment, visit, conversion, spend] = ['segment', ...OUTCOME_COLUMNS].map((name) => header.indexOf(name));
  const withheld = new Set(shuffled(rows.length, 1).slice(0, Math.round(rows.length * (options.withhold ?? 0))));
  for (const [index, { cells, row }] of rows.entries()) {
    if (withheld.has(row)) continue;
    const cell = (column = -1): string => cells[column] ?? '';
    const did = { visit: cell(visit) === '1', conversion: cell(conversion) === '1', spend: cell(spend) };
    yield { ...identity(index), segment: cell(segment), ...did };
  }
}

const identity = (index: number): { externalId: string; email: string } => {
  const externalId = `customer-${String(index + 1).padStart(5, '0')}`;
  return { externalId, email: `${externalId}@example.com` };
};

const attribute = (name: string, cell: string): string | number =>
  NUMBER_COLUMNS.includes(name) ? Number(cell) : cell;

interface Row {
  /** Its place in the file, from 0. */
  readonly row: number;
  readonly cells: readonly string[];
}

const readRows = async (
  source: Source,
  { seed }: HillstromOptions,
): Promise<{ header: readonly string[]; rows: Row[] }> => {
  const [header = [], ...lines] = (await readText(source)).trimEnd().split(/\r?\n/).map(splitRow);
  const wrong = lines.find((cells) => cells.length !== header.length);
  if (wrong) throw new Error(`${wrong.length} cells instead of ${header.length}: ${wrong}`);
  const rows = lines.map((cells, row) => ({ row, cells }));
  return { header, rows: seed === undefined ? rows : shuffled(rows.length, seed).flatMap((row) => rows[row] ?? []) };
};

// No cell of this file is empty, and none holds a quote; one, "7) $1,000 +", is quoted for its comma.
const splitRow = (line: string): string[] =>
  line.includes('"')
    ? Array.from(line.matchAll(/"([^"]*)"|[^,"]+/g), ([cell, quoted]) => quoted ?? cell)
    : line.split(',');

const readText = async (source: Source): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of source) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
};

/** The numbers below `count` in an order that the seed alone decides (Fisher and Yates). */
const shuffled = (count: number, seed: number): number[] => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const random = randomNumbers(seed);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other] ?? 0, numbers[last] ?? 0];
  }
  return numbers;
};

// Mulberry32: small, and the same on every machine.
const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
