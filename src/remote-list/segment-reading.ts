import type { Database } from '../adapters/postgres';
import type { Patience } from '../adapters/remote-peer';
import { RemoteFailure } from '../remote/remote-failure';
import type { RemoteService } from '../remote/remote-service';
import type { Clock } from '../shared/clock';
import { idsOf } from './id-stream';
import { ListWriter } from './list-writer';
import type { ListOwner } from './remote-list';

/** What reading a remote segment takes. */
export interface SegmentReading {
  readonly database: Database;
  readonly service: RemoteService;
  readonly now: Clock;
  readonly patience: Patience;
  /** Ids of one segment at most. */
  readonly mostIds: number;
}

/**
 * Streams the members of a remote segment into a list of their own. A service that gives them in pages names the next one
 * in `next_cursor`. Throws RemoteFailure; then nothing of it counts.
 */
export async function readSegment(parts: SegmentReading, owner: ListOwner, id: string): Promise<void> {
  const reader = new SegmentReader(parts, owner, id);
  try {
    await reader.read();
  } catch (error) {
    await reader.drop();
    throw error;
  }
}

/** How often a segment is read from its first page before it is given up. */
const BEGINNINGS = 3;

/**
 * A later page broke off with some of its ids written, and another try may find other people on it: they cannot be told from
 * those of the pages before, so all of it is read again.
 */
class TornPage extends Error {}

function tornOr(error: unknown): TornPage {
  if (error instanceof TornPage) return error;
  throw error;
}

class SegmentReader {
  #writer: ListWriter | undefined;
  #given = 0;
  readonly #end: number;

  constructor(
    private readonly parts: SegmentReading,
    private readonly owner: ListOwner,
    private readonly id: string,
  ) {
    this.#end = performance.now() + parts.patience.wholeMs;
  }

  async read(): Promise<void> {
    for (let left = BEGINNINGS; ; ) {
      const torn = await this.#readPages().catch(tornOr);
      if (!torn) return;
      if (--left === 0) throw new RemoteFailure('cut', 'one of its pages breaks off again and again');
      await this.drop();
    }
  }

  async #readPages(): Promise<undefined> {
    let cursor = await this.#page(undefined);
    while (cursor !== undefined) {
      if (performance.now() > this.#end) throw new RemoteFailure('timeout', 'its pages took too long in all');
      const next = await this.#page(cursor);
      if (next === cursor) throw new RemoteFailure('garbage', 'a page that is followed by itself');
      cursor = next;
    }
    await this.#writer?.finish(this.parts.now());
    return undefined;
  }

  async drop(): Promise<void> {
    await this.#writer?.drop();
    this.#writer = undefined;
    this.#given = 0;
  }

  #page(cursor: string | undefined): Promise<string | undefined> {
    const { service, patience } = this.parts;
    const path = `/api/v1/segments/${encodeURIComponent(this.id)}/resolve`;
    const body = cursor === undefined ? {} : { cursor };
    const question = { method: 'POST', path, body, patience, organizationId: this.owner.organizationId } as const;
    const before = this.#given;
    return service.ask(question, async (answer) => {
      // Another try at the first page may find other people: what came in before is none of its.
      if (cursor === undefined) await this.drop();
      else if (this.#given > before) throw new TornPage();
      const batches = idsOf(answer);
      for (;;) {
        const { done, value } = await batches.next();
        if (done) return value;
        await this.#add(value);
      }
    });
  }

  async #add(ids: readonly string[]): Promise<void> {
    const { database, mostIds, now } = this.parts;
    this.#given += ids.length;
    if (this.#given > mostIds) throw new RemoteFailure('too_large', `more than ${mostIds} ids`);
    const reference = { source: 'SEGMENT', id: this.id } as const;
    this.#writer ??= await ListWriter.open(database, this.owner, reference, now());
    await this.#writer.add(ids);
  }
}
