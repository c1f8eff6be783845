import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import { channelName } from '../shared/ledger-codes';

/** A chunk that may be worked on now. */
interface OpenChunk {
  exec_no: number;
  chunk_no: number;
  fence: number;
  channel: number;
  size: number;
}

/** What hinting needs. */
export interface HintParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly now: Date;
  /** A hint that nobody took within this time is given again. */
  readonly repeatAfterMs: number;
  /** Chunks at work and hints under way at most. */
  readonly outstanding: number;
}

interface Given {
  readonly chunk: OpenChunk;
  readonly at: number;
}

/**
 * Tells senders which chunks are ready. A hint is a rumour: lost, doubled and stale ones do no harm, for the guard
 * takes the chunk in PostgreSQL. Kept in memory is only what was hinted lately; a new leader hints again.
 */
export class Hints {
  #given = new Map<string, Given>();

  /** Gives the next hints, one execution after the other, so that a large campaign does not hide a small one. */
  async give(parts: HintParts): Promise<number> {
    const room = parts.outstanding - (await this.#busy(parts));
    if (room <= 0) return 0;
    const open = await parts.database.query<OpenChunk>(OPEN_SQL, [parts.now, parts.outstanding + room], 'open-chunks');
    const chosen = open.filter((chunk) => !this.#given.has(keyOf(chunk))).slice(0, room);
    await Promise.all(chosen.map((chunk) => this.#publish(parts, chunk)));
    if (chosen.length > 0) crashPoint('hint:after-publish');
    return chosen.length;
  }

  /** Chunks at work, and hints that nobody has taken yet. A taken chunk has another fence, a done one another state. */
  async #busy({ database, now, repeatAfterMs }: HintParts): Promise<number> {
    const fresh = [...this.#given.values()].filter((given) => given.at >= now.getTime() - repeatAfterMs);
    const [row] = await database.query<{ leased: number; waiting: string[] }>(
      BUSY_SQL,
      [
        now,
        fresh.map(({ chunk }) => chunk.exec_no),
        fresh.map(({ chunk }) => chunk.chunk_no),
        fresh.map(({ chunk }) => chunk.fence),
      ],
      'busy-chunks',
    );
    const waiting = new Set(row?.waiting ?? []);
    this.#given = new Map(
      fresh.map((given) => [keyOf(given.chunk), given] as const).filter(([key]) => waiting.has(key)),
    );
    return (row?.leased ?? 0) + waiting.size;
  }

  async #publish({ bus, now }: HintParts, chunk: OpenChunk): Promise<void> {
    this.#given.set(keyOf(chunk), { chunk, at: now.getTime() });
    const payload = JSON.stringify({ e: chunk.exec_no, c: chunk.chunk_no, f: chunk.fence });
    await bus.publishHint(`work.send.${channelName.get(chunk.channel)}`, keyOf(chunk), payload);
  }
}

const keyOf = (chunk: OpenChunk): string => `${chunk.exec_no}:${chunk.chunk_no}:${chunk.fence}`;

// A few chunks of each running execution by turns; cost grows with open executions, never with their size.
const OPEN_SQL = `
select k.exec_no, k.chunk_no, k.fence, k.channel, k.size
from campaign.execution e
left join campaign.limiter l on l.scope = 'campaign:' || e.campaign_no
cross join lateral (
  select k.*, row_number() over (order by k.due_at, k.chunk_no) as turn
  from (
    select * from campaign.chunk k
    where k.exec_no = e.exec_no and k.state = 0 and k.due_at <= $1 and (k.lease_until is null or k.lease_until < $1)
    order by k.chunk_no limit case when l.scope is null then $2::int else 1 end
  ) k
) k
where e.status = 'running' and (l.free_at is null or l.free_at <= $1)
order by k.turn, k.exec_no
limit $2`;

const BUSY_SQL = `
select
  (select count(*) from campaign.execution e
    join campaign.chunk k on k.exec_no = e.exec_no and k.state = 0 and k.lease_until >= $1
    where e.status = 'running') as leased,
  (select coalesce(array_agg(g.exec_no || ':' || g.chunk_no || ':' || g.fence), '{}')
    from unnest($2::bigint[], $3::bigint[], $4::int[]) as g(exec_no, chunk_no, fence)
    join campaign.chunk k on k.exec_no = g.exec_no and k.chunk_no = g.chunk_no and k.fence = g.fence and k.state = 0
  ) as waiting`;
