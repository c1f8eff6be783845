import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import { SharedRates, sharedLimits } from '../organization/shared-rate';
import { crashPoint } from '../shared/crash-point';
import { channelName } from '../shared/ledger-codes';

/** A chunk that may be worked on now. */
interface OpenChunk {
  readonly exec_no: number;
  readonly chunk_no: number;
  readonly fence: number;
  readonly channel: number;
  readonly org_no: number;
  /** Messages that it still holds. */
  readonly left: number;
  /** The campaign has a limit of its own. */
  readonly throttled: boolean;
  readonly settings: string;
}

/** What hinting needs. */
export interface HintParts {
  readonly database: Database;
  readonly bus: Pick<Bus, 'publishBatch'>;
  /** A hint that nobody took within this time is given again. */
  readonly repeatAfterMs: number;
  /** Messages in chunks at work and under way in hints, at most; the last chunk may go beyond. */
  readonly outstanding: number;
}

interface Given {
  readonly chunk: OpenChunk;
  readonly at: number;
}

/** Chunks in one round at most: it tells of them in one batch. */
const ROUND_CHUNKS = 256;
/** Chunks of one execution in one round at most. */
const CHUNKS_OF_EACH = 64;

/**
 * Tells senders which chunks are ready. A hint is a rumour: lost, doubled and stale ones do no harm, for the guard
 * takes the chunk in PostgreSQL. Kept in memory is only what was hinted lately; a new leader hints again.
 */
export class Hints {
  readonly #rates = new SharedRates();
  #given = new Map<string, Given>();
  /** Whose turn was last among the campaigns of an organization that is limited. */
  readonly #last = new Map<number, number>();

  /**
   * Gives the next hints once half of the last ones are worked on: organizations take turns, then their campaigns, so
   * that neither a large campaign nor a thousand small ones hide another organization's. Where a limit holds, one chunk
   * at a time, for more of them would find it spoken for; whose limit has been free for longest comes first. True when
   * there is more to tell at once: what there is no room for waits for the word that something ended.
   */
  async give(parts: HintParts): Promise<boolean> {
    const busy = await this.#busy(parts);
    if (busy > parts.outstanding / 2) return false;
    const open = await parts.database.query<OpenChunk>(
      OPEN_SQL,
      [ROUND_CHUNKS + this.#given.size, CHUNKS_OF_EACH, [...this.#last.keys()], [...this.#last.values()]],
      'open-chunks',
    );
    const chosen = this.#choose(open, parts.outstanding - busy);
    // Only then: what the bus has not taken is told in the next round.
    await parts.bus.publishBatch(chosen.map(messageOf));
    for (const chunk of chosen) this.#given.set(keyOf(chunk), { chunk, at: performance.now() });
    if (chosen.length > 0) crashPoint('hint:after-publish');
    return chosen.length >= ROUND_CHUNKS;
  }

  /** Messages at work, and in hints that nobody has taken yet. A taken chunk has another fence, a done one another state. */
  async #busy({ database, repeatAfterMs }: HintParts): Promise<number> {
    const since = performance.now() - repeatAfterMs;
    const fresh = [...this.#given.values()].filter((given) => given.at >= since);
    const keys = (['exec_no', 'chunk_no', 'fence'] as const).map((key) => fresh.map(({ chunk }) => chunk[key]));
    const [row] = await database.query<{ leased: number; waiting: string[] }>(BUSY_SQL, keys, 'busy-chunks');
    const waiting = new Set(row?.waiting ?? []);
    this.#given = new Map(
      fresh.map((given) => [keyOf(given.chunk), given] as const).filter(([key]) => waiting.has(key)),
    );
    return [...this.#given.values()].reduce((sum, { chunk }) => sum + chunk.left, row?.leased ?? 0);
  }

  #choose(open: readonly OpenChunk[], room: number): OpenChunk[] {
    const spokenFor = new Set([...this.#given.values()].flatMap(({ chunk }) => this.#limitsOf(chunk)));
    const chosen: OpenChunk[] = [];
    let left = room;
    for (const chunk of open) {
      const limits = this.#limitsOf(chunk);
      if (left <= 0 || chosen.length >= ROUND_CHUNKS) break;
      if (this.#given.has(keyOf(chunk)) || limits.some((limit) => spokenFor.has(limit))) continue;
      for (const limit of limits) spokenFor.add(limit);
      if (this.#isShared(chunk)) this.#last.set(chunk.org_no, chunk.exec_no);
      chosen.push(chunk);
      left -= chunk.left;
    }
    return chosen;
  }

  #isShared({ settings }: OpenChunk): boolean {
    return this.#rates.of(settings) !== undefined;
  }

  #limitsOf(chunk: OpenChunk): string[] {
    return [
      ...sharedLimits(chunk.org_no, channelName.get(chunk.channel) ?? 'email', this.#rates.of(chunk.settings)).map(
        ({ scope }) => scope,
      ),
      ...(chunk.throttled ? [`execution:${chunk.exec_no}`] : []),
    ];
  }
}

const keyOf = (chunk: OpenChunk): string => `${chunk.exec_no}:${chunk.chunk_no}:${chunk.fence}`;

const messageOf = (chunk: OpenChunk) => ({
  subject: `work.send.${channelName.get(chunk.channel)}`,
  id: keyOf(chunk),
  payload: JSON.stringify({ e: chunk.exec_no, c: chunk.chunk_no, f: chunk.fence, n: chunk.left }),
});

// By turns of the organizations, then of their executions, in a limited one from the one after its last. Cost grows with
// open executions, never with their size. A channel whose own limit is spoken for is passed by, the others go on. The database's clock judges what is due and whose lease has lapsed, here as in
// the guard.
const OPEN_SQL = `
select exec_no, chunk_no, fence, channel, org_no, "left", throttled, o.settings::text as settings from (
  select k.exec_no, k.chunk_no, k.fence, k.channel, k.org_no, e.throttled, k.size - k.cursor as "left",
    greatest(own.free_at, shared.free_at) as free_at,
    row_number() over (partition by k.org_no order by k.turn, k.exec_no <= coalesce(last.exec_no, 0), k.exec_no) as org_turn
  from campaign.execution e
  left join unnest($3::int[], $4::bigint[]) as last (org_no, exec_no) on last.org_no = e.org_no
  left join campaign.limiter own on own.scope = 'campaign:' || e.campaign_no
  left join campaign.limiter shared on shared.scope = 'organization:' || e.org_no
  cross join lateral (
    select k.*, row_number() over (order by k.chunk_no) as turn
    from (
      select * from campaign.chunk k
      where k.exec_no = e.exec_no and k.state = 0 and k.due_at <= statement_timestamp() and (k.phase = 0 or e.epoch > 0)
        and (k.lease_until is null or k.lease_until < statement_timestamp())
        and coalesce((select free_at <= statement_timestamp() from campaign.limiter
          where scope = 'organization:' || e.org_no || ':' || k.channel), true)
      order by k.chunk_no limit case when e.throttled then 1 else $2::int end
    ) k
  ) k
  where e.status = 'running' and coalesce(greatest(own.free_at, shared.free_at) <= statement_timestamp(), true)
order by org_turn, free_at nulls first, exec_no, chunk_no limit $1
) ready join campaign.organization o using (org_no)
order by org_turn, free_at nulls first, exec_no, chunk_no`;

const BUSY_SQL = `
select
  (select coalesce(sum(k.size - k.cursor), 0)::float8 from campaign.execution e
    join campaign.chunk k on k.exec_no = e.exec_no and k.state = 0 and k.lease_until >= statement_timestamp()
    where e.status = 'running') as leased,
  (select coalesce(array_agg(g.exec_no || ':' || g.chunk_no || ':' || g.fence), '{}')
    from unnest($1::bigint[], $2::bigint[], $3::int[]) as g(exec_no, chunk_no, fence)
    join campaign.chunk k on k.exec_no = g.exec_no and k.chunk_no = g.chunk_no and k.fence = g.fence and k.state = 0
    join campaign.execution e on e.exec_no = g.exec_no and e.status = 'running'
  ) as waiting`;
