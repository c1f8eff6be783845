import type { Database } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import { GOES_ON, LOCK_CAMPAIGNS, LOCK_EXECUTIONS } from './sweep';

/**
 * Lays executions aside of which nothing is left but people who wait for their login: they hold no place among the running,
 * and a recurring campaign goes on to its next occurrence. Once for each, whatever still comes of it; one that found other
 * work since we looked stays where it is. Answers the campaigns. Crash before the commit: they are laid aside by the next sweep.
 */
export function layAside(database: Database, execNos: readonly number[]): Promise<readonly string[]> {
  return database.transaction(async (tx) => {
    await tx.query(LOCK_CAMPAIGNS, [execNos], 'complete-lock-campaigns');
    await tx.query(LOCK_EXECUTIONS, [execNos], 'complete-lock');
    const rows = await tx.query<{ id: string }>(ASIDE_SQL, [execNos], 'lay-aside');
    crashPoint('lay-aside:before-commit');
    return rows.map(({ id }) => id);
  });
}

const ASIDE_SQL = `
with laid as (
  update campaign.execution e set aside = true
  where e.exec_no = any($1::bigint[]) and e.status = 'running' and e.audience_closed and not e.aside
    and not exists (select from campaign.chunk k where k.exec_no = e.exec_no and k.state = 0)
    and (select min(w.until) from campaign.login_wait w where w.exec_no = e.exec_no) is not null
  returning e.exec_no, e.campaign_no
),
recurring as (
  update campaign.campaign c set status = 'scheduled', updated_at = statement_timestamp(), version = c.version + 1
  from laid where c.campaign_no = laid.campaign_no and c.status = 'running' and ${GOES_ON}
    and not exists (select from campaign.execution o where o.campaign_no = c.campaign_no and o.kind in (0, 1)
      and o.status in ('pending', 'running', 'paused') and not o.aside and o.exec_no not in (select exec_no from laid))
)
select c.id from laid join campaign.campaign c on c.campaign_no = laid.campaign_no`;
