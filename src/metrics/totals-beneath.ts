import { type Beneath, OWNERS } from '../graphql/beneath';
import type { LookAhead, Selection } from '../graphql/look-ahead';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { type FigureName, figureColumns, figuresOf, type LedgerCell } from './ledger-cell';
import { type Tally, tallyOf } from './metrics-reader';

/** What the fields of metrics are made of that are no figures themselves, rates among them. */
const madeOf: Readonly<Record<string, readonly FigureName[]>> = {
  ...{ __typename: [], rates: [], bounced: ['bouncedHard', 'bouncedSoft'] },
  ...{ delivery: ['delivered', 'sent'], open: ['opened', 'delivered'], click: ['clicked', 'delivered'] },
  ...{ clickToOpen: ['clicked', 'opened'], bounce: ['bouncedHard', 'bouncedSoft', 'sent'] },
  ...{ unsubscribe: ['unsubscribed', 'delivered'], complaint: ['complained', 'delivered'] },
};

/**
 * The totals of a page of campaigns, and of them only the figures that are asked for: a fraction of what all figures by
 * variant, channel and goal cost. Nothing where more is asked for, here or at another place that would be given these.
 */
export function totalsBeneath(campaign: Selection, ahead: LookAhead): Beneath[] {
  const metrics = campaign.beneath('metrics');
  const elsewhere = ahead.places('variantMetrics') + ahead.places('channelMetrics') > 0 || ahead.places('metrics') > 1;
  if (metrics === undefined || elsewhere) return [];
  const figures = figuresFor(metrics.allNames());
  return figures ? [totals(figures)] : [];
}

/** Nothing where a field is made of more than figures. */
function figuresFor(fields: readonly string[]): readonly FigureName[] | undefined {
  const made = fields.map((name) => (isFigure(name) ? [name] : Object.hasOwn(madeOf, name) ? madeOf[name] : undefined));
  if (made.includes(undefined)) return undefined;
  return [...new Set(made.flatMap((figures) => figures ?? []))].sort();
}

const isFigure = (name: string): name is FigureName => Object.hasOwn(figureColumns, name);

interface TotalRow {
  readonly no: number;
  readonly sums: readonly number[];
}

function totals(figures: readonly FigureName[]): Beneath {
  const sums = figures.map((name) => `sum(c.${figureColumns[name]})::int8`);
  const sql = `select e.campaign_no as no, json_build_array(${sums.join(', ')}) as sums
    from campaign.execution e join campaign.counter c on c.exec_no = e.exec_no
    where e.campaign_no = ${OWNERS} and e.kind <> ${EXECUTION_KIND.TEST} and c.goal = 0 and c.segment_no = 0
    group by e.campaign_no`;
  return {
    queries: { totals: sql },
    prime: (loaders, { owners, rows }) => {
      const found = new Map(rows<TotalRow>('totals').map(({ no, sums: own }) => [no, tallyFrom(figures, own)]));
      for (const no of owners) loaders.prime(tallyOf, { of: 'campaign', no }, found.get(no));
    },
  };
}

/** One cell for everyone: `metrics` asks for nothing else. */
function tallyFrom(names: readonly FigureName[], sums: readonly number[]): Tally {
  const figures = {
    ...figuresOf(() => 0),
    ...Object.fromEntries(names.map((name, index) => [name, sums[index] ?? 0])),
  };
  return { cells: [{ ...figures, ...ofEverybody }], goals: [], arms: [] };
}

const ofEverybody: Pick<LedgerCell, 'variantNo' | 'channel' | 'goal' | 'outcomes' | 'outcomeEvents' | 'outcomeValue'> =
  {
    ...{ variantNo: 0, channel: 0, goal: null, outcomes: 0, outcomeEvents: 0, outcomeValue: '0' },
  };
