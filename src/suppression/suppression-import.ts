import type { Database, Transaction } from '../adapters/postgres';
import { arrayText, copyCell } from '../contact/contact-copy';
import type { ImportTarget } from '../contact/contact-import';
import { openLoad } from '../contact/contact-staging';
import { copyInPieces, type StagedLine } from '../contact/copy-in-pieces';
import { type Rejection, Rejections } from '../contact/import-report';
import { inOrganization } from '../contact/in-organization';
import { crashPoint } from '../shared/crash-point';
import type { GivenReason } from './suppression-reasons';
import { readTargets, type SuppressionInput } from './suppression-target';

/** What became of an import: `accepted` = added + present, and every line is accepted or rejected. */
export interface SuppressionReport {
  readonly accepted: number;
  /** Lines by which somebody, or an address, is suppressed who was not so before. */
  readonly added: number;
  readonly present: number;
  readonly rejected: number;
  readonly rejections: readonly Rejection[];
}

export interface SuppressionImportOptions {
  /** Of lines that give none. */
  readonly reason?: GivenReason | undefined;
  /** Rejected lines that the report names. */
  readonly rejections?: number;
  /** Lines taken over in one transaction. */
  readonly batch?: number;
}

/** A line of an import, or why there is none. */
export type SuppressionLine = { readonly line: number } & (
  | { readonly input: SuppressionInput }
  | { readonly reason: string }
);

const DEFAULTS = { rejections: 1000, batch: 10_000, reason: 'do_not_send' } as const;

/**
 * Stages all lines, then takes them over in batches: memory does not grow with the file. Crash on the way: the batches
 * before stand, the staged rows are dropped by the upkeep; repeated, the import finds those present.
 */
export async function importSuppressions(
  { database, orgNo, now }: ImportTarget,
  lines: AsyncIterable<SuppressionLine>,
  options: SuppressionImportOptions = {},
): Promise<SuppressionReport> {
  const settings = { ...DEFAULTS, ...options };
  const rejections = new Rejections(settings.rejections);
  const loadNo = await inOrganization(database, orgNo, (tx) => openLoad(tx, orgNo));
  try {
    const staged = staging(lines, loadNo, options.reason ?? DEFAULTS.reason);
    const accepted = await copyInPieces({ database, orgNo, sql: COPY }, staged, rejections);
    crashPoint('import-stage:after-commit');
    const load = { orgNo, loadNo, at: now(), batch: settings.batch };
    const added = await takeOver(database, load);
    return { accepted, added, present: accepted - added, rejected: rejections.count, rejections: rejections.kept };
  } finally {
    // What is left when this fails, the upkeep drops.
    await inOrganization(database, orgNo, (tx) => drop(tx, loadNo)).catch(() => undefined);
  }
}

async function* staging(
  lines: AsyncIterable<SuppressionLine>,
  loadNo: number,
  reason: GivenReason,
): AsyncGenerator<StagedLine> {
  for await (const item of lines) {
    const { line } = item;
    const targets = 'reason' in item ? item : readTargets(item.input, reason);
    if ('reason' in targets) yield { line, reason: targets.reason };
    else
      yield {
        line,
        text: targets
          .map((one) => [loadNo, line, one.kind, copyCell(one.target), arrayText(one.channels.map(String)), one.reason])
          .map((cells) => `${cells.join('\t')}\n`)
          .join(''),
      };
  }
}

interface Load {
  readonly orgNo: number;
  readonly loadNo: number;
  readonly at: Date;
  readonly batch: number;
}

async function takeOver(database: Database, { orgNo, loadNo, at, batch }: Load): Promise<number> {
  let added = 0;
  for (let after = 0; ; ) {
    const [next] = await database.query<{ line: number | null }>(NEXT, [loadNo, after, batch]);
    if (next?.line == null) return added;
    const range = [loadNo, after, next.line, orgNo];
    added += await inOrganization(database, orgNo, async (tx) => {
      const changed = await addBatch(tx, range, at);
      crashPoint('import-merge:before-commit');
      return changed;
    });
    crashPoint('import-merge:after-commit');
    after = next.line;
  }
}

async function addBatch(tx: Transaction, range: readonly number[], at: Date): Promise<number> {
  // Alone: a contact that comes meanwhile waits, and sees what is suppressed here; one that came before is seen here.
  await tx.query(`select pg_advisory_xact_lock(hashtext('campaign.address_suppression'), $1)`, [range[3]]);
  await tx.query(ADD_KEY, range);
  await tx.query(ADD_SHADOWS, [...range, at]);
  const [row] = await tx.query<{ added: number }>(ADD, [...range, at]);
  return row?.added ?? 0;
}

async function drop(tx: Transaction, loadNo: number): Promise<void> {
  await tx.query('delete from staging.suppression_row where load_no = $1', [loadNo]);
  await tx.query('delete from staging.contact_load where load_no = $1', [loadNo]);
}

const COPY = 'copy staging.suppression_row (load_no, line, kind, target, channels, reason) from stdin';

const NEXT = `select max(line) as line from (
  select distinct line from staging.suppression_row where load_no = $1 and line > $2 order by line limit $3) next`;

const ROWS = 'staging.suppression_row where load_no = $1 and line > $2 and line <= $3';

const ADD_KEY = `insert into campaign.address_key (org_no)
select $4::int where exists (select from ${ROWS} and kind > 0) on conflict do nothing`;

const ADD_SHADOWS = `insert into campaign.contact (org_no, external_id, shadow, created_at, updated_at)
select distinct $4::int, target, true, $5::timestamptz, $5::timestamptz from ${ROWS} and kind = 0 order by target
on conflict do nothing`;

// Who was erased is not to be known again. Of lines that say the same the first one adds it.
const ADD = `
with rows as materialized (
  select line, kind, target, channel, reason from ${ROWS.replace(' where', ' r cross join lateral unnest(r.channels) c (channel) where')}
),
people as materialized (
  select r.line, c.contact_no, r.channel, r.reason from rows r
  join campaign.contact c on c.org_no = $4::int and c.erased_at is null and c.external_id = r.target where r.kind = 0
  union all
  select r.line, c.contact_no, r.channel, r.reason from rows r
  join campaign.contact c on c.org_no = $4::int and c.erased_at is null and lower(c.email) = r.target where r.kind = 1
  union all
  select r.line, c.contact_no, r.channel, r.reason from rows r
  join campaign.contact c on c.org_no = $4::int and c.erased_at is null and campaign.plain_phone(c.phone) = r.target
  where r.kind = 2
),
hashed as materialized (
  select r.line, campaign.address_hash(k.key, r.target) as address_hash, r.channel, r.reason
  from rows r join campaign.address_key k on k.org_no = $4::int where r.kind > 0
),
addresses as (
  insert into campaign.address_suppression (org_no, address_hash, channel, reason, created_at)
  select distinct $4::int, address_hash, channel, reason, $5::timestamptz from hashed order by 2, 3, 4
  on conflict do nothing returning address_hash, channel, reason
),
suppressed as (
  insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
  select distinct $4::int, contact_no, channel, reason, $5::timestamptz from people order by 2, 3, 4
  on conflict do nothing returning contact_no, channel, reason
)
select count(*) as added from (
  select min(p.line) as line from people p join suppressed using (contact_no, channel, reason)
  group by contact_no, channel, reason
  union
  select min(h.line) from hashed h join addresses using (address_hash, channel, reason)
  group by address_hash, channel, reason
) lines`;
