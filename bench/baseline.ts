import { type Database, openDatabase } from '../src/adapters/postgres';
import { numberArray } from '../src/events/pg-array';

const ROWS = 1_000;

/** What every figure is held against: rows of ten columns into the message table, with its indexes, and nothing else. */
export const BASELINE_SQL = `insert into campaign.message
  (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, disposition, eligible)
select * from unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::timestamptz[], $6::smallint[],
  $7::smallint[], $8::smallint[], $9::smallint[], $10::boolean[])`;

/** One run of the baseline. */
export interface Baseline {
  readonly rowsPerSecond: number;
  /** Mean bytes of a row without its header. */
  readonly rowBytes: number;
  readonly connections: number;
}

/** Far from the numbers that real executions get, in the same partition: the sequence starts at 1 each installation. */
const FIRST_N = 3_000_000_000;
let runs = 0;

/** Inserts `rows` in batches of 1,000 over so many connections, each batch a transaction that is flushed. */
export async function measureBaseline(url: string, rows: number, connections: number): Promise<Baseline> {
  const database = openDatabase({
    url,
    role: 'campaign_dispatcher',
    applicationName: 'baseline',
    poolSize: connections,
  });
  const execNo = Math.floor(Date.now() / 86_400_000) * 2 ** 32 + FIRST_N + runs++;
  try {
    await Promise.all(Array.from({ length: connections }, () => database.query('select pg_sleep(0.05)')));
    const started = performance.now();
    await Promise.all(
      Array.from({ length: connections }, (_, lane) => insertLane(database, execNo, rows, lane, connections)),
    );
    const rowsPerSecond = rows / ((performance.now() - started) / 1_000);
    const [width] = await database.query<{ bytes: number }>(
      'select round(avg(pg_column_size(m.*)))::int as bytes from campaign.message m where exec_no = $1',
      [execNo],
    );
    return { rowsPerSecond, rowBytes: width?.bytes ?? 0, connections };
  } finally {
    await database.close();
  }
}

async function insertLane(
  database: Database,
  execNo: number,
  rows: number,
  lane: number,
  lanes: number,
): Promise<void> {
  for (let first = lane * ROWS; first < rows; first += lanes * ROWS)
    await database.query(BASELINE_SQL, batch(execNo, first, Math.min(ROWS, rows - first)), 'baseline');
}

function batch(execNo: number, first: number, size: number): string[] {
  const column = (value: (n: number) => number) =>
    numberArray(Array.from({ length: size }, (_, n) => value(first + n)));
  const same = (value: string) => `{${Array.from({ length: size }, () => value).join(',')}}`;
  const [one, queued] = [same('1'), same('0')];
  return [
    same(String(execNo)),
    column((n) => n + 1),
    one,
    column((n) => n + 1),
    same(`"${new Date().toISOString()}"`),
    one,
    one,
    one,
    queued,
    same('t'),
  ];
}

/** How the baseline was made, for the table. */
export const describeBaseline = (runs: readonly Baseline[]): string[] => [
  `baseline: ${BASELINE_SQL.replaceAll(/\s+/g, ' ')}`,
  `  batches of ${ROWS.toLocaleString('en')}, ${runs[0]?.connections} connection(s), rows of ${runs[0]?.rowBytes} bytes, ` +
    `before and after: ${runs.map((run) => Math.round(run.rowsPerSecond).toLocaleString('en')).join(' and ')} rows/s`,
];

/** Mean of the runs, in rows a second. */
export const meanRate = (runs: readonly Baseline[]): number =>
  runs.reduce((sum, run) => sum + run.rowsPerSecond, 0) / runs.length;
