import type { Database } from '../adapters/postgres';

/**
 * One dispatcher leads at a time, by a lease row in PostgreSQL, so that work is not hinted twice. It is a matter of
 * economy: every step is safe under two leaders (executions are locked, chunks are fenced), as during a takeover.
 */
export class Leader {
  #until = 0;

  constructor(
    private readonly database: Database,
    private readonly holder: string,
    private readonly leaseMs = 3_000,
  ) {}

  /** True while this process leads; renews the lease when a third of it is gone. */
  async leads(): Promise<boolean> {
    if (performance.now() < this.#until - (this.leaseMs * 2) / 3) return true;
    const asked = performance.now();
    const rows = await this.database.query(TAKE_SQL, ['dispatcher', this.holder, this.leaseMs]);
    this.#until = rows.length > 0 ? asked + this.leaseMs : 0;
    return rows.length > 0;
  }

  /** Gives the lease up, so that another leads at once. */
  async resign(): Promise<void> {
    this.#until = 0;
    await this.database.query(RESIGN_SQL, ['dispatcher', this.holder]);
  }
}

// The database's clock judges leases of processes: theirs may differ. statement_timestamp, for the row may have waited.
const TAKE_SQL = `
insert into campaign.leader_lease as l (name, holder, until)
values ($1, $2, statement_timestamp() + make_interval(secs => $3::float8 / 1000))
on conflict (name) do update set holder = excluded.holder, until = excluded.until
where l.holder = excluded.holder or l.until < statement_timestamp()
returning holder`;

const RESIGN_SQL = `update campaign.leader_lease set until = '-infinity' where name = $1 and holder = $2`;
