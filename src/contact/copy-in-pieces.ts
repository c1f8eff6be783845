import { Readable } from 'node:stream';
import type { Database } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import type { Rejections } from './import-report';
import { inOrganization } from './in-organization';

/** A line in PostgreSQL's COPY text format, or why it is none. */
export type StagedLine = { readonly line: number } & ({ readonly text: string } | { readonly reason: string });

/** Where lines go. */
export interface CopyTarget {
  readonly database: Database;
  readonly orgNo: number;
  readonly sql: string;
}

/** Characters of one piece: enough to be worth a transaction, little enough to be held in memory. */
const PIECE = 1_048_576;

/**
 * Streams lines into a staging table; rejected ones cost nothing else. A transaction may be run again, a stream cannot be
 * read again: so each piece of it has a transaction of its own. Answers how many lines are staged.
 */
export async function copyInPieces(
  { database, orgNo, sql }: CopyTarget,
  lines: AsyncIterable<StagedLine>,
  rejections: Rejections,
): Promise<number> {
  let staged = 0;
  for await (const piece of piecesOf(lines, rejections)) {
    await inOrganization(database, orgNo, async (transaction) => {
      await transaction.copyIn(sql, Readable.from([piece.text]));
      crashPoint('import-stage:before-commit');
    });
    staged += piece.lines;
  }
  return staged;
}

async function* piecesOf(lines: AsyncIterable<StagedLine>, rejections: Rejections) {
  let piece = { text: '', lines: 0 };
  for await (const item of lines) {
    if ('reason' in item) {
      rejections.add([item]);
      continue;
    }
    piece.text += item.text;
    piece.lines++;
    if (piece.text.length < PIECE) continue;
    yield piece;
    piece = { text: '', lines: 0 };
  }
  if (piece.lines > 0) yield piece;
}
