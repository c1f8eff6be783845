import type { Transaction } from '../adapters/postgres';
import type { LoaderDefinition } from '../graphql/loaders';
import { channelName, EXECUTION_KIND } from '../shared/ledger-codes';
import { type FigureScope, type FigureScopes, type LedgerCell, readCells } from './ledger-cell';
import { type Metrics, metricsOf } from './metrics';

/** A variant as figures know it. */
export interface Arm {
  readonly no: number;
  readonly id: string;
  readonly name: string;
  readonly isControl: boolean;
  /** Its share of the people in hundredths of a percent, by a hash; null where something else assigned them. */
  readonly allocation: number | null;
}

/** Everything the ledger counts of one execution or campaign, with the names it needs. */
export interface Tally {
  readonly cells: readonly LedgerCell[];
  /** Event types; the first is the primary goal. */
  readonly goals: readonly string[];
  readonly arms: readonly Arm[];
}

interface Names {
  readonly no: number;
  readonly goals: readonly { readonly eventType: string }[] | null;
  readonly assignment: string | null;
  readonly arms: readonly Arm[] | null;
}

// What an execution froze names its figures, whatever the campaign says today; a campaign without one speaks for itself.
const armsOfCampaign = `(select jsonb_agg(jsonb_build_object('no', v.variant_no, 'id', v.id, 'name', v.name,
  'isControl', v.is_control, 'allocation', v.allocation * 100) order by v.variant_no) from campaign.variant v where v.campaign_no = k.campaign_no)`;
const frozen = {
  execution: `select k.exec_no as no, k.plan->'goals' as goals, k.plan->'variants' as arms,
      k.plan->'assignment'->>'kind' as assignment
    from campaign.execution k where k.exec_no = any($1::int8[])`,
  campaign: `select k.campaign_no as no, coalesce(e.plan->'goals', k.conversion_goals) as goals,
      coalesce(e.plan->'variants', ${armsOfCampaign}) as arms,
      coalesce(e.plan->'assignment', k.assignment)->>'kind' as assignment
    from campaign.campaign k
    left join lateral (select plan from campaign.execution where campaign_no = k.campaign_no
      and kind <> ${EXECUTION_KIND.TEST} order by exec_no desc limit 1) e on true
    where k.campaign_no = any($1::int8[])`,
};

const keyOf = ({ of, no, counting = 'messages' }: FigureScope): string => `${of} ${no} ${counting}`;

/** One tally per scope; two statements for all that are asked of the same kind at once. */
export const tallyOf: LoaderDefinition<FigureScope, Tally> = {
  keyOf,
  read: async (transaction, scopes) => {
    const tallies = new Map<string, Tally>();
    for (const wanted of Map.groupBy(scopes, ({ of, counting }) => `${of} ${counting}`).values()) {
      const [{ of, counting } = { of: 'campaign' as const }] = wanted;
      const read = await readTallies(transaction, { of, numbers: wanted.map(({ no }) => no), counting });
      for (const [no, tally] of read) tallies.set(keyOf({ of, no, counting }), tally);
    }
    return tallies;
  },
};

/** The tallies of many executions, or of many campaigns. */
export async function readTallies(transaction: Transaction, scopes: FigureScopes): Promise<ReadonlyMap<number, Tally>> {
  const { of, numbers } = scopes;
  const cells = await readCells(transaction, scopes);
  const names = await transaction.query<Names>(frozen[of], [numbers], `names of ${of}`);
  return new Map(names.map((name) => [name.no, tally(name, cells.get(name.no) ?? [])]));
}

function tally({ goals, arms, assignment }: Names, cells: readonly LedgerCell[]): Tally {
  const seen = cells.flatMap(({ goal }) => (goal === null ? [] : [goal]));
  const named = (goals ?? []).map(({ eventType }) => eventType);
  return {
    cells,
    goals: [...new Set([...named, ...seen])],
    arms: (arms ?? []).map((arm) => ({ ...arm, allocation: assignment === 'HASH' ? arm.allocation : null })),
  };
}

/** The figures of everyone. */
export const totalMetrics = ({ cells, goals }: Tally): Metrics => metricsOf(cells, goals);

/** The figures of each variant, those of variants that nobody has among them. */
export const metricsByArm = ({ cells, goals, arms }: Tally): { arm: Arm; metrics: Metrics }[] =>
  arms.map((arm) => ({
    arm,
    metrics: metricsOf(
      cells.filter((cell) => cell.variantNo === arm.no),
      goals,
    ),
  }));

/** The figures of each channel that has any. */
export function metricsByChannel({ cells, goals }: Tally): { channel: string; metrics: Metrics }[] {
  const channels = [...Map.groupBy(cells, (cell) => cell.channel)].sort(([one], [other]) => one - other);
  return channels.flatMap(([no, own]) => {
    const channel = channelName.get(no);
    return channel === undefined ? [] : [{ channel: channel.toUpperCase(), metrics: metricsOf(own, goals) }];
  });
}
