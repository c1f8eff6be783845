import type { Database, Transaction } from '../adapters/postgres';
import { checkContact } from './contact-check';
import { COPY_CONTACTS, copyText } from './contact-copy';
import type { ImportLine } from './contact-input';
import { copyInPieces, type StagedLine } from './copy-in-pieces';
import type { Rejection, Rejections } from './import-report';
import { inOrganization } from './in-organization';

/** Rows of one import that wait in the staging table. */
export interface ContactLoad {
  readonly loadNo: number;
  readonly rows: number;
}

type Lines = AsyncIterable<ImportLine> | Iterable<ImportLine>;

/**
 * Streams the lines into the staging table; lines that are no contacts are rejected and cost nothing else. A transaction
 * may be run again, a stream cannot be read again: so each piece of it has a transaction of its own.
 * Crash on the way: the rows belong to a load that nobody merges, and the upkeep drops them.
 */
export const stageContacts = async (
  database: Database,
  orgNo: number,
  lines: Lines,
  rejections: Rejections,
): Promise<ContactLoad> => {
  const loadNo = await inOrganization(database, orgNo, (transaction) => openLoad(transaction, orgNo));
  try {
    return { loadNo, rows: await stagePieces(database, { orgNo, loadNo }, lines, rejections) };
  } catch (error) {
    // What is left when this fails as well, the upkeep drops.
    await dropLoad(database, orgNo, { loadNo }).catch(() => undefined);
    throw error;
  }
};

const stagePieces = async (
  database: Database,
  { orgNo, loadNo }: { orgNo: number; loadNo: number },
  lines: Lines,
  rejections: Rejections,
): Promise<number> => {
  const rows = await copyInPieces({ database, orgNo, sql: COPY_CONTACTS }, asText(lines, loadNo), rejections);
  await database.query('update staging.contact_load set expected = $2 where load_no = $1', [loadNo, rows]);
  return rows;
};

/** Leaves the last row of every id; the earlier ones are rejected, and the first `kept` name the line that wins. */
export const rejectDuplicates = (
  database: Database,
  orgNo: number,
  { loadNo, rows }: ContactLoad,
  rejections: Rejections,
  kept: number,
): Promise<ContactLoad> =>
  inOrganization(database, orgNo, async (transaction) => {
    const named = await transaction.query<Rejection & { total: number }>(NAME_DUPLICATES, [loadNo, kept]);
    const total = named[0]?.total ?? 0;
    if (total > 0) await transaction.query(REMOVE_DUPLICATES, [loadNo]);
    const reasons = named.map(({ line, reason }) => ({ line, reason }));
    rejections.add(reasons, total);
    return { loadNo, rows: rows - total };
  });

/** Leaves out people who were erased: no import brings one back. */
export const rejectErased = (
  database: Database,
  orgNo: number,
  { loadNo, rows }: ContactLoad,
  rejections: Rejections,
): Promise<ContactLoad> =>
  inOrganization(database, orgNo, async (transaction) => {
    // One pass over the erased and the staged: fresh rows have no statistics that would tell a loop from a disaster.
    await transaction.query(`select set_config('enable_nestloop', 'off', true)`);
    const erased = await transaction.query<Rejection>(REMOVE_ERASED, [loadNo, orgNo]);
    rejections.add(erased);
    await transaction.query(`select set_config('enable_nestloop', 'on', true)`);
    return { loadNo, rows: rows - erased.length };
  });

export const dropLoad = (
  database: Database,
  orgNo: number,
  { loadNo }: Pick<ContactLoad, 'loadNo'>,
): Promise<unknown> =>
  inOrganization(database, orgNo, async (transaction) => {
    await transaction.query('delete from staging.contact_row where load_no = $1', [loadNo]);
    await transaction.query('delete from staging.contact_load where load_no = $1', [loadNo]);
  });

/** Opens a load in the staging tables; one that is forgotten is dropped by the upkeep. */
export const openLoad = async (transaction: Transaction, orgNo: number): Promise<number> => {
  const [load] = await transaction.query<{ load_no: number }>(
    'insert into staging.contact_load (org_no) values ($1) returning load_no',
    [orgNo],
  );
  if (!load) throw new Error('the load was not opened');
  return load.load_no;
};

async function* asText(lines: Lines, loadNo: number): AsyncGenerator<StagedLine> {
  for await (const item of lines) {
    const row = 'reason' in item ? item : checkContact(item.contact);
    yield 'reason' in row
      ? { line: item.line, reason: row.reason }
      : { line: item.line, text: copyText(loadNo, item.line, row) };
  }
}

const DUPLICATES = `(
  select ctid, line, max(line) over (partition by external_id) as winner from staging.contact_row where load_no = $1
) ranked where line < winner`;

const NAME_DUPLICATES = `
select line, 'the same id stands on line ' || winner || ', which wins' as reason, count(*) over ()::int as total
from ${DUPLICATES} order by line limit $2`;

// By place, not by a join: fresh rows have no statistics, and the planner's guess was a quadratic one.
const REMOVE_DUPLICATES = `delete from staging.contact_row where ctid = any(array(select ctid from ${DUPLICATES}))`;

const REMOVE_ERASED = `
delete from staging.contact_row s using campaign.contact c
where s.load_no = $1 and c.org_no = $2 and c.erased_at is not null and c.external_id = s.external_id
returning s.line, 'this person was erased' as reason`;
