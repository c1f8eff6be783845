import type { Transaction } from '../adapters/postgres';
import type { Page } from '../graphql/pagination';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { campaignColumns, campaignTables } from './campaign.loaders';
import type { CampaignType } from './campaign.types';
import { type CampaignKind, type DeliverySettings, defaultFields } from './campaign-fields';
import type { CampaignStatus } from './transitions';

export type CampaignOrder = 'NEWEST' | 'OLDEST';

/** Which campaigns a list is about. */
export interface CampaignFilter {
  readonly statuses?: readonly CampaignStatus[];
  readonly types?: readonly CampaignKind[];
  readonly tag?: string;
  readonly nameContains?: string;
}

const directions = { NEWEST: ['desc', '<'], OLDEST: ['asc', '>'] } as const;

/** Living campaigns of the viewer's organization; one row more than the page, to see whether there is more. */
export function listCampaigns(
  transaction: Transaction,
  filter: CampaignFilter,
  { order, page }: { readonly order: CampaignOrder; readonly page: Page },
): Promise<CampaignType[]> {
  const parameters = new SqlParameters();
  const [direction] = directions[order];
  const conditions = [
    'c.org_no = campaign.current_org()',
    'c.archived_at is null',
    ...filterConditions(filter, parameters),
    ...pageCondition(order, page, parameters),
  ];
  const limit = parameters.bind(page.first + 1);
  const text = `select ${campaignColumns} from ${campaignTables} where ${conditions.join(' and ')}
    order by c.campaign_no ${direction} limit ${limit}`;
  return transaction.query<CampaignType>(text, parameters.values);
}

function filterConditions({ statuses, types, tag, nameContains }: CampaignFilter, parameters: SqlParameters): string[] {
  const conditions: string[] = [];
  if (statuses) conditions.push(`c.status = any(${parameters.bind(statuses)}::text[])`);
  if (types) conditions.push(`c.type = any(${parameters.bind(types)}::text[])`);
  if (tag !== undefined) conditions.push(`c.tags @> array[${parameters.bind(tag)}::text]`);
  if (nameContains) conditions.push(`strpos(lower(c.name), lower(${parameters.bind(nameContains)}::text)) > 0`);
  return conditions;
}

function pageCondition(order: CampaignOrder, { after }: Page, parameters: SqlParameters): string[] {
  return after === undefined ? [] : [`c.campaign_no ${directions[order][1]} ${parameters.bind(after[0])}::int8`];
}

/** How a campaign's messages are followed at present; an edit gives only what changes. */
export async function readDeliverySettings({ read }: Scope, id: string): Promise<DeliverySettings> {
  const sql = 'select delivery from campaign.campaign where id = $1 and org_no = campaign.current_org()';
  const [row] = await read((transaction) => transaction.query<{ delivery: DeliverySettings }>(sql, [id]));
  return { ...defaultFields.delivery, ...row?.delivery };
}
