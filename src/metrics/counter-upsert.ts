import type { Transaction } from '../adapters/postgres';

/** The figures of a counter row; each is the number of ledger rows it stands for. */
export const MEASURES = [
  'audience',
  'people',
  'eligible',
  'queued',
  'in_flight',
  'sent',
  'unknown',
  'failed',
  'skipped',
  'held_out',
  'control',
  'cancelled',
  'delivered',
  'opened',
  'opened_machine',
  'opens',
  'clicked',
  'clicked_machine',
  'clicks',
  'bounced_hard',
  'bounced_soft',
  'bounced_back',
  'unsubscribed',
  'complained',
  'replied',
  'outcomes',
  'outcome_events',
  'people_opened',
  'people_clicked',
] as const;
export type Measure = (typeof MEASURES)[number];

/** A change of one counter row. Counts may be negative: a row that leaves a state takes itself out again. */
export interface CounterDelta {
  readonly execNo: number;
  readonly orgNo: number;
  /** 0: no variant. */
  readonly variantNo: number;
  readonly channel: number;
  /** 0: the message itself; from 1: outcomes of that goal. */
  readonly goal?: number;
  /** 0: all segments. */
  readonly segmentNo?: number;
  /** Any time within the minute of the fact. */
  readonly at: Date;
  readonly changes: Readonly<Partial<Record<Measure, number>>>;
  /** Added to `outcome_value`: a decimal of at most four places, such as `29.99`. */
  readonly value?: string;
}

/** A change of one row of `reason_counter`. */
export interface ReasonDelta {
  readonly execNo: number;
  readonly orgNo: number;
  readonly reason: number;
  readonly variantNo: number;
  readonly n: number;
}

/** The bucket of a fact: its minute, UTC. */
export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000);

/**
 * Adds deltas to the counters: `upsertCounters(tx, deltas)`. Call it once, as the last statement before COMMIT (then
 * `upsertReasonCounters`): the rows are shared by every writer of an execution, and are held from here to the commit.
 * Deltas of the same row are summed, rows are taken in the order of their key, so two writers never wait crosswise.
 */
export async function upsertCounters(tx: Transaction, deltas: readonly CounterDelta[]): Promise<void> {
  const rows = merge(deltas);
  if (rows.length === 0) return;
  const keys = [
    rows.map(({ first }) => first.execNo),
    rows.map(({ first }) => first.variantNo),
    rows.map(({ first }) => first.channel),
    rows.map(({ first }) => first.goal ?? 0),
    rows.map(({ first }) => first.segmentNo ?? 0),
    rows.map(({ first }) => minuteOf(first.at)),
    rows.map(({ first }) => first.orgNo),
  ];
  const figures = MEASURES.map((measure) => rows.map(({ changes }) => changes[measure] ?? 0));
  const values = rows.map(({ value }) => decimal(value));
  await tx.query(UPSERT_COUNTERS, [...keys, ...figures, values], 'counter-upsert');
}

interface MergedRow {
  readonly first: CounterDelta;
  readonly changes: Partial<Record<Measure, number>>;
  value: bigint;
}

/** One row for each key: a batch has thousands of deltas and a handful of counters. */
function merge(deltas: readonly CounterDelta[]): MergedRow[] {
  const rows = new Map<string, MergedRow>();
  for (const delta of deltas) {
    const { execNo, variantNo, channel, goal = 0, segmentNo = 0 } = delta;
    const key = `${execNo}/${variantNo}/${channel}/${goal}/${segmentNo}/${minuteOf(delta.at).getTime()}`;
    const row = rows.get(key) ?? { first: delta, changes: {}, value: 0n };
    rows.set(key, row);
    for (const measure of MEASURES) {
      const change = delta.changes[measure];
      if (change) row.changes[measure] = (row.changes[measure] ?? 0) + change;
    }
    row.value += tenThousandths(delta.value ?? '0');
  }
  return [...rows.values()];
}

// Money is summed in whole ten-thousandths: outcome_value has four decimals, and floats would drift.
function tenThousandths(value: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(value);
  if (!match) throw new RangeError(`${value} is no decimal of at most four places`);
  const amount = BigInt(`${match[2]}${(match[3] ?? '').padEnd(4, '0')}`);
  return match[1] ? -amount : amount;
}

function decimal(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(5, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** The same for reasons; they come after the counters in every transaction. */
export async function upsertReasonCounters(tx: Transaction, deltas: readonly ReasonDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  const columns = [
    deltas.map((delta) => delta.execNo),
    deltas.map((delta) => delta.reason),
    deltas.map((delta) => delta.variantNo),
    deltas.map((delta) => delta.orgNo),
    deltas.map((delta) => delta.n),
  ];
  await tx.query(UPSERT_REASONS, columns, 'reason-counter-upsert');
}

const KEY = ['exec_no', 'variant_no', 'channel', 'goal', 'segment_no', 'bucket'];
const FIGURES = [...MEASURES, 'outcome_value'];
const ARRAYS = [
  ...['bigint', 'smallint', 'smallint', 'smallint', 'bigint', 'timestamptz', 'int'],
  ...MEASURES.map(() => 'bigint'),
  'numeric',
].map((type, index) => `$${index + 1}::${type}[]`);

const UPSERT_COUNTERS = `
insert into campaign.counter (${[...KEY, 'org_no', ...FIGURES].join(', ')})
select ${KEY.join(', ')}, min(org_no), ${FIGURES.map((figure) => `sum(${figure})`).join(', ')}
from unnest(${ARRAYS.join(', ')}) as delta (${[...KEY, 'org_no', ...FIGURES].join(', ')})
group by ${KEY.join(', ')}
having ${FIGURES.map((figure) => `sum(${figure}) <> 0`).join(' or ')}
order by ${KEY.join(', ')}
on conflict (${KEY.join(', ')}) do update
set ${FIGURES.map((figure) => `${figure} = counter.${figure} + excluded.${figure}`).join(', ')}`;

const UPSERT_REASONS = `
insert into campaign.reason_counter (exec_no, reason, variant_no, org_no, n)
select exec_no, reason, variant_no, min(org_no), sum(n)
from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::int[], $5::bigint[])
  as delta (exec_no, reason, variant_no, org_no, n)
group by exec_no, reason, variant_no
having sum(n) <> 0
order by exec_no, reason, variant_no
on conflict (exec_no, reason, variant_no) do update set n = reason_counter.n + excluded.n`;
