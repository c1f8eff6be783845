import type { Database } from '../adapters/postgres';

/** Months for which there are partitions: the present one, and two more in which nobody looks. */
const MONTHS = 3;
/** No import takes this long: what is staged by then belongs to one that was killed. */
const ABANDONED_MS = 86_400_000;

/**
 * What the ledger needs from time to time: partitions ahead of its rows, without which an execution could not be
 * expanded, and no personal data left behind by imports that died. Any number of dispatchers may do this at once.
 */
export async function keepLedger(database: Database, now: Date): Promise<void> {
  await database.query('select campaign.ensure_ledger_partitions($1, $2)', [now, MONTHS]);
  await database.query(DROP_ABANDONED, [new Date(now.getTime() - ABANDONED_MS)]);
}

const DROP_ABANDONED = `
with abandoned as (delete from staging.contact_load where created_at < $1 returning load_no)
delete from staging.contact_row r using abandoned a where r.load_no = a.load_no`;
