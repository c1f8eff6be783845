import type { Database, Transaction } from '../adapters/postgres';
import { type CounterDelta, type ReasonDelta, upsertCounters, upsertReasonCounters } from '../metrics/counter-upsert';
import { awaitLoginsOfNew } from '../session/await-login';
import { lockForWaiting } from '../session/login-locks';
import { crashPoint } from '../shared/crash-point';
import { DISPOSITION, type Disposition, dispositionName } from '../shared/ledger-codes';
import { createPlanNames } from '../shared/plan-names';
import { expansionSql, type JudgedGroup, type OpenExecution, type StepSize } from './expansion-sql';
import { inOrder, nextStretch, type Stretch } from './stretch';

/** How executions are expanded. */
export interface ExpandOptions extends StepSize {
  /** The time of the step; absent: the database's. */
  readonly now?: Date;
}

/** What a step did: people judged, messages queued; `closed` once the cursor has reached the end of the directory. */
export interface ExpandResult {
  readonly judged: number;
  readonly queued: number;
  readonly closed: boolean;
  readonly campaignId?: string;
}

interface Step {
  readonly execution: OpenExecution;
  readonly groups: readonly JudgedGroup[];
  readonly result: ExpandResult;
  /** The last contact that it is done with. */
  readonly cursor: number;
  /** Contacts that it cost something to look at. */
  readonly looked: number;
}

const nothing: ExpandResult = { judged: 0, queued: 0, closed: true };

/** Pause and cancel wait for the lock of a transaction: past so many people it takes up no further execution. */
const JUDGED_TOGETHER = 5_000;

/** A larger step is planned for its own audience: it may gain by another index. */
const SMALL_STEP = 1_000;

// Campaigns that differ in their values only have the same text.
const planName = createPlanNames('expand', 32);

/** One step of one execution, in a transaction of its own (see `expandTogether`). */
export async function expandStep(
  database: Database,
  { execNo, ...options }: ExpandOptions & { readonly execNo: number },
): Promise<ExpandResult> {
  const [result] = await expandTogether(database, [execNo], options);
  return result ?? nothing;
}

/**
 * Judges the next people of each execution and writes everything that follows from it in one transaction: rows, chunks,
 * exceptions, counters and cursors. Crash at any point: all of it is rolled back, or all of it stands and the cursors
 * are past them; nobody is judged twice, nobody is passed over. Execution rows are locked in the order of their numbers
 * and read again, so dispatchers that expand the same ones take turns. Answers for those that it came to; the others
 * have been left as they were.
 */
export function expandTogether(
  database: Database,
  execNos: readonly number[],
  options: ExpandOptions,
): Promise<ExpandResult[]> {
  return database.transaction(async (tx) => {
    const open = await lockOpenExecutions(tx, execNos, options.now);
    const inApp = open.filter(({ plan }) => plan.channels.includes('in_app'));
    if (inApp.length > 0) await lockForWaiting(tx, inApp.map(orgOf));
    const steps = await judgeInTurn(tx, open, options);
    if (steps.length === 0) return [];
    await moveCursors(tx, steps);
    await count(tx, steps);
    crashPoint('expand:before-commit');
    return steps.map(({ result }) => result);
  });
}

const orgOf = ({ org_no: orgNo }: OpenExecution): number => orgNo;

// "no key": settles insert list chunks, which refer to this row, while they hold counters that this step wants last.
function lockOpenExecutions(tx: Transaction, execNos: readonly number[], now?: Date): Promise<OpenExecution[]> {
  return tx.query<OpenExecution>(
    `select exec_no, org_no, plan, upper_contact_no, cursor_contact_no, next_seq, created_at,
       case when decision is null then release_at end as release_at, coalesce($2::timestamptz, statement_timestamp()) as now
     from campaign.execution
     where exec_no = any($1::bigint[]) and status = 'running' and not audience_closed order by exec_no for no key update`,
    [execNos, now],
    'expand-lock',
  );
}

async function judgeInTurn(tx: Transaction, open: readonly OpenExecution[], size: StepSize): Promise<Step[]> {
  const steps: Step[] = [];
  let looked = 0;
  for (const execution of open) {
    if (looked >= JUDGED_TOGETHER) break;
    const step = await judgeNext(tx, execution, size);
    steps.push(step);
    looked += step.looked;
  }
  return steps;
}

async function judgeNext(tx: Transaction, execution: OpenExecution, size: StepSize): Promise<Step> {
  const left = await leftOfCap(tx, execution);
  const stretch = await nextStretch(tx, execution, size.batch);
  const batch = Math.min(size.batch, left);
  const groups = await judge(tx, execution, { ...size, batch }, stretch);
  const { exec_no: execNo, next_seq: fromSeq, now, plan } = execution;
  if (plan.channels.includes('in_app')) await awaitLoginsOfNew(tx, { execNo, fromSeq, now });
  const judged = groups.reduce((sum, group) => sum + group.people, 0);
  const upper = stretch?.scope.upperContactNo ?? execution.upper_contact_no;
  const cursor =
    judged < batch ? upper : Math.max(execution.cursor_contact_no, ...groups.map((group) => group.last_contact_no));
  const result = {
    judged,
    queued: total(groups.filter((group) => group.disposition === DISPOSITION.queued)),
    closed: judged >= left || cursor >= execution.upper_contact_no,
    campaignId: execution.plan.campaignId,
  };
  return { execution, groups, result, cursor, looked: stretch?.size ?? judged };
}

function judge(tx: Transaction, execution: OpenExecution, size: StepSize, stretch?: Stretch): Promise<JudgedGroup[]> {
  const { text, values } = expansionSql(execution, size, stretch?.scope);
  const isNamed = size.batch <= SMALL_STEP && !stretch;
  const run = () => tx.query<JudgedGroup>(text, values, isNamed ? planName(text) : undefined);
  return stretch?.scope.sets ? inOrder(tx, run) : run();
}

/**
 * A cap holds whatever happens: who joins a capped audience after its draw may have a place in it, and then takes that of
 * somebody who comes later in the directory.
 */
async function leftOfCap(tx: Transaction, { exec_no: execNo, plan }: OpenExecution): Promise<number> {
  if (!plan.audienceCap) return Number.MAX_SAFE_INTEGER;
  const [row] = await tx.query<{ n: number }>(
    'select coalesce(sum(people), 0)::int8 as n from campaign.counter where exec_no = $1 and goal = 0',
    [execNo],
    'expand-cap',
  );
  return Math.max(0, plan.audienceCap.people - (row?.n ?? 0));
}

const total = (groups: readonly JudgedGroup[]): number => groups.reduce((sum, group) => sum + group.n, 0);

async function moveCursors(tx: Transaction, steps: readonly Step[]): Promise<void> {
  await tx.query(
    `update campaign.execution e
     set cursor_contact_no = s.cursor, next_seq = next_seq + s.rows, audience_closed = s.closed,
       closed_at = case when s.closed then s.now end
     from unnest($1::bigint[], $2::bigint[], $3::int[], $4::boolean[], $5::timestamptz[])
       as s (exec_no, cursor, rows, closed, now)
     where e.exec_no = s.exec_no`,
    [
      steps.map(({ execution }) => execution.exec_no),
      steps.map(cursorAfter),
      steps.map(({ groups }) => total(groups)),
      steps.map(({ result }) => result.closed),
      steps.map(({ execution }) => execution.now),
    ],
    'expand-cursors',
  );
}

const cursorAfter = ({ execution, cursor, result }: Step): number =>
  result.closed ? execution.upper_contact_no : cursor;

async function count(tx: Transaction, steps: readonly Step[]): Promise<void> {
  await upsertCounters(tx, steps.flatMap(counterDeltas));
  await upsertReasonCounters(tx, steps.flatMap(reasonDeltas));
}

const counterDeltas = ({ execution, groups }: Step): CounterDelta[] =>
  groups.map((group) => ({
    ...placeOf(execution, group),
    channel: group.channel,
    at: execution.now,
    changes: { audience: group.n, people: group.people, eligible: group.eligible, [dispositionOf(group)]: group.n },
  }));

const reasonDeltas = ({ execution, groups }: Step): ReasonDelta[] =>
  groups
    .filter((group) => group.reason > 0)
    .map((group) => ({ ...placeOf(execution, group), reason: group.reason, n: group.n }));

const placeOf = (execution: OpenExecution, group: JudgedGroup) => ({
  execNo: execution.exec_no,
  orgNo: execution.org_no,
  variantNo: group.variant_no,
});

function dispositionOf(group: JudgedGroup): Disposition {
  const name = dispositionName.get(group.disposition);
  if (!name) throw new RangeError(`disposition ${group.disposition} has no name`);
  return name;
}
