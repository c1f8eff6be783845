import { executionsBeneath } from '../execution/executions-beneath';
import { type Beneath, type BeneathAnswer, momentsOf } from '../graphql/beneath';
import type { GraphContext } from '../graphql/context';
import type { LookAhead, Selection } from '../graphql/look-ahead';
import { columnsFor } from '../graphql/projection';
import { totalsBeneath } from '../metrics/totals-beneath';
import { SqlParameters } from '../segment/sql-parameters';
import { createPlanNames } from '../shared/plan-names';
import { variantsBeneath } from '../variant/variant.loaders';
import { type CampaignColumn, everyCampaignColumn, isCampaignColumn, selectCampaign } from './campaign.loaders';
import type { CampaignType } from './campaign.types';
import { type CampaignPage, campaignPageSql, listCampaigns } from './campaign-reader';

/**
 * A page of campaigns. Where it is known what the operation asks of each of them, that comes along in the same
 * statement: one way to the database and back in place of one for each level, and no column that nobody asked for.
 */
export function readCampaignPage(context: GraphContext, asked: CampaignPage): Promise<readonly CampaignType[]> {
  const { ahead, scope } = context;
  const campaign = ahead?.beneathRoot('campaigns')?.beneath('edges')?.beneath('node');
  if (ahead === undefined || campaign === undefined)
    return scope.read((transaction) => listCampaigns(transaction, asked));
  return readAhead(context, asked, planOf(campaign, ahead, asked));
}

interface PagePlan {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly beneath: readonly Beneath[];
}

const planName = createPlanNames('campaign-page', 32);

async function readAhead({ scope, loaders }: GraphContext, { page }: CampaignPage, plan: PagePlan) {
  const [answer = {}] = await scope.read((transaction) =>
    transaction.query<Answer>(plan.text, plan.values, planName(plan.text)),
  );
  const rows = rowsIn(answer);
  const campaigns = rows<CampaignType>('page').map((row) => momentsOf(row, moments));
  const owners = campaigns.slice(0, page.first).map(({ campaignNo }) => campaignNo);
  for (const { prime } of plan.beneath) prime(loaders, { owners, rows });
  return campaigns;
}

type Answer = Readonly<Record<string, readonly unknown[] | null>>;

// A query of ours answers with the rows that its own noun wrote.
const rowsIn =
  (answer: Answer): BeneathAnswer['rows'] =>
  <Row>(query: string) =>
    (answer[query] ?? []) as readonly Row[];

const moments = [
  ...(['scheduledAt', 'startAt', 'endAt', 'createdAt', 'updatedAt'] as const),
  ...(['pausedAt', 'cancelledAt', 'startedAt', 'completedAt', 'archivedAt'] as const),
];

function planOf(campaign: Selection, ahead: LookAhead, asked: CampaignPage): PagePlan {
  const parameters = new SqlParameters();
  const page = campaignPageSql(selectCampaign(columnsFor(campaign.names(), rowColumns)), asked, parameters);
  const owners = `select "campaignNo" as no from page limit ${parameters.bind(asked.page.first)}`;
  const beneath = [
    ...(campaign.asked('variants').length > 0 ? [variantsBeneath] : []),
    ...totalsBeneath(campaign, ahead),
    ...executionsBeneath(campaign, ahead, parameters),
  ];
  return { text: statementOf({ page, owners }, beneath), values: parameters.values, beneath };
}

/** Each table is read once and kept; each query becomes one column, an array of its rows in their order. */
function statementOf(first: { readonly page: string; readonly owners: string }, beneath: readonly Beneath[]): string {
  const tables = { ...first, ...Object.assign({}, ...beneath.map((part) => part.tables ?? {})) };
  const queries = { page: 'select * from page', ...Object.assign({}, ...beneath.map((part) => part.queries)) };
  const kept = Object.entries(tables).map(([name, sql]) => `${name} as materialized (${sql})`);
  const columns = Object.entries(queries).map(([name, sql]) => `(select json_agg(q) from (${sql}) q) as ${name}`);
  return `with ${kept.join(',\n')}\nselect ${columns.join(',\n')}`;
}

const madeOf: Readonly<Record<string, readonly CampaignColumn[]>> = {
  ...{ __typename: [], variants: [], audiences: [], triggers: [], executions: [] },
  ...{ metrics: [], variantMetrics: [], channelMetrics: [], spent: [] },
  ...{
    clonedFrom: ['clonedFromId'],
    approvalRecord: ['approvalRow'],
    allowedActions: ['status', 'type', 'archivedAt'],
  },
};
const always = ['id', 'campaignNo', 'nameKey', 'changedKey'] as const;
const rowColumns = { every: everyCampaignColumn, isColumn: isCampaignColumn, madeOf, always };
