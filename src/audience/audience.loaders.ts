import type { LoaderDefinition } from '../graphql/loaders';
import type { AudienceType } from './audience.types';

const columns = `id, kind, rules, named, segment_no as "segmentNo", campaign_no as "campaignNo",
  case remote_source when 'SEGMENT' then remote_id end as "remoteSegmentId",
  case remote_source when 'RULE' then remote_id end as "remoteRuleId"`;

/** Audiences by their public id. */
export const audienceById: LoaderDefinition<string, AudienceType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from campaign.audience where id = any($1) and org_no = campaign.current_org()`;
    const rows = await transaction.query<AudienceType>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** A campaign's audiences, by its number, in their order. */
export const audiencesOfCampaign: LoaderDefinition<number, AudienceType[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const sql = `select ${columns} from campaign.audience where campaign_no = any($1::int8[])
      order by campaign_no, position`;
    const rows = await transaction.query<AudienceType>(sql, [numbers]);
    return Map.groupBy(rows, (row) => String(row.campaignNo));
  },
};
