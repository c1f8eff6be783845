import type { Transaction } from '../adapters/postgres';
import type { KeyKinds, Keyset, Page } from '../graphql/pagination';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { createPlanNames } from '../shared/plan-names';
import { searchWords } from '../shared/search-words';
import type { Approval } from './approval';
import { campaignColumns, campaignTables } from './campaign.loaders';
import type { CampaignType } from './campaign.types';
import { type CampaignKind, type CampaignPurpose, type DeliverySettings, defaultFields } from './campaign-fields';
import type { CampaignStatus } from './transitions';

/** Which campaigns a list is about: all that is given must hold. */
export interface CampaignFilter {
  readonly statuses?: readonly CampaignStatus[];
  readonly types?: readonly CampaignKind[];
  readonly purposes?: readonly CampaignPurpose[];
  readonly approvals?: readonly Approval[];
  /** A variant sends by one of these. */
  readonly channels?: readonly ChannelKind[];
  readonly tag?: string;
  readonly nameContains?: string;
  readonly text?: string;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
  readonly scheduledAfter?: Date;
  readonly scheduledBefore?: Date;
}

interface Order {
  readonly by: string;
  /** What comes after the keys of a row, given their places. */
  readonly after: (keys: readonly string[]) => string;
  readonly keys: KeyKinds;
  readonly keysOf: (row: CampaignType) => Keyset;
}

// Microseconds: a time that passed through milliseconds would leave rows out, or show them twice.
const moment = (micros: string): string => `timestamptz 'epoch' + ${micros}::int8 * interval '1 microsecond'`;

/** The orders of a list, each by an index; names are unique among the living. */
export const campaignOrders = {
  NEWEST: {
    by: 'c.campaign_no desc',
    after: ([no]) => `c.campaign_no < ${no}::int8`,
    keys: ['number'],
    keysOf: ({ campaignNo }) => [campaignNo],
  },
  OLDEST: {
    by: 'c.campaign_no',
    after: ([no]) => `c.campaign_no > ${no}::int8`,
    keys: ['number'],
    keysOf: ({ campaignNo }) => [campaignNo],
  },
  NAME: {
    by: 'lower(c.name)',
    after: ([name]) => `lower(c.name) > ${name}::text`,
    keys: ['string'],
    keysOf: ({ nameKey }) => [nameKey],
  },
  CHANGED: {
    by: 'c.updated_at desc, c.campaign_no desc',
    after: ([changed = '', no]) => `(c.updated_at, c.campaign_no) < (${moment(changed)}, ${no}::int8)`,
    keys: ['number', 'number'],
    keysOf: ({ changedKey, campaignNo }) => [changedKey, campaignNo],
  },
} as const satisfies Readonly<Record<string, Order>>;
export type CampaignOrder = keyof typeof campaignOrders;

/** Which campaigns a page holds, and in which order. */
export interface CampaignPage {
  readonly filter: CampaignFilter;
  readonly order: CampaignOrder;
  readonly page: Page<number | string>;
}

const planName = createPlanNames('campaigns', 32);

/** Living campaigns of the viewer's organization; one row more than the page, to see whether there is more. */
export function listCampaigns(transaction: Transaction, page: CampaignPage): Promise<CampaignType[]> {
  const parameters = new SqlParameters();
  const text = campaignPageSql(campaignColumns, page, parameters);
  return transaction.query<CampaignType>(text, parameters.values, planName(text));
}

/** The statement of a page: these columns, of one row more than the page. */
export function campaignPageSql(columns: string, asked: CampaignPage, parameters: SqlParameters): string {
  const { filter, order, page } = asked;
  const { by, after }: Order = campaignOrders[order];
  const conditions = [
    'c.org_no = campaign.current_org()',
    'c.archived_at is null',
    ...filterConditions(filter, parameters),
    ...(page.after ? [after(page.after.map((key) => parameters.bind(key)))] : []),
  ];
  const limit = parameters.bind(page.first + 1);
  return `select ${columns} from ${campaignTables} where ${conditions.join(' and ')} order by ${by} limit ${limit}`;
}

function filterConditions(filter: CampaignFilter, parameters: SqlParameters): string[] {
  const bind = (value: unknown) => parameters.bind(value);
  const conditions: (string | false | undefined)[] = [
    filter.statuses && `c.status = any(${bind(filter.statuses)}::text[])`,
    filter.types && `c.type = any(${bind(filter.types)}::text[])`,
    filter.purposes && `c.purpose = any(${bind(filter.purposes)}::text[])`,
    filter.approvals && `c.approval = any(${bind(filter.approvals)}::text[])`,
    filter.channels && sendsBy(bind(filter.channels.map((kind) => CHANNEL[kind]))),
    // As a campaign has a tag once, in whatever case.
    filter.tag !== undefined &&
      `exists (select from unnest(c.tags) tag where lower(tag) = lower(${bind(filter.tag)}::text))`,
    filter.nameContains && `strpos(lower(c.name), lower(${bind(filter.nameContains)}::text)) > 0`,
    filter.createdAfter && `c.created_at >= ${bind(filter.createdAfter)}::timestamptz`,
    filter.createdBefore && `c.created_at < ${bind(filter.createdBefore)}::timestamptz`,
    filter.scheduledAfter && `(c.schedule ->> 'at')::timestamptz >= ${bind(filter.scheduledAfter)}::timestamptz`,
    filter.scheduledBefore && `(c.schedule ->> 'at')::timestamptz < ${bind(filter.scheduledBefore)}::timestamptz`,
    ...searchWords(filter.text).map((word) => `strpos(${searched}, lower(${bind(word)}::text)) > 0`),
  ];
  return conditions.filter((condition) => typeof condition === 'string');
}

const sendsBy = (kinds: string): string => `exists (select from campaign.channel h
    where h.campaign_no = c.campaign_no and h.enabled and h.kind = any(${kinds}::int2[]))`;

const searched = `lower(concat_ws(' ', c.name, c.description, array_to_string(c.tags, ' ')))`;

/** How a campaign's messages are followed at present; an edit gives only what changes. */
export async function readDeliverySettings({ read }: Scope, id: string): Promise<DeliverySettings> {
  const sql = 'select delivery from campaign.campaign where id = $1 and org_no = campaign.current_org()';
  const [row] = await read((transaction) => transaction.query<{ delivery: DeliverySettings }>(sql, [id]));
  return { ...defaultFields.delivery, ...row?.delivery };
}
