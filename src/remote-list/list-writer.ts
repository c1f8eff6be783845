import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';
import { crashPoint } from '../shared/crash-point';
import { isStorable } from '../shared/storable-text';
import type { ListOwner, RemoteReference } from './remote-list';

/** No person of the directory has a longer id. */
const LONGEST_ID = 255;

/**
 * Writes one list, a batch a transaction, so that neither memory nor a transaction grows with it. Crash at any point before
 * the end: a list without `read_at`, which nobody reads and the upkeep drops.
 */
export class ListWriter {
  #people = 0;
  #unknown = 0;

  private constructor(
    private readonly database: Database,
    private readonly owner: ListOwner,
    readonly listNo: number,
  ) {}

  static async open(database: Database, owner: ListOwner, { source, id }: RemoteReference, at: Date) {
    const { organizationNo } = owner;
    const [row] = await inOrganization(database, organizationNo, (tx) =>
      tx.query<{ list_no: number }>(OPEN, [organizationNo, source, id, at]),
    );
    if (!row) throw new Error('the list was not opened');
    return new ListWriter(database, owner, row.list_no);
  }

  /** Adds whom the directory knows; an id that it does not know, or that came before, is counted once. */
  async add(ids: readonly string[]): Promise<void> {
    const possible = ids.filter((id) => id !== '' && id.length <= LONGEST_ID && isStorable(id));
    const impossible = ids.length - possible.length;
    const values = [this.listNo, possible, this.owner.organizationNo];
    const [added] = await inOrganization(this.database, this.owner.organizationNo, async (tx) => {
      const rows = await tx.query<{ people: number; unknown: number }>(ADD, values);
      crashPoint('remote-list:before-commit');
      return rows;
    });
    this.#people += added?.people ?? 0;
    this.#unknown += (added?.unknown ?? 0) + impossible;
  }

  /** From here on the list counts. What was written is counted once more: a list that lost members must not be used. */
  async finish(at: Date): Promise<void> {
    const { organizationNo } = this.owner;
    await inOrganization(this.database, organizationNo, async (tx) => {
      const values = [this.listNo, this.#people, this.#unknown, at];
      const [row] = await tx.query<{ people: number }>(FINISH, values);
      if (!row) throw new Error(`list ${this.listNo} does not hold the ${this.#people} people that it was given`);
      await tx.query('delete from staging.remote_stranger where list_no = $1', [this.listNo]);
      crashPoint('remote-list:before-finish');
    });
  }

  /** Takes back what was written. Where this fails as well, the upkeep does it. */
  async drop(): Promise<void> {
    await inOrganization(this.database, this.owner.organizationNo, async (tx) => {
      for (const sql of DROP) await tx.query(sql, [this.listNo]);
    }).catch(() => undefined);
  }
}

const OPEN = `insert into campaign.remote_list (org_no, source, remote_id, started_at)
values ($1, $2, $3, $4) returning list_no`;

// One look-up for each id, whatever the statistics say: "offset 0" keeps the planner from reading the directory as a whole.
const ADD = `
with looked as materialized (
  select g.id, c.contact_no from (select distinct id from unnest($2::text[]) as t (id)) g
  left join lateral (
    select contact_no from campaign.contact c
    where c.org_no = $3 and c.external_id = g.id and not c.shadow and c.erased_at is null offset 0
  ) c on true
),
added as (
  insert into campaign.remote_member (list_no, contact_no, org_no)
  select $1, contact_no, $3 from looked where contact_no is not null order by contact_no
  on conflict do nothing returning 1
),
strangers as (
  insert into staging.remote_stranger (list_no, external_id)
  select $1, id from looked where contact_no is null on conflict do nothing returning 1
)
select (select count(*) from added) as people, (select count(*) from strangers) as unknown`;

const FINISH = `
update campaign.remote_list set people = $2, unknown = $3, read_at = $4
where list_no = $1 and $2 = (select count(*) from campaign.remote_member where list_no = $1) returning people`;

const DROP = [
  'delete from campaign.remote_member where list_no = $1',
  'delete from staging.remote_stranger where list_no = $1',
  'delete from campaign.remote_list where list_no = $1',
];
