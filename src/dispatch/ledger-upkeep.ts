import type { Database } from '../adapters/postgres';
import { dropOldLists } from '../remote-list/list-upkeep';
import { crashPoint } from '../shared/crash-point';

const DAY_MS = 86_400_000;
/** Months for which there are partitions: the present one, and two more in which nobody looks. */
const MONTHS = 3;
/** No import takes this long: what is staged by then belongs to one that was killed. */
const ABANDONED_DAYS = 1;

/** What is looked at for a while only, and for how many days. An outcome is known by its own row for longer. */
const KEPT_DAYS = [
  ['delete from campaign.inbox where received_at < $1', 35],
  ['delete from campaign.throttle_grant where granted_at < $1', 35],
  ['delete from campaign.idempotency where created_at < $1', 35],
  ['delete from campaign.message_profile where frozen_at < $1', 35],
  ['delete from campaign.contact_session where until < $1', 1],
  ['delete from campaign.execution_words where asked_at < $1', 35],
  ['delete from campaign.localization_answer where answered_at < $1', 90],
  ['delete from campaign.remote_address where answered_at < $1', 90],
  ['delete from campaign.dead_letter where replayed_at < $1', 35],
] as const;

/**
 * What the ledger needs from time to time: partitions ahead of its rows, without which an execution could not be
 * expanded, no personal data left behind by imports that died, no rows that nobody will ask for again, and numbers for time
 * zones that are new to the server. Any number of dispatchers may do this at once.
 */
export async function keepLedger(database: Database, now: Date): Promise<void> {
  await database.query('select campaign.ensure_ledger_partitions($1, $2)', [now, MONTHS]);
  crashPoint('upkeep:after-partitions');
  await database.query(DROP_ABANDONED, [daysBefore(now, ABANDONED_DAYS)]);
  crashPoint('upkeep:after-abandoned');
  await dropOldLists(database, daysBefore(now, ABANDONED_DAYS));
  await database.query(LIST_NEW_ZONES);
  for (const [statement, days] of KEPT_DAYS) await database.query(statement, [daysBefore(now, days)]);
}

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

const DROP_ABANDONED = `
with abandoned as (delete from staging.contact_load where created_at < $1 returning load_no),
suppressions as (delete from staging.suppression_row s using abandoned a where s.load_no = a.load_no)
delete from staging.contact_row r using abandoned a where r.load_no = a.load_no`;

// No more than a message's facts have room for (ZONE_FROM).
const LIST_NEW_ZONES = `
insert into campaign.time_zone (no, name)
select no, name from (
  select name, (select coalesce(max(no), 0) from campaign.time_zone) + row_number() over (order by name) as no
  from pg_timezone_names p
  where name !~ '^(posix|right)/' and not exists (select from campaign.time_zone z where z.key = lower(p.name))
) fresh where no <= 1022
on conflict do nothing`;
