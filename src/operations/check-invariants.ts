import type { Database } from '../adapters/postgres';
import { dispositionName, REASON } from '../shared/ledger-codes';

/** Figures whose minute is that of their fact; the others are compared over all minutes together. */
const ENGAGEMENT = {
  delivered: 'delivered_at',
  opened: 'opened_at',
  clicked: 'clicked_at',
  bounced_hard: 'bounced_at',
  unsubscribed: 'unsubscribed_at',
  complained: 'complained_at',
} as const;

const TOUCHES = {
  opens: 'kind = 1 and verdict = 0',
  opened_machine: 'kind = 1 and verdict = 1',
  clicks: 'kind = 2 and verdict = 0',
  clicked_machine: 'kind = 2 and verdict = 1',
  bounced_soft: 'kind = 4',
  replied: 'kind = 7',
} as const;

const DISPOSITIONS = [...dispositionName].map(([code, name]) => ({ code, name }));
const STATES = ['audience', 'people', 'eligible', ...DISPOSITIONS.map(({ name }) => name)];
const PEOPLE = { people_opened: 'opened_at', people_clicked: 'clicked_at' } as const;
const OUTCOMES = ['outcomes', 'outcome_events', 'outcome_value'];
const TIMED = [...[ENGAGEMENT, TOUCHES, PEOPLE].flatMap((figures) => Object.keys(figures)), ...OUTCOMES];

const scope = (alias: string): string => `($1::bigint is null or ${alias}.exec_no = $1)`;

// Of a person's messages on several channels one counts for figures of people.
const LEADS =
  'row_number() over (partition by m.exec_no, m.contact_no, m.slot / 16 order by not m.eligible, m.slot) = 1';

const MESSAGES = `select m.exec_no, m.seq, coalesce(m.variant_no, 0) as variant_no, m.channel, m.contact_no, m.disposition,
  m.eligible, m.slot, ${LEADS} as leads, ${Object.values(ENGAGEMENT).join(', ')} from campaign.message m where ${scope('m')}`;

const COUNTS = `
with m as materialized (${MESSAGES}),
expected as (
  select exec_no, variant_no, channel, 0 as goal, null::timestamptz as bucket, measure, n::numeric
  from (
    select exec_no, variant_no, channel, count(*) as audience, count(distinct contact_no) filter (where leads) as people,
      count(*) filter (where eligible and leads) as eligible,
      ${DISPOSITIONS.map(({ code, name }) => `count(*) filter (where disposition = ${code}) as ${name}`).join(', ')}
    from m group by 1, 2, 3
  ) s cross join lateral (values ${STATES.map((name) => `('${name}', ${name})`).join(', ')}) v (measure, n)
  union all
  select exec_no, variant_no, channel, 0, date_trunc('minute', at), measure, count(*)
  from m cross join lateral (values ${Object.entries(ENGAGEMENT)
    .map(([name, column]) => `('${name}', ${column})`)
    .join(', ')}) v (measure, at)
  where at is not null group by 1, 2, 3, 5, 6
  union all
  select exec_no, variant_no, channel, 0, date_trunc('minute', at), measure, count(*)
  from (
    select m.exec_no, min(m.variant_no) filter (where leads) as variant_no, min(m.channel) filter (where leads) as channel,
      v.measure, min(v.at) as at
    from m join campaign.execution e on e.exec_no = m.exec_no and e.spread
    cross join lateral (values ${Object.entries(PEOPLE)
      .map(([name, column]) => `('${name}', m.${column})`)
      .join(', ')}) v (measure, at)
    group by m.exec_no, m.contact_no, m.slot / 16, v.measure
  ) p where at is not null group by 1, 2, 3, 5, 6
  union all
  select m.exec_no, m.variant_no, m.channel, 0, date_trunc('minute', t.at), v.measure, count(*)
  from campaign.touch t join m on m.exec_no = t.exec_no and m.seq = t.seq
  cross join lateral (values ${Object.entries(TOUCHES)
    .map(([name, condition]) => `('${name}', ${condition})`)
    .join(', ')}) v (measure, holds)
  where v.holds group by 1, 2, 3, 5, 6
  union all
  select m.exec_no, m.variant_no, m.channel, o.goal, date_trunc('minute', o.at), v.measure, sum(v.n)
  from (select *, row_number() over (partition by exec_no, seq, goal order by at, source, event_id) = 1 as is_first
    from campaign.outcome x where ${scope('x')}) o
  join m on m.exec_no = o.exec_no and m.seq = o.seq
  cross join lateral (values ('outcome_events', 1), ('outcomes', is_first::int), ('outcome_value', value)) v (measure, n)
  group by 1, 2, 3, 4, 5, 6
),
actual as (
  select c.exec_no, c.variant_no, c.channel, c.goal::int as goal, v.bucket, v.measure, sum(v.n) as n
  from campaign.counter c cross join lateral (values
    ${STATES.map((name) => `('${name}', null, ${name}::numeric)`).join(', ')},
    ${TIMED.map((name) => `('${name}', bucket, ${name}::numeric)`).join(', ')}) v (measure, bucket, n)
  where c.segment_no = 0 and ${scope('c')} group by 1, 2, 3, 4, 5, 6
)
select format('execution %s variant %s channel %s goal %s at %s: %s is %s in the counters, %s in the rows',
  exec_no, variant_no, channel, goal, coalesce(bucket::text, 'any time'), measure, coalesce(a.n, 0), coalesce(e.n, 0)) as difference
from (select exec_no, variant_no, channel, goal, coalesce(bucket, '-infinity') as bucket, measure, n from expected) e
full join (select exec_no, variant_no, channel, goal, coalesce(bucket, '-infinity') as bucket, measure, n from actual) a
  using (exec_no, variant_no, channel, goal, bucket, measure)
where coalesce(e.n, 0) <> coalesce(a.n, 0) order by exec_no, variant_no, measure limit 100`;

const REASONS = `
with expected as (
  select x.exec_no, x.reason, coalesce(m.variant_no, 0) as variant_no, count(*) as n
  from campaign.message_exception x join campaign.message m on m.exec_no = x.exec_no and m.seq = x.seq
  where ${scope('x')} group by 1, 2, 3
),
actual as (select exec_no, reason, variant_no, n from campaign.reason_counter c where ${scope('c')})
select format('execution %s variant %s: reason %s is %s in the counters, %s in the rows', exec_no, variant_no, reason,
  coalesce(a.n, 0), coalesce(e.n, 0)) as difference
from expected e full join actual a using (exec_no, reason, variant_no) where coalesce(e.n, 0) <> coalesce(a.n, 0) limit 100`;

// 3 unknown, 4 failed, 5 skipped, 6 held out, 7 control: each says why, in one exception that its gate names.
const EXCEPTIONS = `
select format('execution %s message %s: disposition %s, gate %s, exceptions %s', m.exec_no, m.seq, m.disposition, m.gate,
  coalesce(x.reasons::text, 'none')) as difference
from campaign.message m left join lateral (
  select array_agg(reason) as reasons from campaign.message_exception x where x.exec_no = m.exec_no and x.seq = m.seq
    and x.reason between 1 and ${Math.max(...Object.values(REASON))}
) x on true
where ${scope('m')} and (m.disposition in (3, 4, 5, 6, 7) and x.reasons is distinct from array[m.gate]
  or m.disposition = 2 and x.reasons is not null) limit 100`;

// What has to be paid for of what has ended, beside the counters that it is made of.
const SPENDING = `
with ended as (select exec_no from campaign.execution e where status = 'completed' and ${scope('e')}),
expected as (
  select exec_no, channel, sum(sent + unknown + in_flight + bounced_back) as n
  from campaign.counter join ended using (exec_no) where goal = 0 and segment_no = 0 group by 1, 2
),
actual as (select exec_no, channel, messages as n from campaign.spending join ended using (exec_no))
select format('execution %s channel %s: %s messages to pay for, %s by the counters', exec_no, channel, coalesce(a.n, 0),
  coalesce(e.n, 0)) as difference
from expected e full join actual a using (exec_no, channel) where coalesce(e.n, 0) <> coalesce(a.n, 0) limit 100`;

const OPEN_ENDS = `
select format('execution %s is completed with %s messages still open', e.exec_no, count(*)) as difference
from campaign.execution e join campaign.message m on m.exec_no = e.exec_no
where e.status = 'completed' and m.disposition in (0, 1) and ${scope('e')} group by e.exec_no`;

const COVERED = `select k.exec_no, s.seq from campaign.chunk k cross join lateral (
    select k.first_seq + i as seq from generate_series(k.cursor, k.size - 1) i where k.seqs is null
    union all select unnest(k.seqs[k.cursor + 1:])
  ) s where k.state = 0 and ${scope('k')}`;

// A row that waits is in an open chunk, past the chunk's cursor, or waits for a login: else nobody would ever come for it.
const STRANDED = `
with covered as (${COVERED}
  union all select exec_no, seq from campaign.login_wait w where ${scope('w')}
)
select format('execution %s message %s waits in no open chunk', m.exec_no, m.seq) as difference
from campaign.message m where m.disposition in (0, 1) and ${scope('m')}
  and not exists (select 1 from covered c where c.exec_no = m.exec_no and c.seq = m.seq) limit 100`;

// Who waits for a login is queued, and in no chunk: else it could be sent twice, or be sent without one.
const WAITS = `
with covered as (${COVERED})
select format('execution %s message %s waits for a login, and is %s', w.exec_no, w.seq,
  case when m.disposition = 0 then 'in a chunk as well' else 'not queued' end) as difference
from campaign.login_wait w left join campaign.message m on m.exec_no = w.exec_no and m.seq = w.seq
where ${scope('w')} and (m.disposition is distinct from 0
  or exists (select 1 from covered c where c.exec_no = w.exec_no and c.seq = w.seq)) limit 100`;

const MASKS = `
select format('execution %s message %s: outcome mask %s, outcomes say %s', exec_no, seq, m.outcome_mask, o.mask) as difference
from (select exec_no, seq, bit_or(1 << (goal - 1)) as mask from campaign.outcome x where ${scope('x')} group by 1, 2) o
full join (select exec_no, seq, outcome_mask from campaign.message m where outcome_mask <> 0 and ${scope('m')}) m
  using (exec_no, seq)
where o.mask is distinct from m.outcome_mask::int limit 100`;

export interface InvariantOptions {
  /** Whether every waiting row must be in a chunk; tests that build rows by hand have none. Default true. */
  readonly chunks?: boolean;
}

/**
 * Everything that must hold at every commit, as one sentence for each difference; empty when the ledger is exact.
 * All of one execution, or of all of them.
 */
export async function findDifferences(
  database: Database,
  execNo?: number,
  { chunks = true }: InvariantOptions = {},
): Promise<string[]> {
  const statements = [COUNTS, REASONS, EXCEPTIONS, SPENDING, OPEN_ENDS, MASKS, ...(chunks ? [STRANDED, WAITS] : [])];
  return database.transaction(async (tx) => {
    // One snapshot for all: writers may be at work meanwhile.
    await tx.query('set transaction isolation level repeatable read, read only');
    const differences: string[] = [];
    for (const statement of statements) {
      const rows = await tx.query<{ difference: string }>(statement, [execNo ?? null]);
      differences.push(...rows.map((row) => row.difference));
    }
    return differences;
  });
}
