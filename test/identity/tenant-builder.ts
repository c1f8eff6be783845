import { buildExecution, externalId } from '../events/ledger-builder';
import type { GraphWorld } from '../graphql/graph-world';

/** One organization with something of everything; every text in it holds its word. */
export interface Tenant {
  readonly organizationId: string;
  readonly orgNo: number;
  readonly word: string;
  /** An administrator's. */
  readonly token: string;
  /** Ids by the prefix or the kind that they have. */
  readonly ids: Readonly<Record<string, string>>;
}

const create = `mutation ($segment: CreateSegmentInput!, $settings: UpdateOrganizationSettingsInput!) {
  createSegment(input: $segment) { segment { id } userErrors { message } }
  updateOrganizationSettings(input: $settings) { userErrors { message } } }`;

const createCampaign = `mutation ($input: CreateCampaignInput!) {
  createCampaign(input: $input) { campaign { id variants { id channels { id } } audiences { id } } userErrors { message } } }`;

const importContacts = `mutation ($input: ImportContactsInput!) {
  importContacts(input: $input) { report { accepted } userErrors { message } } }`;

/** Builds the same things for every organization, so that nothing tells two of them apart but their words. */
export async function buildTenant(world: GraphWorld, word: string): Promise<Tenant> {
  const organizationId = `org-${word}`;
  const token = await world.token(organizationId, { role: 'admin' });
  const tell = async (query: string, variables: object) => {
    const { data, errors } = await world.post(token, query, variables);
    const mistakes = [...errors, ...Object.values(data ?? {}).flatMap((part) => userErrorsOf(part))];
    if (mistakes.length > 0) throw new Error(`${organizationId}: ${JSON.stringify(mistakes)}`);
    return data;
  };
  const rules = { field: 'attributes.plan', operator: 'equals', value: `${word}-plan` };
  const { createSegment } = await tell(create, {
    segment: { name: `${word} segment`, rules },
    settings: { postalAddress: `${word} street 1` },
  });
  const contact = { externalId: `${word}-user`, email: `${word}@example.com`, attributes: { plan: `${word}-plan` } };
  await tell(importContacts, { input: { contacts: [contact], emailOptedIn: true } });
  const campaign = (await tell(createCampaign, { input: draft(word, createSegment.segment.id) })).createCampaign
    .campaign;
  const execution = await buildExecution(world.ledger, { name: word, people: 3, organizationId });
  return {
    organizationId,
    orgNo: execution.orgNo,
    word,
    token,
    ids: {
      campaign: campaign.id,
      variant: campaign.variants[0].id,
      audience: campaign.audiences[0].id,
      segment: createSegment.segment.id,
      execution: `exe_${word}`,
      message: await firstMessage(world, token, `exe_${word}`),
      user: externalId(word, 0),
      notification: await nameNotification(world, word),
    },
  };
}

let drafted = 0;

/** One more campaign, which nothing has happened to. */
export async function draftCampaign(world: GraphWorld, { token }: Tenant): Promise<string> {
  const { data } = await world.post(token, createCampaign, { input: { name: `draft ${++drafted}` } });
  return data.createCampaign.campaign.id;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
const userErrorsOf = (part: any): unknown[] => part?.userErrors ?? [];

const draft = (word: string, segmentId: string) => ({
  name: `${word} campaign`,
  description: `${word} description`,
  tags: [`${word}-tag`],
  metadata: { note: `${word} note` },
  conversionGoals: [{ eventType: `${word}.visit`, windowDays: 7 }],
  variants: [
    {
      name: `${word} variant`,
      allocation: 100,
      email: { content: { subject: `${word} subject`, html: `<p>${word} body</p>` } },
    },
  ],
  audiences: [{ segmentId }],
});

async function firstMessage(world: GraphWorld, token: string, id: string): Promise<string> {
  const query = 'query ($id: ID!) { execution(id: $id) { messages(first: 1) { edges { node { id } } } } }';
  const { data } = await world.post(token, query, { id });
  return data.execution.messages.edges[0].node.id;
}

async function nameNotification({ ledger }: GraphWorld, word: string): Promise<string> {
  await ledger.query(
    `insert into campaign.message_notification (org_no, notification_id, exec_no, seq, attempt, channel)
     select org_no, $1, exec_no, 1, 1, 1 from campaign.execution where id = $2`,
    [`ntf-${word}`, `exe_${word}`],
  );
  await ledger.query(`update campaign.execution set reason = $1 where id = $2`, [`${word} reason`, `exe_${word}`]);
  return `ntf-${word}`;
}
