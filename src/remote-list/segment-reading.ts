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
    let cursor = await this.#page(undefined);
    while (cursor !== undefined) {
      if (performance.now() > this.#end) throw new RemoteFailure('timeout', 'its pages took too long in all');
      const next = await this.#page(cursor);
      if (next === cursor) throw new RemoteFailure('garbage', 'a page that is followed by itself');
      cursor = next;
    }
    await this.#writer?.finish(this.parts.now());
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
    return service.ask(question, async (answer) => {
      // Another try at the first page may find other people: what came in before is none of its.
      if (cursor === undefined) await this.drop();
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
