import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';
import { CHANNEL } from '../shared/ledger-codes';
import type { TemplateKind } from './template-answer';

/** Which template, of which medium: the service may keep words for several under one id. */
export interface TemplateName {
  readonly id: string;
  readonly kind: TemplateKind;
}

/** A template as its service gave it. */
export interface Template {
  readonly version: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The copy that came last; nothing when none ever came. */
export async function keptTemplate(
  database: Database,
  orgNo: number,
  { id, kind }: TemplateName,
): Promise<Template | undefined> {
  const [row] = await inOrganization(database, orgNo, (tx) => tx.query<Template>(KEPT, [orgNo, id, CHANNEL[kind]]));
  return row;
}

export async function keepTemplate(
  database: Database,
  orgNo: number,
  { id, kind }: TemplateName,
  { version, content, at }: Template & { readonly at: Date },
): Promise<void> {
  const values = [orgNo, id, CHANNEL[kind], version, JSON.stringify(content), at];
  await inOrganization(database, orgNo, (tx) => tx.query(KEEP, values));
}

const KEPT = `
select version, content from campaign.remote_template where org_no = $1 and template_id = $2 and kind = $3`;

// Two saves may fetch at once: the one that was asked later wins.
const KEEP = `
insert into campaign.remote_template as t (org_no, template_id, kind, version, content, fetched_at)
values ($1, $2, $3, $4, $5::jsonb, $6)
on conflict (org_no, template_id, kind) do update
set version = excluded.version, content = excluded.content, fetched_at = excluded.fetched_at
where t.fetched_at <= excluded.fetched_at`;
