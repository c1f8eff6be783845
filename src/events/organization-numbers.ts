import type { Transaction } from '../adapters/postgres';

/** Organization ids to their numbers. A number never changes; an organization that is not there yet is asked for again. */
export class OrganizationNumbers {
  readonly #known = new Map<string, number>();

  async load(tx: Transaction, ids: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
    if (missing.length === 0) return this.#known;
    const rows = await tx.query<{ id: string; org_no: number }>(
      'select id, org_no from campaign.organization where id = any($1::text[])',
      [missing],
    );
    for (const { id, org_no } of rows) this.#known.set(id, org_no);
    return this.#known;
  }
}
