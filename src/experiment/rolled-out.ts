import type { LoaderDefinition } from '../graphql/loaders';
import { type FigureName, figureNames, figuresOf, type LedgerCell } from '../metrics/ledger-cell';
import { DISPOSITION } from '../shared/ledger-codes';

const { sent, skipped } = DISPOSITION;

// Of executions that tested first: who waited got what was chosen, and says nothing about how the variants compare.
// Rows are read, as counters do not tell them apart: once for an analysis, never while messages are sent.
const WHERE = `e.campaign_no = any($1::int8[]) and e.experiment ->> 'mode' = 'TEST_THEN_ROLLOUT' and e.epoch > 0`;
const WAITED = `campaign.execution e
join campaign.message m on m.exec_no = e.exec_no and m.phase = 1 and m.variant_no is not null`;

const FIGURES_SQL = `
select e.campaign_no as "campaignNo", m.variant_no as "variantNo", m.channel, count(*) as audience,
  count(*) filter (where not e.spread) as people, count(*) filter (where m.eligible and not e.spread) as eligible,
  count(*) filter (where m.disposition = ${sent}) as sent, count(*) filter (where m.disposition = ${skipped}) as skipped,
  count(m.delivered_at) as delivered, count(m.opened_at) filter (where not e.spread) as opened,
  count(m.clicked_at) filter (where not e.spread) as clicked
from ${WAITED} where ${WHERE} group by 1, 2, 3`;

// People of several messages, each with the one that leads: the least of its kind, with its variant in the lowest bits. By
// grouping: to look for the others of each message takes minutes for a million people.
const PEOPLE_SQL = `
select "campaignNo", lead & 32767 as "variantNo", 0 as channel, count(*) as people,
  count(*) filter (where lead < 1::int8 << 40) as eligible, count(*) filter (where opened) as opened,
  count(*) filter (where clicked) as clicked
from (
  select e.campaign_no as "campaignNo",
    min((not m.eligible)::int::int8 << 40 | m.slot::int8 << 20 | coalesce(m.variant_no, 0)) as lead,
    bool_or(m.opened_at is not null) as opened, bool_or(m.clicked_at is not null) as clicked
  from campaign.execution e join campaign.message m on m.exec_no = e.exec_no and m.phase = 1
  where e.spread and ${WHERE} group by e.campaign_no, m.exec_no, m.contact_no
) person where lead & 32767 > 0 group by 1, 2`;

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
    const people = await transaction.query<FigureRow>(PEOPLE_SQL, [numbers]);
    const outcomes = await transaction.query<OutcomeRow>(OUTCOMES_SQL, [numbers]);
    const cells = [...[...figures, ...people].map(takenFigures), ...outcomes.map(takenOutcomes)];
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
