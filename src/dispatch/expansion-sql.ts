import { keepsRulesHeld } from '../audience/rules-held';
import { hoursOf } from '../channel/channel-hours';
import { STOP_BITS, stopShift } from '../channel/channel-stops';
import { anySuppressedSql, OTHER_ZONE, suppressionsSql, ZONE_FROM } from '../channel/person-facts';
import type { FrozenPlan } from '../execution/frozen-plan';
import { SqlParameters } from '../segment/sql-parameters';
import { CHANNEL, DISPOSITION, REASON } from '../shared/ledger-codes';
import type { JudgementScope } from './audience-sql';
import { dueTimes } from './due-times';
import { judgementSql } from './judgement-sql';
import { columnsOf, isSpread, stopOf } from './ways-sql';

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

/** Messages of one step that were judged alike. */
export interface JudgedGroup {
  readonly variant_no: number;
  readonly disposition: number;
  readonly reason: number;
  readonly channel: number;
  /** Rows; people among them, each of whom counts once; and eligible ones. */
  readonly n: number;
  readonly people: number;
  readonly eligible: number;
  readonly last_contact_no: number;
}

/** How far in the directory a step goes, and how it judges, where that is not as usual. */
export type StepScope = Partial<Pick<JudgementScope, 'upperContactNo' | 'contacts' | 'sets'>>;

/** The statement that judges the next people of an execution and writes their rows, chunks and exceptions. */
export function expansionSql(
  execution: OpenExecution,
  size: StepSize,
  stepScope: StepScope = {},
): { text: string; values: readonly unknown[] } {
  const parameters = new SqlParameters();
  const judgement = judgementSql(
    execution.plan,
    {
      orgNo: execution.org_no,
      afterContactNo: execution.cursor_contact_no,
      upperContactNo: execution.upper_contact_no,
      asOf: execution.created_at,
      limit: size.batch,
      tellsFacts: true,
      ...stepScope,
    },
    parameters,
  );
  return { text: writeJudged(judgement, execution, size, parameters), values: parameters.values };
}

// seq is ordered: queued first, then by due time, channel, phase and zone, so that a chunk is one range of rows with one due
// time on one channel.
function writeJudged(judgement: string, execution: OpenExecution, size: StepSize, parameters: SqlParameters): string {
  const execNo = parameters.bind(execution.exec_no);
  const orgNo = parameters.bind(execution.org_no);
  const now = `${parameters.bind(execution.now)}::timestamptz`;
  const base = `${parameters.bind(execution.next_seq)}::int`;
  const chunkSize = `${parameters.bind(size.chunkSize)}::int`;
  const expiry = `${parameters.bind(execution.plan.expiresAfterHours)}::int`;
  const { channel, alike, people } = columnsOf(execution.plan);
  const stops = stopBitsSql(execution.plan);
  const zone = zoneParts(execution.plan);
  const held = keepsRulesHeld(execution.plan) ? ', rules_held' : '';
  return `with ${judgement},
  ${dueTimes(execution.plan, { now, parameters, release: execution.release_at, asOf: execution.created_at, of: 'judged' })},
  numbered as materialized (
    select t.*${zone.number},
      (row_number() over (order by disposition <> ${DISPOSITION.queued}, due_at${alike}, phase, time_zone, contact_no) - 1)::int as n
    from timed t${zone.join}
  ),
  rows as (
    insert into campaign.message
      (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, phase, gate, disposition, eligible, locale, facts${held}${stops ? ', channel_stops' : ''})
    select ${execNo}, ${base} + n, ${orgNo}, contact_no, ${now}, ${channel}, ${channel}, variant_no, phase, reason, disposition,
      eligible, locale, facts${zone.bits}${held}${stops ? `, ${stops}` : ''}
    from numbered order by n
  ),
  chunks as (
    insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, ready_at, expires_at, first_seq, last_seq, size)
    select ${execNo}, ${orgNo}, ${channel}, phase, due_at, max(ready_at) filter (where ready_at < due_at),
      due_at + make_interval(hours => ${expiry}), ${base} + min(n), ${base} + max(n), count(*)
    from numbered where disposition = ${DISPOSITION.queued} 
    group by due_at${alike}, phase, n / ${chunkSize} order by due_at${alike}, phase, n / ${chunkSize}
  ),
  exceptions as (
    insert into campaign.message_exception (exec_no, reason, seq, org_no, at, seen)
    select ${execNo}, reason, ${base} + n, ${orgNo}, ${now}, ${suppressionsSeen(execution.plan)}
    from numbered where reason > 0
  )
  select coalesce(variant_no, 0) as variant_no, disposition, reason, ${channel} as channel, count(*) as n,
    ${people()} as people, ${people('eligible')} as eligible, max(contact_no) as last_contact_no
  from numbered group by 1, 2, 3${alike}`;
}

// Of plans that choose a channel for each person; with one, or with all, a row's own reason says it.
function stopBitsSql(plan: FrozenPlan): string | undefined {
  if (plan.channels.length < 2 || isSpread(plan)) return undefined;
  const bits = plan.channels.map((kind) => {
    const words = Object.entries(STOP_BITS).map(
      ([word, bit]) => `when ${REASON[word as keyof typeof STOP_BITS]} then ${bit}`,
    );
    return `(case ${stopOf(kind)} ${words.join(' ')} else 0 end << ${stopShift(kind)})`;
  });
  return bits.join(' | ');
}

// What is kept of everybody tells that they are suppressed; why and since when, only of who is not written to.
function suppressionsSeen({ channels }: FrozenPlan): string {
  const suppressions = suppressionsSql('numbered.contact_no', channels.map((kind) => CHANNEL[kind]).join(', '));
  return `case when ${anySuppressedSql('facts')} then jsonb_build_object('suppressions', ${suppressions}) end`;
}

// Where nobody rests, nobody's time zone is asked for.
function zoneParts(plan: FrozenPlan) {
  if (!plan.localTime && plan.channels.every((kind) => hoursOf(plan, kind) === null))
    return { number: '', join: '', bits: '' };
  return {
    number: `, case when time_zone is null then 0 else coalesce(z.no, ${OTHER_ZONE}) end as zone_no`,
    join: ' left join campaign.time_zone z on z.key = lower(t.time_zone)',
    bits: ` | (zone_no << ${ZONE_FROM})`,
  };
}
