import type { PeerAnswer } from '../adapters/remote-peer';
import { RemoteFailure } from '../remote/remote-failure';
import { JsonIds } from './json-ids';
import { LineIds } from './line-ids';

/** Takes an answer piece by piece, and gives the ids that have come in so far. */
export interface IdParser {
  /** Throws RemoteFailure for what is no list of ids. */
  take(piece: Uint8Array): void;
  /** The end of the answer: throws RemoteFailure where something is missing. */
  end(): void;
  /** Ids since the last call. */
  drain(): string[];
  /** Where the next page begins; nothing after the last one. */
  readonly nextCursor: string | undefined;
}

/** As many ids go to the directory at once. */
const BATCH = 10_000;

/**
 * The ids of an answer in batches, in memory that does not grow with the answer. An answer is taken whole or not at all:
 * one that breaks off, holds anything but ids, or fewer than it says, throws before its last batch.
 */
export async function* idsOf(answer: PeerAnswer): AsyncGenerator<readonly string[], string | undefined> {
  const parser = parserOf(answer);
  let waiting: string[] = [];
  for await (const piece of answer.body) {
    parser.take(piece);
    for (const id of parser.drain()) {
      waiting.push(id);
      if (waiting.length < BATCH) continue;
      yield waiting;
      waiting = [];
    }
  }
  parser.end();
  yield [...waiting, ...parser.drain()];
  return parser.nextCursor;
}

function parserOf({ contentType }: PeerAnswer): IdParser {
  if (contentType === 'application/x-ndjson' || contentType === 'application/ndjson') return new LineIds();
  if (contentType === 'application/json') return new JsonIds();
  throw new RemoteFailure('garbage', 'an answer that is neither JSON nor lines of JSON');
}

/** Refuses an answer that says itself that it has more. */
export function expectCount(said: number | undefined, found: number): void {
  if (said !== undefined && said !== found)
    throw new RemoteFailure('cut', `the answer holds ${found} ids and says that there are ${said}`);
}
