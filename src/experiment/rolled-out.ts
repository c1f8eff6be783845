import type { LoaderDefinition } from '../graphql/loaders';
import { type FigureName, figureNames, figuresOf, type LedgerCell } from '../metrics/ledger-cell';
import { DISPOSITION } from '../shared/ledger-codes';

const { sent, skipped } = DISPOSITION;

// Of executions that tested first: who waited got what was chosen, and says nothing about how the variants compare.
// Rows are read, as counters do not tell them apart: once for an analysis, never while messages are sent.
const WAITED = `campaign.execution e
join campaign.message m on m.exec_no = e.exec_no and m.phase = 1 and m.variant_no is not null`;
const WHERE = `e.campaign_no = any($1::int8[]) and e.experiment ->> 'mode' = 'TEST_THEN_ROLLOUT' and e.epoch > 0`;

// Of a person's messages on several channels one counts for figures of people, for whatever was done with any of them.
const SIBLINGS = 'campaign.message s where s.contact_no = m.contact_no and s.exec_no = m.exec_no';
const leading = (holds = '') => `count(*) filter (where (not e.spread
  or not exists (select 1 from ${SIBLINGS} and (not s.eligible, s.slot) < (not m.eligible, m.slot)))${holds})`;
const anyOf = (column: string) =>
  leading(
    ` and (m.${column} is not null or e.spread and exists (select 1 from ${SIBLINGS} and s.${column} is not null))`,
  );

const FIGURES_SQL = `
select e.campaign_no as "campaignNo", m.variant_no as "variantNo", m.channel, count(*) as audience,
  ${leading()} as people, ${leading(' and m.eligible')} as eligible, count(*) filter (where m.disposition = ${sent}) as sent,
  count(*) filter (where m.disposition = ${skipped}) as skipped, count(m.delivered_at) as delivered,
  ${anyOf('opened_at')} as opened, ${anyOf('clicked_at')} as clicked
from ${WAITED} where ${WHERE} group by 1, 2, 3`;

const OUTCOMES_SQL = `
select e.campaign_no as "campaignNo", m.variant_no as "variantNo", m.channel, g.value ->> 'eventType' as goal,
  count(distinct (o.exec_no, o.seq)) as outcomes, count(*) as "outcomeEvents", sum(o.value)::numeric(30, 4)::text as "outcomeValue"
from ${WAITED} join campaign.outcome o on o.exec_no = m.exec_no and o.seq = m.seq
join lateral jsonb_array_elements(e.goals) g on (g.value ->> 'no')::int = o.goal
where ${WHERE} group by 1, 2, 3, 4`;

interface Place {
  readonly campaignNo: number;
  readonly variantNo: number;
  readonly channel: number;
}
type FigureRow = Place & Readonly<Partial<Record<FigureName, number>>>;
type OutcomeRow = Place & { goal: string; outcomes: number; outcomeEvents: number; outcomeValue: string };

/** What is to be taken away from a campaign's cells to leave those of its test; by its number. */
export const rolledOutOf: LoaderDefinition<number, readonly LedgerCell[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const figures = await transaction.query<FigureRow>(FIGURES_SQL, [numbers]);
    if (figures.length === 0) return new Map();
    const outcomes = await transaction.query<OutcomeRow>(OUTCOMES_SQL, [numbers]);
    const cells = [...figures.map(takenFigures), ...outcomes.map(takenOutcomes)];
    const byCampaign = Map.groupBy(cells, ({ campaignNo }) => campaignNo);
    return new Map([...byCampaign].map(([no, own]) => [String(no), own.map(({ cell }) => cell)]));
  },
};

const takenFigures = ({ campaignNo, variantNo, channel, ...row }: FigureRow) => ({
  campaignNo,
  cell: {
    variantNo,
    channel,
    goal: null,
    ...figuresOf((index) => -(row[figureNames[index] ?? 'audience'] ?? 0)),
    outcomes: 0,
    outcomeEvents: 0,
    outcomeValue: '0',
  },
});

const takenOutcomes = ({ campaignNo, variantNo, channel, goal, ...row }: OutcomeRow) => ({
  campaignNo,
  cell: {
    variantNo,
    channel,
    goal,
    ...figuresOf(() => 0),
    outcomes: -row.outcomes,
    outcomeEvents: -row.outcomeEvents,
    outcomeValue: row.outcomeValue.startsWith('-') ? row.outcomeValue.slice(1) : `-${row.outcomeValue}`,
  },
});
