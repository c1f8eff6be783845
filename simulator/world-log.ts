import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Verdict = 'accepted' | 'refused' | 'repeat';

/** One message of one request, as the world saw it: the judge of every drill. */
export interface WorldRow {
  readonly key: string;
  readonly bodyHash: string;
  readonly attempt: number;
  readonly verdict: Verdict;
  /** The request was taken in and never answered. */
  readonly hung: boolean;
  readonly requestNo: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly organizationId: string;
}

export const WORLD_LOG = 'requests.tsv';

/** Appends rows; they are with the operating system when `append` returns, so killing any process loses none. */
export class WorldLog {
  readonly #file: number;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#file = openSync(join(directory, WORLD_LOG), 'a');
  }

  append(rows: readonly WorldRow[]): void {
    let text = '';
    for (const row of rows) text += toLine(row);
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Rows in their order. A last line without its end was never answered: it is cut off. */
export async function* readWorldLog(directory: string): AsyncGenerator<WorldRow> {
  const path = join(directory, WORLD_LOG);
  if (!existsSync(path)) return;
  let whole = 0;
  const size = statSync(path).size;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (whole + line.length + 1 > size) break;
    whole += line.length + 1;
    yield fromLine(line);
  }
  if (whole < size) truncateSync(path, whole);
}

const toLine = (row: WorldRow): string =>
  `${row.key}\t${row.bodyHash}\t${row.attempt}\t${row.verdict}\t${row.hung ? 1 : 0}\t${row.requestNo}\t${row.at}\t${row.organizationId}\n`;

function fromLine(line: string): WorldRow {
  const [key = '', bodyHash = '', attempt, verdict, hung, requestNo, at, organizationId = ''] = line.split('\t');
  return {
    key,
    bodyHash,
    attempt: Number(attempt),
    verdict: verdict === 'accepted' || verdict === 'refused' ? verdict : 'repeat',
    hung: hung === '1',
    requestNo: Number(requestNo),
    at: Number(at),
    organizationId,
  };
}
