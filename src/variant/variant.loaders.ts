import { type Beneath, OWNERS } from '../graphql/beneath';
import type { LoaderDefinition } from '../graphql/loaders';
import { partsOf } from '../medium/whole-content';
import { channelName } from '../shared/ledger-codes';
import type { ChannelType, VariantType } from './variant.types';
import { fieldOf } from './variant-draft';

const columns = `id, name, is_control as "isControl", allocation::float8 as allocation,
  attribute_value as "attributeValue", campaign_no as "campaignNo", variant_no as "variantNo"`;

/** Variants by their public id. */
export const variantById: LoaderDefinition<string, VariantType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from campaign.variant where id = any($1) and org_no = campaign.current_org()`;
    const rows = await transaction.query<VariantType>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** The variants of a campaign, by its number, in their order. */
export const variantsOfCampaign: LoaderDefinition<number, VariantType[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const sql = `select ${columns} from campaign.variant where campaign_no = any($1::int8[])
      order by campaign_no, variant_no`;
    const rows = await transaction.query<VariantType>(sql, [numbers], 'variants of campaigns');
    return Map.groupBy(rows, (row) => String(row.campaignNo));
  },
};

/** The variants of a page of campaigns. */
export const variantsBeneath: Beneath = {
  queries: {
    variants: `select ${columns} from campaign.variant where campaign_no = ${OWNERS} order by campaign_no, variant_no`,
  },
  prime: (loaders, { owners, rows }) => {
    const variants = Map.groupBy(rows<VariantType>('variants'), ({ campaignNo }) => campaignNo);
    for (const no of owners) loaders.prime(variantsOfCampaign, no, variants.get(no));
  },
};

/** The channels of a campaign's variants, by the campaign's number; a variant picks its own. */
export const channelsOfCampaign: LoaderDefinition<number, (ChannelType & { variantNo: number })[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const sql = `select id, campaign_no, variant_no, kind, enabled, priority, content, content_hash
      from campaign.channel where campaign_no = any($1::int8[]) order by campaign_no, variant_no, priority, kind`;
    const rows = await transaction.query<ChannelRow>(sql, [numbers], 'channels of campaigns');
    const grouped = Map.groupBy(rows, (row) => String(row.campaign_no));
    return new Map([...grouped].map(([key, group]) => [key, group.map(viewChannel)]));
  },
};

interface ChannelRow {
  readonly id: string;
  readonly campaign_no: number;
  readonly variant_no: number;
  readonly kind: number;
  readonly enabled: boolean;
  readonly priority: number;
  readonly content: Readonly<Record<string, unknown>>;
  readonly content_hash: string;
}

function viewChannel({ variant_no, kind, content, content_hash, ...row }: ChannelRow) {
  const name = channelName.get(kind) ?? 'email';
  const { locale, locales, pinned } = partsOf(content);
  return {
    id: row.id,
    variantNo: variant_no,
    kind: name.toUpperCase() as ChannelType['kind'],
    enabled: row.enabled,
    priority: row.priority,
    [fieldOf(name)]: content,
    locale: locale ?? null,
    locales: locales.map((one) => ({ locale: one.locale, [fieldOf(name)]: one.content })),
    blocks: Object.entries(pinned.blocks ?? {}).map(([key, { version }]) => ({ key, version })),
    contentHash: content_hash,
  };
}
