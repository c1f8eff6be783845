import type { Transaction } from '../adapters/postgres';
import { EXECUTION_KIND } from '../shared/ledger-codes';

/** What the ledger counts of messages; each a sum over `counter`, never a count over messages. */
export const figureColumns = {
  audience: 'audience',
  people: 'people',
  eligible: 'eligible',
  queued: 'queued',
  inFlight: 'in_flight',
  sent: 'sent',
  unknown: 'unknown',
  failed: 'failed',
  skipped: 'skipped',
  heldOut: 'held_out',
  control: 'control',
  cancelled: 'cancelled',
  delivered: 'delivered',
  opened: 'opened',
  openedMachine: 'opened_machine',
  opens: 'opens',
  clicked: 'clicked',
  clickedMachine: 'clicked_machine',
  clicks: 'clicks',
  bouncedHard: 'bounced_hard',
  bouncedSoft: 'bounced_soft',
  unsubscribed: 'unsubscribed',
  complained: 'complained',
  replied: 'replied',
} as const;

export type FigureName = keyof typeof figureColumns;
export type Figures = Readonly<Record<FigureName, number>>;
export const figureNames = Object.keys(figureColumns) as FigureName[];

/** The sums of one variant on one channel: figures where `goal` is empty, outcomes of that goal where it is not. */
export interface LedgerCell extends Figures {
  readonly variantNo: number;
  readonly channel: number;
  readonly goal: string | null;
  readonly outcomes: number;
  readonly outcomeEvents: number;
  /** Exact, with four decimals. */
  readonly outcomeValue: string;
}

/** What figures are asked of: one execution, or a campaign in all of its executions but the tests. */
export interface FigureScope {
  readonly of: 'execution' | 'campaign';
  readonly no: number;
  /** Messages where nothing is said. */
  readonly counting?: Counting | undefined;
}

/** What `opened` and `clicked` count: messages, or who has opened any of several. One to a person, both are the same. */
export type Counting = 'messages' | 'people';

const people: Readonly<Record<string, string>> = {
  opened: 'case when e.spread then c.people_opened else c.opened end',
  clicked: 'case when e.spread then c.people_clicked else c.clicked end',
};

// One column of JSON: a reading of many cells would spend most of its time on columns.
const sumsOf = (counting: Counting): string =>
  `json_build_array(${Object.values(figureColumns)
    .map((column) => `sum(${(counting === 'people' && people[column]) || `c.${column}`})::int8`)
    .join(', ')}) as figures`;

// A goal keeps its event type for the life of an execution; its number may mean another one in the next.
const cellsBy = (owner: string, counting: Counting) => `
  select ${owner} as no, c.variant_no as "variantNo", c.channel, g.value->>'eventType' as goal, ${sumsOf(counting)},
    sum(c.outcomes)::int8 as outcomes, sum(c.outcome_events)::int8 as "outcomeEvents",
    sum(c.outcome_value)::numeric(30, 4)::text as "outcomeValue"
  from campaign.counter c
  join campaign.execution e on e.exec_no = c.exec_no
  left join lateral jsonb_array_elements(e.goals) g on c.goal > 0 and (g.value->>'no')::int = c.goal
  where c.segment_no = 0`;
const grouping = `group by 1, c.variant_no, c.channel, g.value->>'eventType'`;

const statementsFor = (counting: Counting) => ({
  execution: `${cellsBy('c.exec_no', counting)} and c.exec_no = any($1::int8[]) ${grouping}`,
  campaign: `${cellsBy('e.campaign_no', counting)} and c.exec_no = any(array(select exec_no from campaign.execution
    where campaign_no = any($1::int8[]) and kind <> ${EXECUTION_KIND.TEST})) ${grouping}`,
});
const statements = { messages: statementsFor('messages'), people: statementsFor('people') };

type Row = Omit<LedgerCell, FigureName> & {
  readonly no: number;
  readonly figures: readonly number[];
};

/** Cells of many executions, or of many campaigns. */
export type FigureScopes = Omit<FigureScope, 'no'> & { readonly numbers: readonly number[] };

/** The cells of all of them in one statement, by their number. */
export async function readCells(
  transaction: Transaction,
  { of, numbers, counting = 'messages' }: FigureScopes,
): Promise<ReadonlyMap<number, readonly LedgerCell[]>> {
  const rows = await transaction.query<Row>(statements[counting][of], [numbers], `cells of ${of} by ${counting}`);
  const grouped = Map.groupBy(rows, ({ no }) => no);
  return new Map([...grouped].map(([no, own]) => [no, own.map(viewCell)]));
}

const viewCell = ({ no, figures, ...cell }: Row): LedgerCell => ({
  ...cell,
  ...figuresOf((index) => figures[index] ?? 0),
});

/** Each figure by its place in `figureNames`. */
export function figuresOf(value: (index: number) => number): Figures {
  const figures: Partial<Record<FigureName, number>> = {};
  for (const [index, name] of figureNames.entries()) figures[name] = value(index);
  return figures as Figures;
}
