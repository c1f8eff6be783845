import type { Database } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import { lockForLogins } from './login-locks';
import { releaseEnded } from './login-release';

/** Messages whose wait ends in one transaction. */
const TOGETHER = 5_000;

/** An execution of which somebody waits for a login. */
export interface WaitingExecution {
  readonly execNo: number;
  readonly orgNo: number;
  /** Some of it wait no longer: their time is over, or the execution is cancelled. */
  readonly ended: boolean;
  /** Nothing else is left to do, and it is not aside yet. */
  readonly onlyWaits: boolean;
}

/** Costs what there are executions with people who wait, however many people. */
export const findWaiting = (database: Database, now?: Date): Promise<WaitingExecution[]> =>
  database.query<WaitingExecution>(WAITING_SQL, [now], 'login-waiting');

// By the ends of the index: whatever asks whether there is one may read them all.
export const WAITING_SQL = `
with recursive waiting (exec_no) as (
  select min(exec_no) from campaign.login_wait
  union all
  select (select min(w.exec_no) from campaign.login_wait w where w.exec_no > waiting.exec_no)
  from waiting where waiting.exec_no is not null
)
select e.exec_no as "execNo", e.org_no as "orgNo",
  e.status = 'cancelled' or e.status = 'running' and (select min(w.until) from campaign.login_wait w where w.exec_no = e.exec_no)
    <= coalesce($1::timestamptz, statement_timestamp()) - e.paused_for as ended,
  e.status = 'running' and e.audience_closed and not e.aside and e.kind in (0, 1)
    and not exists (select from campaign.chunk k where k.exec_no = e.exec_no and k.state = 0) as "onlyWaits"
from waiting join campaign.execution e on e.exec_no = waiting.exec_no`;

/**
 * Puts those of an execution whose wait is over into chunks, where a sender lets them expire, or the sweep cancels them. True
 * when there may be more. Crash before the commit: they wait as before.
 */
export function endWaits(database: Database, { execNo, orgNo }: WaitingExecution, now?: Date): Promise<boolean> {
  return database.transaction(async (tx) => {
    await lockForLogins(tx, [orgNo]);
    const released = await releaseEnded(tx, { execNo, most: TOGETHER, now });
    crashPoint('login-end:before-commit');
    return released === TOGETHER;
  });
}
