import type { GraphContext } from '../graphql/context';
import type { LoaderDefinition } from '../graphql/loaders';
import { notFound } from '../shared/errors';

/** The number of a campaign by its public id. */
export const campaignNumberById: LoaderDefinition<string, number> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql =
      'select id, campaign_no as no from campaign.campaign where id = any($1) and org_no = campaign.current_org()';
    const rows = await transaction.query<{ id: string; no: number }>(sql, [ids]);
    return new Map(rows.map(({ id, no }) => [id, no]));
  },
};

/** Throws NOT_FOUND for what the viewer cannot see. */
export async function requireCampaignNumber({ loaders }: GraphContext, id: string): Promise<number> {
  const no = await loaders.load(campaignNumberById, id);
  if (no === undefined) throw notFound('campaign', id, 'campaignId');
  return no;
}
