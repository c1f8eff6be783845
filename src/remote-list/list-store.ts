import type { Statements } from '../statements';
import type { ListSource, RemoteList, RemoteReference } from './remote-list';

interface Row {
  readonly no: number;
  readonly source: ListSource;
  readonly id: string;
  readonly readAt: Date;
  readonly people: number;
  readonly unknown: number;
}

/** The newest whole list of each reference, where there is one. */
export async function newestLists(
  statements: Statements,
  organizationNo: number,
  references: readonly RemoteReference[],
): Promise<readonly RemoteList[]> {
  if (references.length === 0) return [];
  const wanted = references.map(({ source, id }) => ({ source, remote_id: id }));
  const rows = await statements.execute<Row[]>(NEWEST, [JSON.stringify(wanted), organizationNo]);
  return rows.map((row) => ({ ...row, readAt: new Date(row.readAt).toISOString() }));
}

const NEWEST = `
select l.list_no::float8 as no, w.source, w.remote_id as id, l.read_at as "readAt", l.people, l.unknown
from jsonb_to_recordset(?::jsonb) as w (source text, remote_id text)
cross join lateral (
  select * from campaign.remote_list r
  where r.org_no = ? and r.source = w.source and r.remote_id = w.remote_id and r.read_at is not null
  order by r.list_no desc limit 1
) l`;

/** An audience of a campaign, with its place in their order; `waits`: the campaign waits for a place among the running. */
export interface CampaignReference extends RemoteReference {
  readonly position: number;
  readonly waits: boolean;
}

/** What the audiences of a campaign refer to; nothing while it runs, for then it is frozen. */
export const referencesOf = (
  statements: Statements,
  organizationNo: number,
  campaignId: string,
): Promise<readonly CampaignReference[]> =>
  statements.execute<CampaignReference[]>(REFERENCES, [campaignId, organizationNo]);

const REFERENCES = `
select a.remote_source as source, a.remote_id as id, min(a.position)::int as position,
  coalesce((c.schedule ->> 'waitsForPlace')::boolean, false) as waits
from campaign.campaign c join campaign.audience a using (campaign_no)
where c.id = ? and c.org_no = ? and a.remote_id is not null and c.status <> 'running'
group by 1, 2, 4`;
