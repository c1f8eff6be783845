import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { startLoop } from '../events/wakeable-loop';
import { DISPOSITION, type Disposition } from '../shared/ledger-codes';
import type { Running } from '../shared/lifecycle';
import { ledgerDifferences } from './figures';

/** One execution whose account does not come out even, in words. */
export interface LedgerDifference extends Record<string, unknown> {
  readonly execution: string;
  readonly difference: string;
}

const names = Object.keys(DISPOSITION) as Disposition[];
const sum = names.map((name) => `coalesce(sum(c.${name}), 0)`).join(' + ');
const { queued, in_flight } = DISPOSITION;

// By counters where an execution is at work: a minute's look must not cost a minute. Its rows are counted at its end.
const WATCH_SQL = `
with ended as materialized (
  select exec_no, id from campaign.execution where status = 'completed' and completed_at > statement_timestamp() - make_interval(secs => $1::float8 / 1000)
),
watched as (
  select exec_no, id from campaign.execution where status in ('pending', 'running', 'paused') union all select * from ended
),
counts as (
  select e.exec_no, m.disposition, count(*) as n from ended e join campaign.message m using (exec_no) group by 1, 2
)
select w.id as execution, format('audience %s, its dispositions together %s', sum(c.audience), ${sum}) as difference
from watched w join campaign.counter c using (exec_no) where c.segment_no = 0
group by w.exec_no, w.id having sum(c.audience) <> ${sum}
union all
select e.id, format('completed with %s messages still open', n) from ended e join counts using (exec_no)
where disposition in (${queued}, ${in_flight})
union all
select e.id, format('%s is %s in the counters, %s in the rows', d.name, d.n, coalesce(k.n, 0))
from ended e
cross join lateral (
  select v.* from (select ${names.map((name) => `sum(${name}) as ${name}`).join(', ')} from campaign.counter c
    where c.exec_no = e.exec_no and c.segment_no = 0) c
  cross join lateral (values ${names.map((name) => `('${name}', ${DISPOSITION[name]}, c.${name})`).join(', ')}) v (name, code, n)
) d
left join counts k on k.exec_no = e.exec_no and k.disposition = d.code
where coalesce(d.n, 0) <> coalesce(k.n, 0)`;

/** Conservation of everything open, and of what ended in the last `backMs` (P-01, P-09, P-14); empty when exact. */
export function watchLedger(database: Database, backMs: number): Promise<LedgerDifference[]> {
  return database.query<LedgerDifference>(WATCH_SQL, [backMs]);
}

const EVERY_MS = 60_000;
/** Looked back over by whoever begins to lead: the one before may have died of what ended then. */
const LOOK_BACK_MS = 600_000;
/** Looks overlap by this: an end is seen some time after the time that it bears, when it is committed. */
const OVERLAP_MS = 60_000;

/** Looks one after another, of which none leaves out an execution. */
export class LedgerLooks {
  #lookedAt: number | undefined;

  constructor(private readonly database: Database) {}

  async next(): Promise<LedgerDifference[]> {
    const now = performance.now();
    const backMs = this.#lookedAt === undefined ? LOOK_BACK_MS : now - this.#lookedAt + OVERLAP_MS;
    const differences = await watchLedger(this.database, backMs);
    this.#lookedAt = now;
    return differences;
  }
}

export interface LedgerWatchParts {
  readonly database: Database;
  readonly log: BaseLogger;
  /** Whether this process is the one to look: one is enough, and two do no harm. */
  readonly leads: () => Promise<boolean>;
}

/** Proves the account every minute while work goes on (T-Q6): a difference is an error in the log and a gauge above 0. */
export function startLedgerWatch({ database, log, leads }: LedgerWatchParts): Running {
  let looks: LedgerLooks | undefined;
  const round = async () => {
    looks = (await leads()) ? (looks ?? new LedgerLooks(database)) : undefined;
    const differences = (await looks?.next()) ?? [];
    for (const difference of differences) log.error(difference, 'the ledger does not come out even');
    ledgerDifferences.set(differences.length);
    return false;
  };
  return startLoop({ name: 'ledger watch', log, idleMs: EVERY_MS, round });
}
