import type { Purpose } from '../channel/channel-gates';
import { type ChannelKind, DISPOSITION, REASON } from '../shared/ledger-codes';
import { afterAnother, ofTest, onChannel, type PersonParts } from './guard-person-sql';

/** Settings of a sender's connections: none of its statements gains from reading a table as a whole. */
export const SENDER_SESSION = {
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_seqscan: 'off',
  enable_material: 'off',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  // Planning a guard takes as long as running it; there is one plan that is right.
  plan_cache_mode: 'force_generic_plan',
} as const;

const { queued, in_flight, unknown, skipped } = DISPOSITION;

// Tests move their own clock.
const NOW = 'coalesce($5::timestamptz, statement_timestamp())';

/** Where quiet hours come into the guard. */
interface QuietParts {
  readonly zone: string;
  readonly judgement: string;
  readonly judged: string;
  readonly putOff: string;
  /** What is kept of a person who rests and is skipped for that. */
  readonly seen: string;
}

/**
 * The guard of a slice, one statement (DESIGN §3, 5). It takes or checks the chunk's fence, judges each row of the slice
 * against the contact as it is now, marks what may go as in flight, and counts. Either all of that is committed and the
 * sender holds the slice, or nothing is.
 *
 * $1 exec_no · $2 chunk_no · $3 fence as the sender knows it · $4 take (a new fence) or check · $5 the time, null:
 * the database's · $6 lease ms ·
 * $7 rows at most · $8 transport takes keys · $9 longest age of a key in ms · $10 nothing expires before: null without limits ·
 * $11 how often the plan that the sender knows was edited: by another one nobody is guarded
 *
 * One clock judges all leases: the database's. A sender whose own is an hour ahead steals nothing, and takes nothing that
 * is not due.
 *
 * A row found in flight was begun by an earlier holder of the chunk and may have left: it keeps its key and may only go
 * again unchanged; else it becomes unknown. Rows and contacts must be reached one by one through their keys whatever the
 * statistics say (measured: a join that the planner was free to turn took 14 s for 500 rows): hence `offset 0`, and
 * SENDER_SESSION.
 *
 * With quiet hours: $12 from · $13 until · $14 zone of those whose own is unknown · $15 skip, else put off. Who is put
 * off is not touched, only named with the end of their quiet hours: settle carries them into a list chunk. One in flight is
 * put off in any case. Hours that are quiet as well: $16 from · $17 until. With send windows: $12 and $13 where the hours
 * that are open begin and end, in minutes of a week; $16 and $17 the same of the windows alone.
 */
const guardSql = (quiet: QuietParts, person: PersonParts) => `
with took as (
  update campaign.chunk k
  set fence = k.fence + $4::int, lease_until = ${NOW} + make_interval(secs => $6::float8 / 1000)
  from campaign.execution e
  where k.exec_no = $1 and k.chunk_no = $2 and k.fence = $3 and k.state = 0${person.ofChannel} and e.exec_no = k.exec_no
    and e.status = 'running' and e.plan_edits = $11::int and k.due_at <= ${NOW}
    and ($4::int = 0 or k.lease_until is null or k.lease_until < ${NOW})
  returning k.exec_no, k.chunk_no, k.org_no, k.fence, k.cursor, k.size, k.first_seq, k.seqs, k.expires_at
),
slice as materialized (
  select t.exec_no, t.org_no, t.expires_at, s.seq from took t
  cross join lateral (
    select t.first_seq + t.cursor + i as seq from generate_series(0, least($7::int, t.size - t.cursor) - 1) i
    where t.seqs is null
    union all
    select unnest(t.seqs[t.cursor + 1:t.cursor + $7::int])
  ) s
),
seen as materialized (
  select m.exec_no, m.seq, m.org_no, m.contact_no, m.variant_no, m.channel, m.attempt, m.disposition as was,
    m.guarded_at, ${person.revision} as revision_now,${quiet.zone} ${person.shown}.external_id, c.email,
    ${person.shown}.first_name, ${person.shown}.last_name, ${person.shown}.country, ${person.shown}.attributes${person.address('seen')},
    case
      when m.disposition = ${in_flight} and not $8::boolean then ${REASON.answer_lost}
      when ${person.isGone} then ${REASON.erased}
      when ${person.isSuppressed} then ${REASON.suppressed}
      ${person.consent}
      when not (${person.isReachable}) then ${REASON.not_eligible}
      when m.disposition = ${in_flight} and ${person.revision} <> m.revision then ${REASON.changed_in_flight}
      when m.disposition = ${in_flight} and m.guarded_at < ${NOW} - make_interval(secs => $9::float8 / 1000)
        then ${REASON.answer_lost}
      when m.disposition = ${queued} and greatest(s.expires_at, $10::timestamptz) <= ${NOW} then ${REASON.expired}
      else 0
    end as refusal
  from slice s
  cross join lateral (
    select * from campaign.message m
    where m.exec_no = s.exec_no and m.seq = s.seq and m.disposition in (${queued}, ${in_flight}) offset 0
  ) m
  left join lateral (select * from campaign.contact c where c.contact_no = m.contact_no offset 0) c on true${person.join}
),
${quiet.judgement}judged as (
  select *, case when refusal = 0 then ${in_flight} when was = ${in_flight} then ${unknown} else ${skipped} end as becomes
  from ${quiet.judged}
),
marked as (
  update campaign.message m
  set disposition = j.becomes, gate = j.refusal,
    revision = case when j.was = ${queued} then j.revision_now else m.revision end,
    guarded_at = case when j.was = ${queued} then ${NOW} else m.guarded_at end
  from judged j
  where m.exec_no = j.exec_no and m.seq = j.seq and m.disposition = j.was and m.attempt = j.attempt
  returning m.seq, m.org_no, m.contact_no, m.variant_no, m.channel, m.attempt, m.guarded_at, j.was, j.becomes, j.refusal,
    j.external_id, j.email, j.first_name, j.last_name, m.locale, j.country, j.attributes${person.address('j')}
),
exceptions as (
  insert into campaign.message_exception (exec_no, reason, seq, org_no, attempt, at, seen)
  select $1, refusal, seq, org_no, attempt, ${NOW}, ${seenOf(quiet, person)}
  from marked where refusal > 0 order by refusal, seq
  on conflict (exec_no, reason, seq) do update set attempt = excluded.attempt, at = excluded.at, seen = excluded.seen
),
counted as (
  insert into campaign.counter as counter
    (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, queued, in_flight, unknown, skipped)
  select $1, coalesce(variant_no, 0), channel, 0, 0, date_trunc('minute', ${NOW}), min(org_no),
    -count(*) filter (where was = ${queued}),
    count(*) filter (where becomes = ${in_flight}) - count(*) filter (where was = ${in_flight}),
    count(*) filter (where becomes = ${unknown}), count(*) filter (where becomes = ${skipped})
  from marked where was <> becomes group by coalesce(variant_no, 0), channel order by 2, 3
  on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
  set queued = counter.queued + excluded.queued, in_flight = counter.in_flight + excluded.in_flight,
    unknown = counter.unknown + excluded.unknown, skipped = counter.skipped + excluded.skipped
  returning 1
),
reasons as (
  insert into campaign.reason_counter as counter (exec_no, reason, variant_no, org_no, n)
  select $1, refusal, coalesce(variant_no, 0), min(org_no), count(*) from marked, (select count(*) from counted) after_counters
  where refusal > 0 group by refusal, coalesce(variant_no, 0) order by 2, 3
  on conflict (exec_no, reason, variant_no) do update set n = counter.n + excluded.n
)
select t.fence, least($7::int, t.size - t.cursor) as width, m.seq, m.attempt, m.was = ${in_flight} as may_have_left,
  m.contact_no, m.variant_no, (extract(epoch from m.guarded_at) * 1000)::float8 as guarded_at, m.external_id, m.email,
  m.first_name, m.last_name, m.locale, m.country, m.attributes${person.address('m')}${quiet.putOff}
from took t left join marked m on m.becomes = ${in_flight}
order by m.seq`;

// What it saw of whom it refuses (docs/ledger.md): looked up for those alone, so that nobody else waits for it.
const seenOf = (quiet: QuietParts, person: PersonParts): string => `case
    when refusal in (${OF_PERSON.join(', ')}) then ${person.seen}
    when refusal = ${REASON.expired} then (select jsonb_build_object('expiredAt', greatest(expires_at, $10::timestamptz)) from took)${quiet.seen}
  end`;

const OF_PERSON = [REASON.suppressed, REASON.no_consent, REASON.not_eligible, REASON.changed_in_flight];

const NEVER_QUIET: QuietParts = { zone: '', judgement: '', judged: 'seen', putOff: '', seen: '' };

const PUT_OFF = `until is not null and not ($15::boolean and was = ${queued})`;

// Asked once for each zone, for the end of quiet hours is dear to find. Who is put off is judged no further and not marked.
const quietParts = ({ address }: PersonParts, { until, reason }: Rest): QuietParts => ({
  zone: ' c.time_zone,',
  judgement: `quiet as materialized (
  select time_zone, ${until} as until, ${reason} as shut_by
  from (select distinct time_zone from seen where refusal = 0) zones
),
timed as materialized (
  select s.*, q.until, q.shut_by from seen s left join quiet q on s.refusal = 0 and q.time_zone is not distinct from s.time_zone
),
awake as (
  select exec_no, seq, org_no, contact_no, variant_no, channel, attempt, was, guarded_at, revision_now, external_id, email,
    first_name, last_name, country, attributes${address('awake')},
    case when until is null then refusal else shut_by end as refusal
  from timed where not (${PUT_OFF})
),
`,
  judged: 'awake',
  // With the first row alone: it may be as long as the slice.
  putOff: `,
  case when row_number() over (order by m.seq) = 1 then (
    select jsonb_agg(jsonb_build_object('seq', seq, 'until', extract(epoch from until) * 1000) order by seq)
    from timed where ${PUT_OFF}) end as put_off`,
  seen: `
    when refusal in (${REASON.quiet_hours}, ${REASON.outside_window}) then (
      select jsonb_build_object('timeZone', coalesce(time_zone, $14), 'until', until) from timed where timed.seq = marked.seq)`,
});

/** Until when people of a zone are not written to, and why. */
interface Rest {
  readonly until: string;
  readonly reason: string;
}

const quietUntil = (from: string, until: string) =>
  `campaign.quiet_until(${NOW}, time_zone, $14, ${from}::time, ${until}::time)`;
const closedUntil = (opens: string, closes: string) =>
  `campaign.closed_until(${NOW}, time_zone, $14, ${opens}::int[], ${closes}::int[])`;

const RESTS = {
  one: { until: quietUntil('$12', '$13'), reason: `${REASON.quiet_hours}` },
  two: { until: `coalesce(${quietUntil('$12', '$13')}, ${quietUntil('$16', '$17')})`, reason: `${REASON.quiet_hours}` },
  windows: {
    until: closedUntil('$12', '$13'),
    reason: `case when ${closedUntil('$16', '$17')} is null then ${REASON.quiet_hours} else ${REASON.outside_window} end`,
  },
} as const satisfies Readonly<Record<string, Rest>>;

/** How the hours of the day are looked at in a guard. */
export type Rests = 'none' | keyof typeof RESTS;

/** A statement and the name that it is prepared under. */
interface NamedSql {
  readonly name: string;
  readonly text: string;
}

const made = new Map<string, NamedSql>();

/** What a campaign is for, whether its messages may have come from another channel, and whether a budget pays them. */
type Course = Purpose & {
  readonly followsAnother?: boolean | undefined;
  readonly budget?: boolean | 'unasked' | undefined;
};

// A sender may not have read yet that the campaign was given a budget in a pause: it takes nothing without asking that one.
const WITHOUT_BUDGET = `
    and not exists (select 1 from campaign.campaign b where b.campaign_no = e.campaign_no and b.budget is not null)`;

/** The guard of a channel: made once for each that is used. */
export const guardOf = (kind: ChannelKind, course: Course, rests: Rests): NamedSql =>
  once(
    `guard ${kind} ${course.commercial ? 'commercial' : 'any'} ${rests}${course.followsAnother ? ' after' : ''}${course.budget ? ' paid' : ''}`,
    () => {
      const first = onChannel(kind, course);
      const person = course.followsAnother ? afterAnother(first) : first;
      const ofChannel = course.budget ? person.ofChannel : person.ofChannel + WITHOUT_BUDGET;
      return textOf({ ...person, ofChannel }, rests);
    },
  );

/** The guard of tests on a channel; nobody rests. */
export const testGuardOf = (kind: ChannelKind): NamedSql =>
  once(`guard ${kind} test`, () => guardSql(NEVER_QUIET, ofTest(kind)));

function once(name: string, write: () => string): NamedSql {
  const known = made.get(name) ?? { name, text: write() };
  made.set(name, known);
  return known;
}

function textOf(person: PersonParts, rests: Rests): string {
  if (rests === 'none') return guardSql(NEVER_QUIET, person);
  return guardSql(quietParts(person, RESTS[rests]), person);
}
