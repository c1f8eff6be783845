import { DISPOSITION } from '../shared/ledger-codes';

const { queued, in_flight } = DISPOSITION;

export const NOW = 'coalesce($5::timestamptz, statement_timestamp())';

/** The arm of each undecided row ($1 exec_no · $2 seq · $3 external id), by the epoch in force, with the salt $4. */
// Rows are joined by their whole key, as everywhere: of a fresh execution the planner expects no rows.
export const DRAWN = `wanted as materialized (
  select * from unnest($1::bigint[], $2::int[], $3::text[]) as w (exec_no, seq, external_id)
),
arms as materialized (
  select (w.value ->> 'no')::smallint as no, sum((w.value ->> 'weight')::int) over (order by w.ordinality) as up_to
  from campaign.execution e join campaign.allocation_epoch a on a.exec_no = e.exec_no and a.epoch = e.epoch
  cross join lateral jsonb_array_elements(a.weights) with ordinality w
  where e.exec_no = $1[1] and (w.value ->> 'weight')::int > 0
),
drawn as materialized (
  select w.exec_no, w.seq, (
    select a.no from arms a where campaign.hash_bucket($4, w.external_id) < a.up_to order by a.up_to limit 1) as no
  from wanted w
)`;

/**
 * The choice where a person may have several messages: all of theirs that still wait get the variant of the first that is
 * claimed, and the clock of their outcomes starts with it. People count with the message that leads, as in the expansion.
 */
export const CHOOSE_SPREAD_SQL = `
with ${DRAWN},
people as materialized (
  select m.exec_no, m.contact_no, min(d.no) as no from drawn d join campaign.message m on m.exec_no = d.exec_no and m.seq = d.seq
  where d.no is not null group by 1, 2
),
chosen as (
  update campaign.message m set variant_no = p.no, judged_at = ${NOW}
  from people p
  where m.contact_no = p.contact_no and m.exec_no = p.exec_no and m.phase = 1 and m.variant_no is null
    and m.disposition in (${queued}, ${in_flight})
  returning m.exec_no, m.seq, m.org_no, m.contact_no, m.slot, m.channel, m.variant_no, m.eligible, m.disposition
),
moved as (
  select c.*, not exists (select 1 from campaign.message s where s.contact_no = c.contact_no and s.exec_no = c.exec_no
    and s.slot / 16 = c.slot / 16 and (not s.eligible, s.slot) < (not c.eligible, c.slot)) as leads
  from chosen c
),
counted as (
  insert into campaign.counter as counter
    (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, audience, people, eligible, queued, in_flight)
  select m.exec_no, s.variant_no, m.channel, 0, 0, date_trunc('minute', ${NOW}), min(m.org_no), sum(s.sign),
    sum(s.sign * m.leads::int), sum(s.sign * (m.leads and m.eligible)::int),
    sum(s.sign * (m.disposition = ${queued})::int), sum(s.sign * (m.disposition = ${in_flight})::int)
  from moved m cross join lateral (values (0, -1), (m.variant_no, 1)) s (variant_no, sign)
  group by m.exec_no, s.variant_no, m.channel order by 1, 2, 3
  on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
  set audience = counter.audience + excluded.audience, people = counter.people + excluded.people,
    eligible = counter.eligible + excluded.eligible, queued = counter.queued + excluded.queued,
    in_flight = counter.in_flight + excluded.in_flight
)
select c.seq, c.variant_no from chosen c join wanted w on w.exec_no = c.exec_no and w.seq = c.seq`;
