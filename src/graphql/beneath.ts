import type { Loaders } from './loaders';

/**
 * What a page of owners brings along in its own statement: parts that read, for all of them at once, what fields beneath
 * will ask loaders for. Each noun writes its own part; the page puts them together.
 */
export interface Beneath {
  /** Tables that its queries share, by name: they come before, in their order. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Queries by the name of the column that their rows come in, as one array of JSON. */
  readonly queries: Readonly<Record<string, string>>;
  /** Hands the rows to the loaders. An owner without rows is told as well: else it would be asked for again. */
  prime(loaders: Loaders, answer: BeneathAnswer): void;
}

/** What came of one statement. Moments are text there, as JSON has them. */
export interface BeneathAnswer {
  readonly owners: readonly number[];
  rows<Row>(query: string): readonly Row[];
}

/** The numbers of the owners, for a condition such as `campaign_no = ${OWNERS}`: an array finds its rows by an index. */
export const OWNERS = 'any(array(select no from owners))';

/** A row as the driver would have read it: these columns are moments, which are text in JSON. */
export function momentsOf<Row extends object>(row: Row, names: readonly (keyof Row)[]): Row {
  const read: Partial<Record<keyof Row, Date>> = {};
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string') read[name] = new Date(value);
  }
  return { ...row, ...read };
}
