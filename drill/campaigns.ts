import { randomUUID } from 'node:crypto';
import type { Database } from '../src/adapters/postgres';
import { type CampaignFields, defaultFields, type Throttle } from '../src/campaign/campaign-fields';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../src/campaign/change-status';
import { createCampaign } from '../src/campaign/create-campaign';
import { editCampaign } from '../src/campaign/edit-campaign';
import { scheduleCampaign } from '../src/campaign/schedule-campaign';
import { startCampaign } from '../src/campaign/start-campaign';
import { usualContentLimits } from '../src/content/content-limits';
import type { ChannelStrategy } from '../src/execution/frozen-plan';
import { defaultExperiment, type Experiment } from '../src/experiment/experiment';
import { updateOrganizationSettings } from '../src/organization/organization-service';
import { createOrm } from '../src/orm';
import { createScope, type Scope } from '../src/scope';
import type { Rule } from '../src/segment/rule.types';
import { type Clock, systemClock } from '../src/shared/clock';
import { decodeMessageId, encodeMessageId, type MessageIdKeys } from '../src/shared/message-id';
import type { ChannelDraft } from '../src/variant/variant-draft';

/** The public name of a drill's organization. */
export const drillOrganization = 'org_drill';

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
  /** A campaign to the whole directory in two arms, started; with a limit of its own, or none. */
  start(content?: CampaignContent, throttle?: Throttle): Promise<DrillCampaign>;
  /** The same with a test first: half of the people wait for its end, which is days away. */
  startTest(): Promise<DrillCampaign>;
  /** The same to whom its text messages, pushes and e-mails reach, in this order. */
  startMixed(strategy?: ChannelStrategy): Promise<DrillCampaign>;
  /** The same to those of the directory whom that campaign was sent. */
  startAgain(campaignId: string): Promise<DrillCampaign>;
  /** The same with content of one's own. */
  startBy(channels: readonly ChannelDraft[], strategy?: ChannelStrategy): Promise<DrillCampaign>;
  /** The same, not started yet; answers its id. */
  draft(content?: CampaignContent): Promise<string>;
  /** Sets a draft to a time that has come already: the next dispatcher that looks starts it. */
  makeDue(campaignId: string): Promise<unknown>;
  /** The campaign by its one execution; throws unless there is exactly one. */
  find(campaignId: string): Promise<DrillCampaign>;
  pause(campaignId: string): Promise<unknown>;
  /** Pauses it, gives it other fields, and goes on. */
  editInPause(campaignId: string, fields: Partial<CampaignFields>): Promise<unknown>;
  resume(campaignId: string): Promise<unknown>;
  cancel(campaignId: string): Promise<unknown>;
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
  return { ...(await openOrganization({ orm, database, ids }, drillOrganization)), close: () => orm.close() };
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
  // Its webhooks go to the drill itself.
  const content = { ...usualContentLimits, webhookTargets: 'any' } as const;
  const scopeAt = (now: Clock) => createScope({ database, entityManager: orm.em, now, messageIds, content }, viewer);
  const scope = scopeAt(systemClock);
  await updateOrganizationSettings(scope, {
    limits: { enabled: false },
    quietHours: { enabled: false, commercialSms: false },
    postalAddress: 'Main Street 1, 10115 Berlin',
  });
  const startBy = async (channels: ChannelsOfArm, channelStrategy: ChannelStrategy = 'FIRST_ELIGIBLE') => {
    const delivery = { ...defaultFields.delivery, channelStrategy };
    const id = await draft(scope, shortEmail, { delivery }, channels);
    await startCampaign(scope, { id });
    return find(scope, id);
  };
  return {
    organizationNo: viewer.organizationNo,
    start: async (content = shortEmail, throttle) => {
      const id = await draft(scope, content, throttle && { throttle });
      await startCampaign(scope, { id });
      return find(scope, id);
    },
    startTest: async () => {
      const id = await draft(scope, shortEmail, { experiment: longTest });
      await startCampaign(scope, { id });
      return find(scope, id);
    },
    startAgain: async (campaignId) => {
      const sentTo = { field: `behaviour.sent.${campaignId}`, operator: 'within_last' as const, value: 1 };
      const id = await draft(scope, shortEmail, { audience: sentTo });
      await startCampaign(scope, { id });
      return find(scope, id);
    },
    startMixed: (strategy) => startBy(mixedChannels, strategy),
    startBy: (channels, strategy) => startBy(() => channels, strategy),
    draft: (content = shortEmail) => draft(scope, content),
    makeDue: (id) =>
      scheduleCampaign(
        scopeAt(() => minutesAgo(30)),
        { id },
        { at: minutesAgo(10) },
      ),
    find: (id) => find(scope, id),
    pause: (id) => pauseCampaign(scope, { id }),
    resume: (id) => resumeCampaign(scope, { id }),
    editInPause: (id, fields) => editInPause(scope, id, fields),
    cancel: (id) => cancelCampaign(scope, { id }, 'a drill'),
  };
}

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

const longTest: Experiment = {
  ...defaultExperiment,
  mode: 'TEST_THEN_ROLLOUT',
  metric: 'OPEN',
  testSampleHundredths: 5_000,
  testMinutes: 10_000,
};

/** How a drill's campaign differs from the plainest one. */
interface DraftWish extends Pick<Partial<CampaignFields>, 'throttle' | 'experiment' | 'delivery'> {
  readonly audience?: Rule;
}

const everybody: Rule = { field: 'country', operator: 'equals', value: 'DE' };

type ChannelsOfArm = (arm: string) => readonly ChannelDraft[];

function draft(
  scope: Scope,
  content: CampaignContent,
  { audience = everybody, ...more }: DraftWish = {},
  channels: ChannelsOfArm = (arm) => [{ kind: 'email', content: content(arm) }],
): Promise<string> {
  return createCampaign(scope, {
    type: 'ONE_TIME',
    fields: { name: `Drill ${randomUUID()}`, ...more },
    variants: ['Short', 'Long'].map((name) => ({
      name,
      allocation: 50,
      channels: channels(name),
    })),
    audiences: [{ kind: 'INCLUDE', rules: audience }],
  });
}

const mixedChannels = (arm: string): readonly ChannelDraft[] => [
  { kind: 'sms', priority: 1, content: { body: `${arm}: hello {{ first_name }}` } },
  { kind: 'push', priority: 2, content: { title: arm, body: 'Hello {{ first_name }}' } },
  { kind: 'email', priority: 3, content: shortEmail(arm) },
];

async function find(scope: Scope, campaignId: string): Promise<DrillCampaign> {
  const rows = await scope.read((transaction) => transaction.query<{ no: number }>(EXECUTIONS, [campaignId]));
  const [only] = rows;
  if (!only || rows.length > 1) throw new Error(`${campaignId} has ${rows.length} executions instead of one`);
  return { campaignId, execNo: only.no };
}

async function editInPause(scope: Scope, id: string, fields: Partial<CampaignFields>): Promise<void> {
  await pauseCampaign(scope, { id });
  const sql = 'select version from campaign.campaign where id = $1';
  const [row] = await scope.read((transaction) => transaction.query<{ version: number }>(sql, [id]));
  await editCampaign(scope, { id, version: row?.version ?? 0, fields });
  await resumeCampaign(scope, { id });
}

const EXECUTIONS = `select exec_no as no from campaign.execution join campaign.campaign c using (campaign_no)
where c.id = $1`;

const shortEmail: CampaignContent = (name) => ({
  subject: `${name} news for {{ first_name }}`,
  html: `<p>Hello {{ first_name }}, this is the ${name} one.</p><p><a href="https://example.com/${name}">more</a>
<a href="{{ unsubscribe_url }}">stop</a></p>`,
});
