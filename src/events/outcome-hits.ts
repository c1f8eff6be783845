import type { Transaction } from '../adapters/postgres';
import { DISPOSITION, EXECUTION_KIND } from '../shared/ledger-codes';
import type { LocatedOutcomeEvent } from './outcomes';
import { numberArray } from './pg-array';

/** Event `n` of the batch is an outcome of this message for this goal. */
export interface OutcomeHit {
  readonly n: number;
  readonly exec_no: number;
  readonly seq: number;
  readonly slot: number;
  readonly eligible: boolean;
  readonly variant_no: number;
  readonly channel: number;
  readonly goal: number;
  readonly value_field: string | null;
}

const DAY_MS = 86_400_000;
/** The longest window of a goal, and how much earlier than its last judgement an execution may have been created. */
const REACH_DAYS = 30 + 60;
/** Longer than any transaction of expansion lives. */
const JUDGING_MS = 60_000;
const EXEC_NO_PER_DAY = 2 ** 32;
const SLOT_CHANNELS = 16;

/**
 * One statement, hence one snapshot, reads both what has been judged and how far each execution's cursor is.
 *
 * The clock of an outcome starts when its person is judged. An event can be here before the transaction that judged its
 * person is: that transaction took its time first and commits a moment later. Cursor and rows commit together, so in
 * this snapshot either the cursor is past the person, and the row is visible, or it is not, and the event is looked at
 * again a little later ("waiting"). It stops waiting after a minute: who is judged by then is judged after the event,
 * which is no outcome. So nothing waits for an execution that is paused, or slow, for hours. Of who waits for a variant
 * the clock starts at the claim that sets it, and their events wait alike, once there is an epoch to claim by: an event
 * that follows its claim follows the epoch, too.
 */
const HITS = `
with e as materialized (
  select * from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::float8[]) as e (n, org_no, external_id, event_type, at)
),
p as materialized (
  select e.n, e.org_no, e.event_type, to_timestamp(e.at / 1000) as at, c.contact_no
  from e join campaign.contact c on c.org_no = e.org_no and c.external_id = e.external_id
)
select p.n, m.exec_no, m.seq, m.slot, m.eligible, coalesce(m.variant_no, 0) as variant_no, m.channel, g.no as goal,
  g."valueField" as value_field
from p
join campaign.message m on m.contact_no = p.contact_no and m.exec_no >= $6::bigint
join campaign.execution x on x.exec_no = m.exec_no and x.kind <> ${EXECUTION_KIND.TEST}
cross join lateral jsonb_to_recordset(x.goals) as g (no smallint, "eventType" text, "windowDays" float8, "valueField" text)
where g."eventType" = p.event_type and m.judged_at <= p.at and (m.phase = 0 or m.variant_no is not null)
  and p.at < m.judged_at + make_interval(secs => g."windowDays" * 86400)
union all
select p.n, 0, 0, 0, false, 0, 0, 0, null
from p
where p.at > $7::timestamptz and exists (
  select 1 from campaign.execution x
  where x.org_no = p.org_no and x.status in ('pending', 'running', 'paused') and not x.audience_closed
    and x.cursor_contact_no < p.contact_no and x.created_at <= p.at
    and x.goals @> jsonb_build_array(jsonb_build_object('eventType', p.event_type))
  union all
  select 1 from campaign.message m join campaign.execution x on x.exec_no = m.exec_no and x.epoch > 0
  where m.contact_no = p.contact_no and m.exec_no >= $6::bigint and m.phase = 1 and m.variant_no is null
    and m.disposition = ${DISPOSITION.queued}
    and x.goals @> jsonb_build_array(jsonb_build_object('eventType', p.event_type)))`;

/** What the events are outcomes of, and the places in the batch of those whose people may just be being judged. */
export async function readOutcomeHits(
  tx: Transaction,
  events: readonly LocatedOutcomeEvent[],
  now: Date,
): Promise<{ hits: OutcomeHit[]; waiting: number[] }> {
  if (events.length === 0) return { hits: [], waiting: [] };
  const earliest = Math.min(...events.map((event) => event.at));
  const rows = await tx.query<OutcomeHit>(
    HITS,
    [
      numberArray(events.map((_, n) => n)),
      numberArray(events.map((event) => event.orgNo)),
      events.map((event) => event.externalId),
      events.map((event) => event.eventType),
      numberArray(events.map((event) => event.at)),
      Math.max(0, Math.floor(earliest / DAY_MS) - REACH_DAYS) * EXEC_NO_PER_DAY,
      new Date(now.getTime() - JUDGING_MS),
    ],
    'outcome-hits',
  );
  return {
    hits: oneForEachFiring(rows.filter((row) => row.exec_no > 0)),
    waiting: rows.filter((row) => row.exec_no === 0).map((row) => row.n),
  };
}

/** A person addressed on several channels of one firing has several rows: the outcome hangs on the one that leads. */
function oneForEachFiring(hits: readonly OutcomeHit[]): OutcomeHit[] {
  const sorted = [...hits].sort((a, b) => Number(a.eligible) - Number(b.eligible) || b.slot - a.slot);
  const firing = (hit: OutcomeHit) => `${hit.n} ${hit.exec_no} ${Math.floor(hit.slot / SLOT_CHANNELS)} ${hit.goal}`;
  const leading = [...new Map(sorted.map((hit) => [firing(hit), hit])).values()];
  return leading.sort((a, b) => a.exec_no - b.exec_no || a.seq - b.seq || a.goal - b.goal || a.n - b.n);
}
