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
}

// One column of JSON: a reading of many cells would spend most of its time on columns.
const sums = `json_build_array(${Object.values(figureColumns)
  .map((column) => `sum(c.${column})::int8`)
  .join(', ')}) as figures`;

// A goal keeps its event type for the life of an execution; its number may mean another one in the next.
const cellsBy = (owner: string) => `
  select ${owner} as no, c.variant_no as "variantNo", c.channel, g.value->>'eventType' as goal, ${sums},
    sum(c.outcomes)::int8 as outcomes, sum(c.outcome_events)::int8 as "outcomeEvents",
    sum(c.outcome_value)::numeric(30, 4)::text as "outcomeValue"
  from campaign.counter c
  join campaign.execution e on e.exec_no = c.exec_no
  left join lateral jsonb_array_elements(e.goals) g on c.goal > 0 and (g.value->>'no')::int = c.goal
  where c.segment_no = 0`;
const grouping = `group by 1, c.variant_no, c.channel, g.value->>'eventType'`;

const statements = {
  execution: `${cellsBy('c.exec_no')} and c.exec_no = any($1::int8[]) ${grouping}`,
  campaign: `${cellsBy('e.campaign_no')} and c.exec_no = any(array(select exec_no from campaign.execution
    where campaign_no = any($1::int8[]) and kind <> ${EXECUTION_KIND.TEST})) ${grouping}`,
};

type Row = Omit<LedgerCell, FigureName> & {
  readonly no: number;
  readonly figures: readonly number[];
};

/** The cells of many executions, or of many campaigns, in one statement; by their number. */
export async function readCells(
  transaction: Transaction,
  of: FigureScope['of'],
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly LedgerCell[]>> {
  const rows = await transaction.query<Row>(statements[of], [numbers], `cells of ${of}`);
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
