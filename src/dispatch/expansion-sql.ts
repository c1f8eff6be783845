import type { FrozenPlan } from '../execution/frozen-plan';
import { SqlParameters } from '../segment/sql-parameters';
import { CHANNEL, DISPOSITION } from '../shared/ledger-codes';
import { judgementSql } from './judgement-sql';

/** An execution whose audience is still open, locked by the transaction that expands it. */
export interface OpenExecution {
  readonly exec_no: number;
  readonly org_no: number;
  readonly plan: FrozenPlan;
  readonly upper_contact_no: number;
  readonly cursor_contact_no: number;
  readonly next_seq: number;
  readonly created_at: Date;
  /** When those who wait for a variant are due at the earliest; null where nobody waits, or what they get is decided. */
  readonly release_at: Date | null;
  /** When this step is made: the database's time, so that what is due is due for whoever asks it. */
  readonly now: Date;
}

/** How much of an audience one step judges, and how it is cut. */
export interface StepSize {
  /** Audience members judged at most. */
  readonly batch: number;
  /** Messages in a chunk at most. */
  readonly chunkSize: number;
}

/** People of one step who were judged alike. */
export interface JudgedGroup {
  readonly variant_no: number;
  readonly disposition: number;
  readonly reason: number;
  readonly eligible: number;
  readonly n: number;
  readonly last_contact_no: number;
}

/** The statement that judges the next people of an execution and writes their rows, chunks and exceptions. */
export function expansionSql(execution: OpenExecution, size: StepSize): { text: string; values: readonly unknown[] } {
  const parameters = new SqlParameters();
  const judgement = judgementSql(
    execution.plan,
    {
      orgNo: execution.org_no,
      afterContactNo: execution.cursor_contact_no,
      upperContactNo: execution.upper_contact_no,
      asOf: execution.created_at,
      limit: size.batch,
    },
    parameters,
  );
  return { text: writeJudged(judgement, execution, size, parameters), values: parameters.values };
}

/**
 * When each person's message is due: at once, or when their quiet hours end. Asked once for each zone; where nobody is
 * put off, nothing is asked. The guard looks again, for a chunk may come late. Who waits for a variant is due so many
 * minutes past the release, and asleep then or not as anybody else.
 */
export function dueTimes(
  plan: FrozenPlan,
  now: string,
  parameters: SqlParameters,
  release: Date | null = null,
): string {
  const { quietHours } = plan;
  if (release) return dueTimesOfWaiting(plan, now, parameters, release);
  if (!quietHours || quietHours.skips) return `timed as (select *, ${now} as due_at from judged)`;
  const [from, until, zone] = [quietHours.from, quietHours.until, quietHours.timeZone].map((one) =>
    parameters.bind(one),
  );
  return `zones as materialized (
    select zone, coalesce(campaign.quiet_until(${now}, zone, ${zone}, ${from}::time, ${until}::time), ${now}) as due_at
    from (select distinct coalesce(time_zone, ${zone}) as zone from judged) z
  ),
  timed as (
    select j.*, z.due_at from judged j join zones z on z.zone = coalesce(j.time_zone, ${zone})
  )`;
}

function dueTimesOfWaiting({ quietHours }: FrozenPlan, now: string, parameters: SqlParameters, release: Date): string {
  const from = `case when waits is null then ${now}
    else greatest(${now}, ${parameters.bind(release)}::timestamptz + make_interval(mins => waits)) end`;
  if (!quietHours || quietHours.skips) return `timed as (select *, ${from} as due_at from judged)`;
  const [quietFrom, until, zone] = [quietHours.from, quietHours.until, quietHours.timeZone].map((one) =>
    parameters.bind(one),
  );
  return `zones as materialized (
    select zone, waits, coalesce(campaign.quiet_until(at, zone, ${zone}, ${quietFrom}::time, ${until}::time), at) as due_at
    from (select distinct coalesce(time_zone, ${zone}) as zone, waits, ${from} as at from judged) z
  ),
  timed as (
    select j.*, z.due_at from judged j join zones z
      on z.zone = coalesce(j.time_zone, ${zone}) and z.waits is not distinct from j.waits
  )`;
}

// seq is ordered: queued first, then by due time, phase and zone, so that a chunk is one range of rows with one due time.
function writeJudged(judgement: string, execution: OpenExecution, size: StepSize, parameters: SqlParameters): string {
  const execNo = parameters.bind(execution.exec_no);
  const orgNo = parameters.bind(execution.org_no);
  const now = `${parameters.bind(execution.now)}::timestamptz`;
  const base = `${parameters.bind(execution.next_seq)}::int`;
  const chunkSize = `${parameters.bind(size.chunkSize)}::int`;
  const expiry = `${parameters.bind(execution.plan.expiresAfterHours)}::int`;
  const channel = CHANNEL.email;
  return `with ${judgement},
  ${dueTimes(execution.plan, now, parameters, execution.release_at)},
  numbered as materialized (
    select t.*,
      (row_number() over (order by disposition <> ${DISPOSITION.queued}, due_at, phase, time_zone, contact_no) - 1)::int as n
    from timed t
  ),
  rows as (
    insert into campaign.message
      (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, phase, gate, disposition, eligible, locale)
    select ${execNo}, ${base} + n, ${orgNo}, contact_no, ${now}, ${channel}, ${channel}, variant_no, phase, reason, disposition,
      eligible, locale
    from numbered order by n
  ),
  chunks as (
    insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, first_seq, last_seq, size)
    select ${execNo}, ${orgNo}, ${channel}, phase, due_at, due_at + make_interval(hours => ${expiry}),
      ${base} + min(n), ${base} + max(n), count(*)
    from numbered where disposition = ${DISPOSITION.queued} 
    group by due_at, phase, n / ${chunkSize} order by due_at, phase, n / ${chunkSize}
  ),
  exceptions as (
    insert into campaign.message_exception (exec_no, reason, seq, org_no, at)
    select ${execNo}, reason, ${base} + n, ${orgNo}, ${now} from numbered where reason > 0
  )
  select coalesce(variant_no, 0) as variant_no, disposition, reason, count(*) as n,
    count(*) filter (where eligible) as eligible, max(contact_no) as last_contact_no
  from numbered group by 1, 2, 3`;
}
