import { CHANNEL, type ChannelKind, DISPOSITION, REASON } from '../shared/ledger-codes';
import type { TestRecipient } from './test-people';
import type { TestedVariant } from './test-plan';

/** A message of a test, as it is written. */
export interface TestRow {
  readonly seq: number;
  readonly contact_no: number;
  readonly slot: number;
  readonly channel: number;
  readonly variant_no: number;
  readonly reason: number;
  readonly locale: string | null;
}

const SLOTS = 16;

/**
 * Every recipient gets every variant: a slot for each, since a contact has a slot of an execution once. Those that may go
 * come first, so that they are one range of rows.
 */
export function testRows(
  recipients: readonly TestRecipient[],
  tested: readonly TestedVariant[],
  { kind, sampleLocale }: { readonly kind: ChannelKind; readonly sampleLocale: string | null },
): readonly TestRow[] {
  const channel = CHANNEL[kind];
  const rows = tested.flatMap(({ variant }, ordinal) =>
    recipients.map((recipient) => ({
      contact_no: recipient.contactNo,
      slot: ordinal * SLOTS + channel,
      channel,
      variant_no: variant.variantNo,
      reason: reasonAgainst(recipient),
      locale: sampleLocale ?? recipient.locale,
    })),
  );
  const [free, stopped] = [rows.filter(({ reason }) => reason === 0), rows.filter(({ reason }) => reason > 0)];
  return [...free, ...stopped].map((row, index) => ({ ...row, seq: index + 1 }));
}

const reasonAgainst = ({ suppressed, reachable }: TestRecipient): number =>
  suppressed ? REASON.suppressed : reachable ? 0 : REASON.not_eligible;

const { queued, skipped } = DISPOSITION;

/**
 * Writes all of a test that hangs on its execution, one statement: rows, their chunk, exceptions, counters and the end of
 * the audience. Values: exec_no, org_no, the time, hours to expiry, the rows as JSON. Due by the database's clock, which
 * judges it.
 */
export const WRITE_TEST_SQL = `
with given as (
  select ?::bigint as exec_no, ?::int as org_no, g.now, least(g.now, statement_timestamp()) as due_at, ?::int as hours
  from (select ?::timestamptz as now) g
),
rows as materialized (
  select g.*, r.*, case r.reason when 0 then ${queued} else ${skipped} end as disposition
  from given g cross join jsonb_to_recordset(?::jsonb)
    as r (seq int, contact_no bigint, slot smallint, channel smallint, variant_no smallint, reason smallint, locale text)
),
messages as (
  insert into campaign.message
    (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, gate, disposition, eligible, locale)
  select exec_no, seq, org_no, contact_no, now, slot, channel, variant_no, reason, disposition, reason = 0, locale
  from rows order by seq
),
chunks as (
  insert into campaign.chunk (exec_no, org_no, channel, due_at, expires_at, first_seq, last_seq, size)
  select exec_no, org_no, channel, due_at, due_at + make_interval(hours => hours), min(seq), max(seq), count(*)
  from rows where reason = 0 group by exec_no, org_no, channel, due_at, hours order by channel
),
exceptions as (
  insert into campaign.message_exception (exec_no, reason, seq, org_no, at)
  select exec_no, reason, seq, org_no, now from rows where reason > 0 order by reason, seq
),
closed as (
  update campaign.execution e set next_seq = 1 + (select count(*) from rows), closed_at = g.now
  from given g where e.exec_no = g.exec_no
),
counted as (
  insert into campaign.counter
    (exec_no, variant_no, channel, goal, segment_no, bucket, org_no, audience, people, eligible, queued, skipped)
  select exec_no, variant_no, channel, 0, 0, date_trunc('minute', now), org_no, count(*), count(*),
    count(*) filter (where reason = 0), count(*) filter (where reason = 0), count(*) filter (where reason > 0)
  from rows group by exec_no, variant_no, channel, now, org_no order by variant_no, channel
)
insert into campaign.reason_counter (exec_no, reason, variant_no, org_no, n)
select exec_no, reason, variant_no, org_no, count(*) from rows where reason > 0
group by exec_no, reason, variant_no, org_no order by reason, variant_no`;
