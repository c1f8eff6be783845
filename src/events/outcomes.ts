import type { Transaction } from '../adapters/postgres';
import { type CounterDelta, upsertCounters } from '../metrics/counter-upsert';
import { amountFor, type OutcomeEvent } from './outcome-event';
import { type OutcomeHit, readOutcomeHits } from './outcome-hits';
import { numberArray } from './pg-array';

/** An event whose organization we know. */
export interface LocatedOutcomeEvent extends OutcomeEvent {
  readonly orgNo: number;
}

export interface OutcomeResult {
  /** Their people may be being judged at this moment: look again. */
  readonly waiting: readonly LocatedOutcomeEvent[];
  readonly execNos: readonly number[];
}

interface Outcome {
  readonly hit: OutcomeHit;
  readonly event: LocatedOutcomeEvent;
  readonly value: string;
}

const goalKey = ({ hit }: Pick<Outcome, 'hit'>): string => `${hit.exec_no}:${hit.seq}:${hit.goal}`;

/**
 * Writes down which events are outcomes, of whom and for which goal. By assignment: control and held-out people count
 * like everyone else, and no touch is asked for. Repeating it with the same events changes nothing.
 */
export async function applyOutcomes(
  tx: Transaction,
  events: readonly LocatedOutcomeEvent[],
  now: Date,
): Promise<OutcomeResult> {
  const { hits, waiting } = await readOutcomeHits(tx, events, now);
  const outcomes = hits.flatMap((hit): Outcome[] => {
    const event = events[hit.n];
    return event ? [{ hit, event, value: amountFor(event, hit.value_field) }] : [];
  });
  if (outcomes.length > 0) await record(tx, outcomes);
  return {
    waiting: waiting.flatMap((n) => events[n] ?? []),
    execNos: [...new Set(hits.map((hit) => hit.exec_no))],
  };
}

async function record(tx: Transaction, outcomes: readonly Outcome[]): Promise<void> {
  const { firsts, channels } = await lockPeople(tx, outcomes);
  const fresh = await insertOutcomes(
    tx,
    outcomes.map((outcome) => onChannelOf(outcome, channels)),
  );
  const deltas = fresh.flatMap((outcome) => [countEvent(outcome), ...countPerson(outcome, firsts)]);
  await markPeople(tx, fresh);
  await upsertCounters(tx, deltas);
}

/** What is known of people once their rows are locked. */
interface LockedPeople {
  /** The earliest outcome of each person and goal that is written down already. */
  readonly firsts: Map<string, number>;
  /** By which channel each message goes. */
  readonly channels: ReadonlyMap<string, number>;
}

// It may have moved to another channel since it was found.
const onChannelOf = ({ hit, ...outcome }: Outcome, channels: LockedPeople['channels']): Outcome => ({
  ...outcome,
  hit: { ...hit, channel: channels.get(`${hit.exec_no}:${hit.seq}`) ?? hit.channel },
});

/** Locks the rows in order. */
async function lockPeople(tx: Transaction, outcomes: readonly Outcome[]): Promise<LockedPeople> {
  const columns = keyColumns(outcomes);
  const locked = await tx.query<{ exec_no: number; seq: number; channel: number }>(
    `select m.exec_no, m.seq, m.channel from (select distinct exec_no, seq from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)) k
     join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq
     order by m.exec_no, m.seq for no key update of m`,
    columns,
    'outcome-lock',
  );
  const rows = await tx.query<{ exec_no: number; seq: number; goal: number; at: number }>(
    `select o.exec_no, o.seq, o.goal, round(extract(epoch from min(o.at)) * 1000)::float8 as at
     from (select distinct exec_no, seq from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)) k
     join campaign.outcome o on o.exec_no = k.exec_no and o.seq = k.seq group by 1, 2, 3`,
    columns,
    'outcome-firsts',
  );
  return {
    firsts: new Map(rows.map((row) => [`${row.exec_no}:${row.seq}:${row.goal}`, row.at])),
    channels: new Map(locked.map((row) => [`${row.exec_no}:${row.seq}`, row.channel])),
  };
}

const keyColumns = (outcomes: readonly Outcome[]): string[] => [
  numberArray(outcomes.map(({ hit }) => hit.exec_no)),
  numberArray(outcomes.map(({ hit }) => hit.seq)),
];

async function insertOutcomes(tx: Transaction, outcomes: readonly Outcome[]): Promise<Outcome[]> {
  const rows = await tx.query<{ exec_no: number; seq: number; goal: number; source: string; event_id: string }>(
    `insert into campaign.outcome (exec_no, seq, goal, org_no, source, event_id, at, value, currency)
     select exec_no, seq, goal, org_no, source, event_id, to_timestamp(at / 1000), value, currency
     from unnest($1::bigint[], $2::int[], $3::smallint[], $4::int[], $5::text[], $6::text[], $7::float8[], $8::numeric[],
       $9::text[]) as e (exec_no, seq, goal, org_no, source, event_id, at, value, currency)
     on conflict do nothing returning exec_no, seq, goal, source, event_id`,
    [
      ...keyColumns(outcomes),
      numberArray(outcomes.map(({ hit }) => hit.goal)),
      numberArray(outcomes.map(({ event }) => event.orgNo)),
      outcomes.map(({ event }) => event.source),
      outcomes.map(({ event }) => event.eventId),
      numberArray(outcomes.map(({ event }) => event.at)),
      outcomes.map(({ value }) => value),
      outcomes.map(({ event }) => event.currency),
    ],
    'outcome-insert',
  );
  const identity = (parts: readonly (string | number)[]) => JSON.stringify(parts);
  const fresh = new Set(rows.map((row) => identity([row.exec_no, row.seq, row.goal, row.source, row.event_id])));
  return outcomes
    .filter(({ hit, event }) => fresh.has(identity([hit.exec_no, hit.seq, hit.goal, event.source, event.eventId])))
    .sort((a, b) => a.event.at - b.event.at);
}

const placeOf = ({ hit, event }: Outcome) => ({
  execNo: hit.exec_no,
  orgNo: event.orgNo,
  variantNo: hit.variant_no,
  channel: hit.channel,
  goal: hit.goal,
});

const countEvent = (outcome: Outcome): CounterDelta => ({
  ...placeOf(outcome),
  at: new Date(outcome.event.at),
  changes: { outcome_events: 1 },
  value: outcome.value,
});

/** A person counts once for a goal, in the minute of the earliest event, whatever order they arrive in. */
function countPerson(outcome: Outcome, firsts: Map<string, number>): CounterDelta[] {
  const key = goalKey(outcome);
  const known = firsts.get(key);
  if (known !== undefined && known <= outcome.event.at) return [];
  firsts.set(key, outcome.event.at);
  const added = { ...placeOf(outcome), at: new Date(outcome.event.at), changes: { outcomes: 1 } };
  if (known === undefined) return [added];
  return [{ ...placeOf(outcome), at: new Date(known), changes: { outcomes: -1 } }, added];
}

async function markPeople(tx: Transaction, outcomes: readonly Outcome[]): Promise<void> {
  const masks = new Map<string, { outcome: Outcome; mask: number }>();
  for (const outcome of outcomes) {
    const key = `${outcome.hit.exec_no}:${outcome.hit.seq}`;
    const mask = (masks.get(key)?.mask ?? 0) | (1 << (outcome.hit.goal - 1));
    masks.set(key, { outcome, mask });
  }
  const rows = [...masks.values()];
  if (rows.length === 0) return;
  await tx.query(
    `update campaign.message m set outcome_mask = m.outcome_mask | e.mask
     from unnest($1::bigint[], $2::int[], $3::smallint[]) as e (exec_no, seq, mask)
     where m.exec_no = e.exec_no and m.seq = e.seq and m.outcome_mask | e.mask <> m.outcome_mask`,
    [...keyColumns(rows.map(({ outcome }) => outcome)), numberArray(rows.map(({ mask }) => mask))],
    'outcome-mask',
  );
}
