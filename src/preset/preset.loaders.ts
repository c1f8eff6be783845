import type { Transaction } from '../adapters/postgres';
import type { LoaderDefinition } from '../graphql/loaders';
import type { Page } from '../graphql/pagination';
import type { CampaignPresetType } from './preset.types';

const columns = `id, name, description, definition ->> 'type' as "campaignType", definition, created_by as "createdBy",
  created_at as "createdAt", version, updated_by as "updatedBy", updated_at as "updatedAt", preset_no as "presetNo"`;

/** Presets by their public id, archived ones included: an archiving answers what it archived. */
export const presetById: LoaderDefinition<string, CampaignPresetType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from campaign.preset where id = any($1) and org_no = campaign.current_org()`;
    const rows = await transaction.query<CampaignPresetType>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  },
};

/** The organization's presets in use, the newest first; one row more than the page. */
export function listPresets(transaction: Transaction, { first, after }: Page): Promise<CampaignPresetType[]> {
  const sql = `select ${columns} from campaign.preset where org_no = campaign.current_org() and archived_at is null
    and preset_no < coalesce($1::int8, 9223372036854775807) order by preset_no desc limit $2`;
  return transaction.query<CampaignPresetType>(sql, [after?.[0] ?? null, first + 1]);
}
