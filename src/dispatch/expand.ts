import type { Database, Transaction } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';
import { type CounterDelta, type ReasonDelta, upsertCounters, upsertReasonCounters } from '../metrics/counter-upsert';
import { SqlParameters } from '../segment/sql-parameters';
import { crashPoint } from '../shared/crash-point';
import { CHANNEL, DISPOSITION, type Disposition, dispositionName } from '../shared/ledger-codes';
import { judgementSql } from './judgement-sql';

/** What one step of expansion needs to know. */
export interface ExpandOptions {
  readonly execNo: number;
  readonly now: Date;
  /** Audience members judged in this transaction. */
  readonly batch: number;
  /** Messages in a chunk at most. */
  readonly chunkSize: number;
}

/** What a step did; `closed` once the cursor has reached the end of the directory. */
export interface ExpandResult {
  readonly judged: number;
  readonly queued: number;
  readonly closed: boolean;
  readonly campaignId?: string;
}

interface OpenExecution {
  org_no: number;
  plan: FrozenPlan;
  upper_contact_no: number;
  cursor_contact_no: number;
  next_seq: number;
  created_at: Date;
}

interface JudgedGroup {
  variant_no: number;
  disposition: number;
  reason: number;
  eligible: number;
  n: number;
  last_contact_no: number;
}

const nothing: ExpandResult = { judged: 0, queued: 0, closed: true };

/**
 * Judges the next people of an execution and writes everything that follows from it in one transaction: rows, chunks,
 * exceptions, counters and the cursor. Crash at any point: all of it is rolled back, or all of it stands and the
 * cursor is past them; nobody is judged twice, nobody is passed over. The execution row is locked and read again, so
 * two dispatchers that expand the same execution take turns.
 */
export function expandStep(database: Database, options: ExpandOptions): Promise<ExpandResult> {
  return database.transaction(async (tx) => {
    const execution = await lockOpenExecution(tx, options.execNo);
    if (!execution) return nothing;
    const groups = await judgeNext(tx, execution, options);
    const result = summary(groups, options, execution.plan);
    await moveCursor(tx, execution, groups, result, options);
    await count(tx, execution, groups, options);
    crashPoint('expand:before-commit');
    return result;
  });
}

// "no key": settles insert list chunks, which refer to this row, while they hold counters that this step wants last.
async function lockOpenExecution(tx: Transaction, execNo: number): Promise<OpenExecution | undefined> {
  const rows = await tx.query<OpenExecution>(
    `select org_no, plan, upper_contact_no, cursor_contact_no, next_seq, created_at from campaign.execution
     where exec_no = $1 and status = 'running' and not audience_closed for no key update`,
    [execNo],
  );
  return rows[0];
}

function judgeNext(tx: Transaction, execution: OpenExecution, options: ExpandOptions): Promise<JudgedGroup[]> {
  const parameters = new SqlParameters();
  const judgement = judgementSql(
    execution.plan,
    {
      orgNo: execution.org_no,
      afterContactNo: execution.cursor_contact_no,
      upperContactNo: execution.upper_contact_no,
      asOf: execution.created_at,
      limit: options.batch,
    },
    parameters,
  );
  return tx.query<JudgedGroup>(writeJudgedSql(judgement, execution, options, parameters), parameters.values);
}

// seq is ordered: queued first, then by time zone, so that a chunk is one range of rows with one due time.
function writeJudgedSql(
  judgement: string,
  execution: OpenExecution,
  options: ExpandOptions,
  parameters: SqlParameters,
): string {
  const execNo = parameters.bind(options.execNo);
  const orgNo = parameters.bind(execution.org_no);
  const now = `${parameters.bind(options.now)}::timestamptz`;
  const base = `${parameters.bind(execution.next_seq)}::int`;
  const chunkSize = `${parameters.bind(options.chunkSize)}::int`;
  const expiry = `${parameters.bind(execution.plan.expiresAfterHours)}::int`;
  const channel = CHANNEL.email;
  return `with ${judgement},
  numbered as materialized (
    select j.*, (row_number() over (order by disposition <> ${DISPOSITION.queued}, time_zone, contact_no) - 1)::int as n
    from judged j
  ),
  rows as (
    insert into campaign.message
      (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, gate, disposition, eligible, locale)
    select ${execNo}, ${base} + n, ${orgNo}, contact_no, ${now}, ${channel}, ${channel}, variant_no, reason, disposition,
      eligible, locale
    from numbered order by n
  ),
  chunks as (
    insert into campaign.chunk (exec_no, org_no, channel, due_at, expires_at, first_seq, last_seq, size)
    select ${execNo}, ${orgNo}, ${channel}, ${now}, ${now} + make_interval(hours => ${expiry}),
      ${base} + min(n), ${base} + max(n), count(*)
    from numbered where disposition = ${DISPOSITION.queued} group by n / ${chunkSize} order by n / ${chunkSize}
  ),
  exceptions as (
    insert into campaign.message_exception (exec_no, reason, seq, org_no, at)
    select ${execNo}, reason, ${base} + n, ${orgNo}, ${now} from numbered where reason > 0
  )
  select coalesce(variant_no, 0) as variant_no, disposition, reason, count(*) as n,
    count(*) filter (where eligible) as eligible, max(contact_no) as last_contact_no
  from numbered group by 1, 2, 3`;
}

function summary(groups: readonly JudgedGroup[], options: ExpandOptions, plan: FrozenPlan): ExpandResult {
  const judged = total(groups);
  const queued = total(groups.filter((group) => group.disposition === DISPOSITION.queued));
  return { judged, queued, closed: judged < options.batch, campaignId: plan.campaignId };
}

const total = (groups: readonly JudgedGroup[]): number => groups.reduce((sum, group) => sum + group.n, 0);

async function moveCursor(
  tx: Transaction,
  execution: OpenExecution,
  groups: readonly JudgedGroup[],
  result: ExpandResult,
  options: ExpandOptions,
): Promise<void> {
  const last = Math.max(execution.cursor_contact_no, ...groups.map((group) => group.last_contact_no));
  await tx.query(
    `update campaign.execution
     set cursor_contact_no = $2, next_seq = next_seq + $3, audience_closed = $4,
       closed_at = case when $4 then $5::timestamptz end
     where exec_no = $1`,
    [options.execNo, result.closed ? execution.upper_contact_no : last, result.judged, result.closed, options.now],
  );
}

async function count(
  tx: Transaction,
  execution: OpenExecution,
  groups: readonly JudgedGroup[],
  { execNo, now }: ExpandOptions,
): Promise<void> {
  const place = { execNo, orgNo: execution.org_no };
  const counters = groups.map(
    (group): CounterDelta => ({
      ...place,
      variantNo: group.variant_no,
      channel: CHANNEL.email,
      at: now,
      changes: { audience: group.n, people: group.n, eligible: group.eligible, [dispositionOf(group)]: group.n },
    }),
  );
  const reasons = groups
    .filter((group) => group.reason > 0)
    .map((group): ReasonDelta => ({ ...place, reason: group.reason, variantNo: group.variant_no, n: group.n }));
  await upsertCounters(tx, counters);
  await upsertReasonCounters(tx, reasons);
}

function dispositionOf(group: JudgedGroup): Disposition {
  const name = dispositionName.get(group.disposition);
  if (!name) throw new RangeError(`disposition ${group.disposition} has no name`);
  return name;
}
