import { randomUUID } from 'node:crypto';
import type { Database } from '../src/adapters/postgres';
import { pauseCampaign, resumeCampaign } from '../src/campaign/change-status';
import { createCampaign } from '../src/campaign/create-campaign';
import { startCampaign } from '../src/campaign/start-campaign';
import { updateOrganizationSettings } from '../src/organization/organization-service';
import { createOrm } from '../src/orm';
import { createScope, type Scope } from '../src/scope';
import { systemClock } from '../src/shared/clock';
import { decodeMessageId, encodeMessageId, type MessageIdKeys } from '../src/shared/message-id';

/** A running campaign's name on either side. */
export interface DrillCampaign {
  readonly campaignId: string;
  readonly execNo: number;
}

/** The e-mail of one arm. */
export type CampaignContent = (arm: string) => { readonly subject: string; readonly html: string };

/** The campaigns of a drill, made by the services that GraphQL uses. */
export interface DrillCampaigns {
  readonly organizationNo: number;
  /** A campaign to the whole directory in two arms, started. */
  start(content?: CampaignContent): Promise<DrillCampaign>;
  pause(campaignId: string): Promise<unknown>;
  resume(campaignId: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Where campaigns of an organization are made. */
export interface CampaignPlace {
  readonly orm: Awaited<ReturnType<typeof createOrm>>;
  readonly database: Database;
  readonly ids: MessageIdKeys;
}

/** The drill's one organization, on connections of its own. */
export async function openCampaigns(url: string, database: Database, ids: MessageIdKeys): Promise<DrillCampaigns> {
  const orm = await createOrm({ url, applicationName: 'drill', poolSize: 2 });
  return { ...(await openOrganization({ orm, database, ids }, 'org_drill')), close: () => orm.close() };
}

/** Opens an organization: without its default limits, which would stretch a drill over hours. */
export async function openOrganization(
  { orm, database, ids }: CampaignPlace,
  organizationId: string,
): Promise<Omit<DrillCampaigns, 'close'>> {
  const [row] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [organizationId]);
  const viewer = {
    organizationId,
    organizationNo: row?.no ?? 0,
    userId: 'drill',
    role: 'admin',
  } as const;
  const messageIds = {
    encode: (execNo: number, seq: number) => encodeMessageId(ids, execNo, seq),
    decode: (id: string) => decodeMessageId(ids, id),
  };
  const scope = createScope({ database, entityManager: orm.em, now: systemClock, messageIds }, viewer);
  await updateOrganizationSettings(scope, {
    limits: { enabled: false },
    quietHours: { enabled: false },
    postalAddress: 'Main Street 1, 10115 Berlin',
  });
  return {
    organizationNo: viewer.organizationNo,
    start: (content = shortEmail) => start(scope, content),
    pause: (id) => pauseCampaign(scope, { id }),
    resume: (id) => resumeCampaign(scope, { id }),
  };
}

async function start(scope: Scope, content: CampaignContent): Promise<DrillCampaign> {
  const id = await createCampaign(scope, {
    type: 'ONE_TIME',
    fields: { name: `Drill ${randomUUID()}` },
    variants: ['Short', 'Long'].map((name) => ({
      name,
      allocation: 50,
      channels: [{ kind: 'email' as const, content: content(name) }],
    })),
    audiences: [{ kind: 'INCLUDE', rules: { field: 'country', operator: 'equals', value: 'DE' } }],
  });
  const { executionId } = await startCampaign(scope, { id });
  const rows = await scope.read((transaction) =>
    transaction.query<{ no: number }>('select exec_no as no from campaign.execution where id = $1', [executionId]),
  );
  return { campaignId: id, execNo: rows[0]?.no ?? 0 };
}

const shortEmail: CampaignContent = (name) => ({
  subject: `${name} news for {{ first_name }}`,
  html: `<p>Hello {{ first_name }}, this is the ${name} one.</p><p><a href="https://example.com/${name}">more</a>
<a href="{{ unsubscribe_url }}">stop</a></p>`,
});
