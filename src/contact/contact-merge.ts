import type { Database, Transaction } from '../adapters/postgres';
import type { ContactLoad } from './contact-staging';
import type { Rejection, Rejections } from './import-report';
import { inOrganization } from './in-organization';

/** For whom, when, and what a new contact has where its line says nothing. */
export interface MergeContext {
  readonly orgNo: number;
  readonly at: Date;
  readonly emailOptedIn: boolean;
  readonly batch: number;
}

export interface MergeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

interface Batch {
  readonly load: ContactLoad;
  readonly after: number;
  readonly upTo: number;
}

/**
 * Merges the staged rows into the directory, a batch a transaction. A crash between two leaves the first ones merged;
 * the import is repeated, and finds them unchanged.
 */
export async function* mergeContacts(
  database: Database,
  context: MergeContext,
  load: ContactLoad,
  rejections: Rejections,
): AsyncGenerator<MergeCounts> {
  await checkComplete(database, load);
  let after = 0;
  for (;;) {
    const upTo = await lastLine(database, context, load, after);
    if (upTo === null) return;
    const batch = { load, after, upTo };
    const { counts, erased } = await inOrganization(database, context.orgNo, (tx) => mergeBatch(tx, context, batch));
    rejections.add(erased);
    yield counts;
    after = upTo;
  }
}

// The rows are logged and counted: a database that lost some must not make an import end short unnoticed.
const checkComplete = async (database: Database, { loadNo, rows }: ContactLoad): Promise<void> => {
  const [found] = await database.query<{ rows: number }>(
    'select count(*)::int as rows from staging.contact_row where load_no = $1',
    [loadNo],
  );
  if (found?.rows !== rows) throw new Error(`load ${loadNo} holds ${found?.rows} rows instead of ${rows}`);
};

const lastLine = async (
  database: Database,
  context: MergeContext,
  load: ContactLoad,
  after: number,
): Promise<number | null> => {
  const [found] = await database.query<{ line: number | null }>(
    `select max(line) as line from (
       select line from staging.contact_row where load_no = $1 and line > $2 order by line limit $3) next`,
    [load.loadNo, after, context.batch],
  );
  return found?.line ?? null;
};

const mergeBatch = async (tx: Transaction, context: MergeContext, batch: Batch) => {
  // Contacts are reached by their key, line by line: the directory is never read as a whole for one batch.
  await tx.query(`select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`);
  const range = [batch.load.loadNo, batch.after, batch.upTo];
  const [size] = await tx.query<{ rows: number }>(`select count(*)::int as rows from (${ROWS}) s`, range);
  const created = await tx.query(INSERT_NEW, [...range, context.orgNo, context.at, context.emailOptedIn]);
  const updated = await tx.query(UPDATE_CHANGED, [...range, context.orgNo, context.at]);
  const erased = await tx.query<Rejection>(ERASED, [...range, context.orgNo]);
  const unchanged = (size?.rows ?? 0) - created.length - updated.length - erased.length;
  return { counts: { created: created.length, updated: updated.length, unchanged }, erased };
};

const ROWS = 'select * from staging.contact_row where load_no = $1 and line > $2 and line <= $3';

// One look into the unique index for each line. Written as a join, the planner, which has no statistics of fresh rows,
// may read the lines once for every contact.
const FOUND = `
with found as materialized (
  select s.*, (
    select c.contact_no from campaign.contact c where c.org_no = $4 and c.external_id = s.external_id
  ) as contact_no from (${ROWS}) s
)`;

const INSERT_NEW = `${FOUND}
insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, phone, sms_opted_in, first_name,
  last_name, locale, time_zone, country, tags, attributes, created_at, updated_at)
select $4, s.external_id, s.email, s.email is not null, coalesce(s.email_opted_in, $6), s.phone,
  coalesce(s.sms_opted_in, false), s.first_name, s.last_name, s.locale, s.time_zone, s.country,
  coalesce(s.tags, '{}'), jsonb_strip_nulls(s.attributes), $5, $5
from found s where s.contact_no is null
order by s.line
on conflict (org_no, external_id) do nothing
returning 1`;

/** Columns that a line may set; what it says nothing about stays. */
const MERGED = [
  'email',
  'email_opted_in',
  'phone',
  'sms_opted_in',
  'first_name',
  'last_name',
  'locale',
  'time_zone',
  'country',
  'tags',
] as const;

const merged = (column: string): string => `coalesce(s.${column}, c.${column})`;
const ATTRIBUTES = 'jsonb_strip_nulls(c.attributes || s.attributes)';

// Computed from the row as it is when it is locked: a consent withdrawn meanwhile is not overwritten by an older read.
// Suppression is not touched: nobody is subscribed again by an import (P-20).
const UPDATE_CHANGED = `${FOUND}
update campaign.contact c
set ${MERGED.map((column) => `${column} = ${merged(column)}`).join(', ')}, attributes = ${ATTRIBUTES}, shadow = false,
  email_valid = case when s.email is distinct from c.email and s.email is not null then true else c.email_valid end,
  revision = c.revision + 1, updated_at = $5
from found s
where c.contact_no = s.contact_no and c.erased_at is null
  and (c.shadow or (${MERGED.map(merged).join(', ')}, ${ATTRIBUTES})
    is distinct from (${MERGED.map((column) => `c.${column}`).join(', ')}, c.attributes))
returning 1`;

const ERASED = `${FOUND}
select s.line, 'this person was erased' as reason
from found s join campaign.contact c on c.contact_no = s.contact_no
where c.erased_at is not null order by s.line`;
