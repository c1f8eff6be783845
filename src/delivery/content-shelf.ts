import type { Database } from '../adapters/postgres';
import type { CompiledContent } from '../content/compiled-content';

const KEPT = 200;

/** Compiled content by organization and hash: what a hash names never changes, so it is read once. */
export class ContentShelf {
  readonly #known = new Map<string, CompiledContent>();

  constructor(private readonly database: Database) {}

  /** Without a wait, which would be one a message. */
  known(orgNo: number, hash: string): CompiledContent | undefined {
    return this.#known.get(`${orgNo}:${hash}`);
  }

  /** Throws when an execution names content that is not stored: its start stored it, so the ledger is damaged. */
  async fetch(orgNo: number, hash: string): Promise<CompiledContent> {
    const [row] = await this.database.query<{ compiled: CompiledContent }>(
      'select compiled from campaign.content where org_no = $1 and hash = $2',
      [orgNo, hash],
    );
    if (!row) throw new Error(`content ${hash} is not stored`);
    const [oldest] = this.#known.keys();
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(`${orgNo}:${hash}`, row.compiled);
    return row.compiled;
  }
}
