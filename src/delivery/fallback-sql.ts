import { consentedSql, type Purpose, reachableSql, suppressedSql } from '../channel/channel-gates';
import { CHANNEL, CHUNK_CAUSE, CHUNK_STATE, type ChannelKind, DISPOSITION } from '../shared/ledger-codes';

const { queued, in_flight } = DISPOSITION;

// Tests move their own clock.
const NOW = 'coalesce($4::timestamptz, statement_timestamp())';

// Deliveries are on the row alone; what else is told is a touch too.
const FIRST_TIMES = ['delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'complained']
  .map((fact) => `m.${fact}_at`)
  .join(', ');

/** The chunk, if it is still held: $1 exec_no · $2 chunk_no · $3 fence. In the order of locks it comes before its messages. */
export const HOLD_SQL = `select expires_at from campaign.chunk
where exec_no = $1 and chunk_no = $2 and fence = $3 and state = ${CHUNK_STATE.open} for no key update`;

/** The messages, in the order of their keys: $1 exec_no of each · $2 seq · $3 attempt. */
export const LOCK_SQL = `select 1 from unnest($1::bigint[], $2::int[], $3::smallint[]) as w (exec_no, seq, attempt)
join campaign.message m on m.exec_no = w.exec_no and m.seq = w.seq and m.attempt = w.attempt and m.disposition = ${in_flight}
order by m.exec_no, m.seq for no key update of m`;

/**
 * The counters of this minute that such messages move, in the order of their keys: a statement sorts its own, two of one
 * transaction do not. $1 exec_no · $2 seq of each · $3 channels · $4 the time, null: the database's.
 */
export const LOCK_COUNTERS_SQL = `select 1 from campaign.counter
where exec_no = $1 and channel = any($3::smallint[]) and goal = 0 and segment_no = 0 and bucket = date_trunc('minute', ${NOW})
  and variant_no = any(array(
    select distinct coalesce(m.variant_no, 0) from campaign.message m where m.exec_no = $1 and m.seq = any($2::int[])))
order by variant_no, channel for no key update`;

/**
 * Moves messages whose last attempt was refused to the first of `others` that takes their people: the next attempt in the
 * same slot, in list chunks of that channel, and everything that a row counts for with it, outcomes included. The caller has
 * locked chunk and messages, so whoever counts something of them comes after and sees their channel.
 *
 * A message that anybody has told something of stays where it is: an attempt of before was accepted.
 *
 * $1 exec_no of each · $2 seq · $3 attempt · $4 the time, null: the database's · $5 when they expire.
 */
export const fallbackSql = (others: readonly ChannelKind[], purpose: Purpose): string => `
with wanted as materialized (
  select * from unnest($1::bigint[], $2::int[], $3::smallint[]) as w (exec_no, seq, attempt)
),
found as materialized (
  select m.exec_no, m.seq, m.org_no, m.contact_no, coalesce(m.variant_no, 0) as variant_no, m.phase, m.eligible, m.channel as was,
    case ${others.map((kind) => `when ${takesSql(kind, purpose)} then ${CHANNEL[kind]}`).join('\n      ')} end as channel
  from wanted w
  cross join lateral (
    select * from campaign.message m
    where m.exec_no = w.exec_no and m.seq = w.seq and m.attempt = w.attempt and m.disposition = ${in_flight} offset 0
  ) m
  cross join lateral (
    select * from campaign.contact c where c.contact_no = m.contact_no and c.erased_at is null offset 0
  ) c
  where coalesce(${FIRST_TIMES}) is null
    and not exists (select from campaign.touch t where t.exec_no = m.exec_no and t.seq = m.seq)
),
placed as materialized (
  select f.*, ${isPerson('was', 'and o.seq not in (select seq from found where channel is not null)')} as leaves,
    ${isPerson('channel', '')} as joins
  from found f where channel is not null
),
moved as (
  update campaign.message m set channel = p.channel, attempt = m.attempt + 1, began = m.attempt + 1, disposition = ${queued}, gate = 0
  from placed p where m.exec_no = p.exec_no and m.seq = p.seq
  returning p.*
),
chunks as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, cause)
  select exec_no, min(org_no), channel, phase, ${NOW}, $5::timestamptz, count(*), array_agg(seq order by seq),
    ${CHUNK_CAUSE.other_channel}
  from moved group by exec_no, channel, phase order by channel, phase
),
deltas as (
  select m.exec_no, m.variant_no, s.channel, 0 as goal, date_trunc('minute', ${NOW}) as bucket, m.org_no, s.sign as audience,
    s.person as people, s.sign * m.eligible::int as eligible, least(s.sign, 0) as in_flight, greatest(s.sign, 0) as queued,
    0 as outcomes, 0 as outcome_events, 0::numeric as outcome_value
  from moved m cross join lateral (values (-1, m.was, -m.leaves), (1, m.channel, m.joins)) s (sign, channel, person)
  union all
  select o.exec_no, o.variant_no, s.channel, o.goal, date_trunc('minute', o.at), o.org_no, 0, 0, 0, 0, 0, s.sign * o.first, s.sign,
    s.sign * o.value
  from (
    select o.exec_no, o.goal, o.at, o.org_no, o.value, p.variant_no, p.was, p.channel,
      (row_number() over (partition by o.exec_no, o.seq, o.goal order by o.at, o.source, o.event_id) = 1)::int as first
    from placed p join campaign.outcome o on o.exec_no = p.exec_no and o.seq = p.seq
  ) o cross join lateral (values (-1, o.was), (1, o.channel)) s (sign, channel)
),
counted as (
  insert into campaign.counter as counter (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, audience, people,
    eligible, in_flight, queued, outcomes, outcome_events, outcome_value)
  select exec_no, variant_no, channel, goal, 0, bucket, min(org_no), sum(audience), sum(people), sum(eligible), sum(in_flight),
    sum(queued), sum(outcomes), sum(outcome_events), sum(outcome_value)
  from deltas group by exec_no, variant_no, channel, goal, bucket order by 1, 2, 3, 4, 6
  on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
  set audience = counter.audience + excluded.audience, people = counter.people + excluded.people,
    eligible = counter.eligible + excluded.eligible, in_flight = counter.in_flight + excluded.in_flight,
    queued = counter.queued + excluded.queued, outcomes = counter.outcomes + excluded.outcomes,
    outcome_events = counter.outcome_events + excluded.outcome_events, outcome_value = counter.outcome_value + excluded.outcome_value
)
select count(*) from moved`;

const takesSql = (kind: ChannelKind, purpose: Purpose): string =>
  `not ${suppressedSql(kind, 'm.contact_no', purpose)} and (${consentedSql(kind, purpose)}) and (${reachableSql(kind)})`;

// A person counts once on a channel, however often a rolling execution writes to them.
const isPerson = (channel: 'was' | 'channel', others: string): string =>
  `(row_number() over (partition by f.contact_no, f.${channel} order by f.seq) = 1 and not exists (
      select from campaign.message o where o.contact_no = f.contact_no and o.exec_no = f.exec_no and o.channel = f.${channel}
        ${others}))::int`;
