import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';

/** A template as its service gave it. */
export interface Template {
  readonly version: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The copy that came last; nothing when none ever came. */
export async function keptTemplate(database: Database, orgNo: number, id: string): Promise<Template | undefined> {
  const sql = 'select version, content from campaign.remote_template where org_no = $1 and template_id = $2';
  const [row] = await inOrganization(database, orgNo, (tx) => tx.query<Template>(sql, [orgNo, id]));
  return row;
}

export async function keepTemplate(
  database: Database,
  orgNo: number,
  id: string,
  { version, content, at }: Template & { readonly at: Date },
): Promise<void> {
  const values = [orgNo, id, version, JSON.stringify(content), at];
  await inOrganization(database, orgNo, (tx) => tx.query(KEEP, values));
}

// Two saves may fetch at once: the one that was asked later wins.
const KEEP = `
insert into campaign.remote_template as t (org_no, template_id, version, content, fetched_at)
values ($1, $2, $3, $4::jsonb, $5)
on conflict (org_no, template_id) do update
set version = excluded.version, content = excluded.content, fetched_at = excluded.fetched_at
where t.fetched_at <= excluded.fetched_at`;
