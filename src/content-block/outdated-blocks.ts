import type { LoaderDefinition } from '../graphql/loaders';
import type { OutdatedBlockType } from './outdated-block.types';

// A block that was deleted and made again is another one, whatever its version.
const outdated = `select distinct c.campaign_no as "campaignNo", p.key, (p.value ->> 'version')::int as "pinnedVersion",
    b.version as "presentVersion"
  from campaign.channel c cross join lateral jsonb_each(c.content #> '{pinned,blocks}') p
  left join campaign.content_block b on b.org_no = c.org_no and b.key = p.key and b.deleted_at is null
  where c.campaign_no = any($1::int8[])
    and (b.id is distinct from p.value ->> 'id' or b.version <> (p.value ->> 'version')::int)
  order by 1, 2, 3`;

/** Blocks that a campaign's content has in another version than the present one, by the campaign's number. */
export const outdatedBlocksOfCampaign: LoaderDefinition<number, OutdatedBlockType[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<OutdatedBlockType & { campaignNo: number }>(outdated, [numbers]);
    return Map.groupBy(rows, ({ campaignNo }) => String(campaignNo));
  },
};
