import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One customer of the file as it lies there. */
export interface FileRow {
  readonly segment: string;
  readonly visit: string;
  readonly conversion: string;
  readonly spend: string;
}

export interface CountedArm {
  readonly variant: string;
  readonly assigned: number;
  readonly visits: number;
  readonly conversions: number;
  readonly revenue: number;
}

const arms = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'];

/** The first customers of the file, read by another parser than the demo's. */
export function rowsOfFile(people: number): FileRow[] {
  const text = gunzipSync(readFileSync(join(__dirname, '../data/hillstrom.csv.gz'))).toString();
  return (parse(text, { columns: true }) as FileRow[]).slice(0, people);
}

/** Counts by arm; `knows` says whether the outcomes of the customer in this row were told. */
export function countArms(rows: readonly FileRow[], knows: (row: number) => boolean): CountedArm[] {
  return arms.map((variant) => {
    let [assigned, visits, conversions, cents] = [0, 0, 0, 0];
    for (const [index, row] of rows.entries()) {
      if (row.segment !== variant) continue;
      assigned += 1;
      if (!knows(index)) continue;
      visits += row.visit === '1' ? 1 : 0;
      conversions += row.conversion === '1' ? 1 : 0;
      cents += Math.round(Number(row.spend) * 100);
    }
    return { variant, assigned, visits, conversions, revenue: cents / 100 };
  });
}

/** Pearson's statistic as in a textbook: over all cells, (observed − expected)² by expected. */
export function pearson(cells: readonly { readonly n: number; readonly hits: number }[]): number {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const hits = cells.reduce((sum, cell) => sum + cell.hits, 0);
  const term = (observed: number, expected: number) => (observed - expected) ** 2 / expected;
  return cells.reduce(
    (sum, cell) => sum + term(cell.hits, (cell.n * hits) / n) + term(cell.n - cell.hits, (cell.n * (n - hits)) / n),
    0,
  );
}
