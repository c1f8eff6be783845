import { type DocumentNode, parse, print } from 'graphql';
import * as generated from '../../schema/generated/operations';
import type { TokenRequest } from '../../src/identity/token';
import { type AutumnWorld, autumn, openAutumnWorld, organizationId } from './autumn-world';
import { type CollectedOperation, readCollection } from './collection';
import { connectClient } from './ws-client';

/** Each test goes on where the one before stopped: it is one campaign's life, asked by the collection alone. */
const collection = readCollection();
const asked = new Set<string>();
let world: AutumnWorld;
let segmentId: string;
let campaignId: string;
let executionId: string;

beforeAll(async () => {
  world = await openAutumnWorld();
});
afterAll(() => world.close());

/** Asks by name; `errors`, mistakes and nothing at all fail the test. Answers the one root field. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
async function ask(name: string, variables: Record<string, unknown> = {}, as?: Partial<TokenRequest>): Promise<any> {
  const operation = collection.get(name);
  if (operation === undefined) throw new Error(`the collection has no ${name}`);
  asked.add(name);
  const subscribed = operation.kind === 'subscription';
  const { data, errors = [] } = subscribed
    ? await firstEvent(operation, variables)
    : await world.ask(operation.text, variables, as);
  const [answer] = Object.values((data ?? {}) as Record<string, { userErrors?: unknown[] } | null>);
  expect({ name, errors, userErrors: answer?.userErrors ?? [] }).toEqual({ name, errors: [], userErrors: [] });
  expect(answer).toBeTruthy();
  return answer;
}

async function firstEvent({ text }: CollectedOperation, variables: Record<string, unknown>) {
  const client = connectClient(world.graph.url, await world.graph.token(organizationId));
  const event = await client.follow(text, variables).next();
  await client.close();
  return event as Pick<Awaited<ReturnType<AutumnWorld['ask']>>, 'data' | 'errors'>;
}

const nodes = ({ edges }: { edges: { node: object }[] }) => edges.map(({ node }) => node);

test('an administrator settles what holds for all, and an editor brings the customers', async () => {
  await ask('UpdateOrganizationSettings', { input: autumn.settings });
  expect((await ask('Organization')).settings.postalAddress).toBe(autumn.settings.postalAddress);
  const { report } = await ask('ImportContacts', { input: autumn.contacts }, { role: 'editor' });
  expect(report).toMatchObject({ accepted: autumn.contacts.contacts.length, rejected: 0 });
});

test('people are kept from being contacted, and let go again', async () => {
  const input = { userIds: ['oana'] };
  expect(await ask('SuppressUsers', { input }, { role: 'editor' })).toMatchObject({ changed: 1, unchanged: 0 });
  expect(nodes(await ask('Suppressions'))).toMatchObject([{ user: { id: 'oana' }, reason: 'DO_NOT_SEND' }]);
  expect(await ask('LiftSuppressions', { input }, { role: 'editor' })).toMatchObject({ changed: 1, unchanged: 0 });
});

test('a segment is made, changed and found', async () => {
  segmentId = (await ask('CreateSegment', { input: { ...autumn.segment, name: 'Germany' } })).segment.id;
  await ask('UpdateSegment', { input: { id: segmentId, version: 1, name: autumn.segment.name } });
  expect(await ask('Segment', { id: segmentId })).toMatchObject({
    ...autumn.segment,
    version: 2,
    description: 'country is "DE"',
  });
  expect(nodes(await ask('Segments'))).toMatchObject([{ id: segmentId }]);
  const { segment } = await ask('CreateSegment', { input: { ...autumn.segment, name: 'Nobody needs it' } });
  expect(await ask('ArchiveSegment', { input: { id: segment.id } })).toMatchObject({ segment: { version: 2 } });
  expect(nodes(await ask('Segments', { filter: { archived: true } }))).toMatchObject([{ id: segment.id }]);
});

test('a content block is made, changed, found and deleted', async () => {
  const block = { key: 'footer', kind: 'PLAIN', content: 'Bye' };
  const { id } = (await ask('CreateContentBlock', { input: block }, { role: 'editor' })).contentBlock;
  await ask('UpdateContentBlock', { input: { id, version: 1, content: 'See you' } });
  expect(await ask('ContentBlock', { id })).toMatchObject({ ...block, content: 'See you', version: 2, uses: [] });
  expect(nodes(await ask('ContentBlocks'))).toMatchObject([{ id }]);
  const german = { locale: 'de', content: { subject: 'Hallo', html: '{{ blocks.footer }}' } };
  const mail = { content: { subject: 'Hello', html: '{{ blocks.footer }}' }, locale: 'en', locales: [german] };
  const draft = { name: 'With a block', variants: [{ name: 'A', email: mail }] };
  const { campaign } = await ask('CreateCampaign', { input: draft });
  await ask('UpdateContentBlock', { input: { id, version: 2, content: 'Bye' } });
  const refreshed = (await ask('RefreshCampaignBlocks', { input: { id: campaign.id } })).campaign;
  const channel = { locale: 'en', locales: [{ locale: 'de', email: { subject: 'Hallo' } }] };
  expect(refreshed).toMatchObject({ version: 2, outdatedBlocks: [] });
  expect(refreshed.variants[0].channels[0]).toMatchObject({ ...channel, blocks: [{ key: 'footer', version: 3 }] });
  await ask('ArchiveCampaign', { input: { id: campaign.id } });
  await ask('DeleteContentBlock', { input: { id, version: 3 } });
  expect(nodes(await ask('ContentBlocks'))).toEqual([]);
});

test('a campaign is drafted, changed, estimated and found', async () => {
  campaignId = (await ask('CreateCampaign', { input: autumn.campaign(segmentId, 'Autumn') })).campaign.id;
  await ask('UpdateCampaign', { input: { id: campaignId, version: 1, name: 'Autumn sale' } });
  const { estimate } = await ask('EstimateAudience', { input: { campaignId } });
  expect(estimate).toMatchObject({ people: 14, sent: 10, control: 2 });
  const plan = await ask('LaunchPlan', { campaignId });
  expect(plan).toMatchObject({ people: 14, sent: 10, refusals: [], cost: null });
  expect(await ask('Campaign', { id: campaignId })).toMatchObject({ name: 'Autumn sale', status: 'DRAFT' });
  expect(nodes(await ask('Campaigns', { filter: { tag: 'autumn' } }))).toMatchObject([{ id: campaignId }]);
  const tested = await ask('SendTest', { input: { campaignId, addresses: ['ada@example.com'] } }, { role: 'editor' });
  expect(tested).toMatchObject({ messages: 2, execution: { kind: 'TEST' } });
});

test('a copy is rejected, approved, scheduled, taken back, cancelled and archived', async () => {
  const { id } = (await ask('CloneCampaign', { input: { id: campaignId, name: 'Winter sale' } })).campaign;
  const approver = { role: 'approver', userId: 'usr_eve' } as const;
  await ask('SubmitForApproval', { input: { id } });
  await ask('RejectCampaign', { input: { id, comment: 'too early' } }, approver);
  expect((await ask('Campaign', { id })).approvalRecord).toMatchObject({ decidedBy: 'usr_eve', comment: 'too early' });
  await ask('SubmitForApproval', { input: { id } });
  const { hash: planHash } = await ask('LaunchPlan', { campaignId: id });
  await ask('ApproveCampaign', { input: { id, planHash } }, approver);
  expect((await ask('Campaign', { id })).approvalRecord).toMatchObject({ submittedBy: 'usr_ada', planHash });
  const at = new Date(Date.now() + 3_600_000).toISOString();
  expect((await ask('ScheduleCampaign', { input: { id, at } })).campaign.status).toBe('SCHEDULED');
  expect((await ask('UnscheduleCampaign', { input: { id } })).campaign.status).toBe('DRAFT');
  expect((await ask('CancelCampaign', { input: { id, reason: 'no winter' } })).campaign.status).toBe('CANCELLED');
  await ask('ArchiveCampaign', { input: { id } });
  expect(nodes(await ask('Campaigns'))).toMatchObject([{ id: campaignId }]);
});

test('a campaign is kept as a template, of which another is made', async () => {
  const { preset } = await ask('CreateCampaignPreset', { input: { campaignId, name: 'Sales' } });
  expect(preset).toMatchObject({ name: 'Sales', campaignType: 'ONE_TIME' });
  const { id } = (await ask('CreateCampaignFromPreset', { input: { presetId: preset.id, name: 'Summer sale' } }))
    .campaign;
  await ask('ArchiveCampaign', { input: { id } });
  expect(nodes(await ask('CampaignPresets'))).toMatchObject([{ id: preset.id }]);
  const renamed = await ask('UpdateCampaignPreset', { input: { id: preset.id, version: 1, name: 'All sales' } });
  expect(renamed.preset).toMatchObject({ name: 'All sales', version: 2 });
  await ask('ArchiveCampaignPreset', { input: { id: preset.id } });
  expect(nodes(await ask('CampaignPresets'))).toEqual([]);
  expect((await ask('CampaignPreset', { id: preset.id })).definition).toMatchObject({ variants: [{}, {}, {}] });
});

test('a calendar is looked at before it is set, and a campaign for events is activated', async () => {
  const recurrence = { cron: '0 9 * * MON', timeZone: 'Europe/Berlin' };
  const { preview } = await ask('ContentPreview', { input: { campaignId, userId: 'ada' } }, { role: 'editor' });
  expect(preview).toMatchObject({ channel: 'EMAIL', subject: 'Early birds first' });
  const { occurrences } = await ask('SchedulePreview', {
    input: { recurrence, after: '2026-10-20T00:00:00Z', first: 1 },
  });
  expect(occurrences).toEqual([{ at: '2026-10-26T08:00:00.000Z', localTime: 'Mon, 26 Oct 2026, 09:00 GMT+1' }]);
  const triggers = [
    { eventType: 'cart.abandoned', conditions: [{ field: 'total', operator: 'GREATER_THAN', value: 50 }] },
  ];
  const input = { ...autumn.campaign(segmentId, 'Carts'), type: 'TRIGGERED', triggers };
  const { id } = (await ask('CreateCampaign', { input })).campaign;
  expect((await ask('ActivateCampaign', { input: { id } })).campaign.status).toBe('ACTIVE');
  await ask('CancelCampaign', { input: { id, reason: 'a test' } });
  await ask('ArchiveCampaign', { input: { id } });
});

test('the campaign starts, rests, goes on, and is sent', async () => {
  executionId = (await ask('StartCampaign', { input: { id: campaignId, idempotencyKey: 'autumn' } })).execution.id;
  await ask('PauseCampaign', { input: { id: campaignId, reason: 'a look at the stock' } });
  expect((await ask('ResumeCampaign', { input: { id: campaignId } })).campaign.status).toBe('RUNNING');
  await world.send(executionId);
  expect(await ask('Execution', { id: executionId })).toMatchObject({ status: 'COMPLETED', stalledReason: null });
});

test('its progress is followed, and asked for by who cannot follow', async () => {
  const { cursor, ...followed } = await ask('ExecutionProgress', { executionId });
  const { cursor: _, ...now } = await ask('ExecutionNow', { executionId });
  expect(followed).toMatchObject(now);
  expect(Number(cursor)).toBeGreaterThan(0);
  expect(await ask('CampaignChanged', { id: campaignId })).toMatchObject({ campaign: { status: 'COMPLETED' } });
  expect(await ask('CampaignMetrics', { campaignId })).toMatchObject({ metrics: { sent: 9, failed: 1 } });
  expect(await ask('MessageEvents', { executionId, kinds: ['SENT'] })).toMatchObject({ events: [], skipped: 0 });
});

test('everybody is accounted for, and who got nothing can be told why', async () => {
  const { reconciliation } = await ask('Reconciliation', { executionId });
  expect(reconciliation).toMatchObject({ audience: 14, sent: 9, failed: 1, skipped: 2, control: 2, balanced: true });
  const { messages } = await ask('MessagesNotSent', { executionId });
  const reasons = nodes(messages).map(({ reason }: { reason?: string }) => reason);
  expect(reasons.sort()).toEqual(['control', 'control', 'no_consent', 'not_eligible', 'refused']);
  const sent = await ask('ExecutionMessages', { id: executionId, first: 1, dispositions: ['SENT'] });
  const [{ id }] = nodes(sent.messages) as [{ id: string }];
  expect(await ask('Message', { id })).toMatchObject({ status: 'SENT', recipient: { id: 'ada' } });
  const [{ gates }] = await ask('Explain', { campaignId, userId: 'mona' });
  expect(gates).toContainEqual(expect.objectContaining({ result: 'STOPPED', reason: 'no_consent' }));
});

test('the results are shown by variant and channel, and compared', async () => {
  await world.hear(executionId);
  const { metrics } = await ask('CampaignFigures', { campaignId });
  expect(metrics).toMatchObject({ audience: 14, delivered: 8, bounced: 1, opened: 3, outcomes: [{ people: 4 }] });
  expect((await ask('VariantResults', { campaignId })).channelMetrics).toMatchObject([{ channel: 'EMAIL' }]);
  expect((await ask('ExperimentAnalysis', { campaignId })).arms).toHaveLength(3);
  expect((await ask('ExperimentComparisons', { campaignId })).tests).toMatchObject([{ goal: 'order.completed' }]);
  expect(await ask('HoldoutLift', { campaignId })).toMatchObject({ automaticWinner: 'OFF', holdoutLift: [] });
});

test('somebody declares the winner', async () => {
  const [early] = (await ask('ExperimentAnalysis', { campaignId })).arms;
  const input = { id: campaignId, variantId: early.variant.id };
  const { campaign } = await ask('DeclareWinner', { input }, { role: 'editor', userId: 'usr_ada' });
  expect(campaign.winner).toMatchObject({ reason: 'MANUAL', decidedBy: 'usr_ada', variant: { name: 'Early bird' } });
});

test('the calculators take the counts of any experiment', async () => {
  const arms = [
    { name: 'Mens E-Mail', people: 21_307, successes: 3_894 },
    { name: 'No E-Mail', people: 21_306, successes: 2_262, isControl: true },
  ];
  expect((await ask('CompareArms', { input: { arms } })).test.comparisons).toMatchObject([{ against: 'No E-Mail' }]);
  expect(await ask('SampleSize', { input: { baseline: 0.1, difference: 0.02 } })).toMatchObject({
    peoplePerArm: 3_841,
  });
});

test('who was refused is sent to again, and the log knows who wished it', async () => {
  expect(await ask('RetryFailed', { input: { executionId, idempotencyKey: 'again' } })).toMatchObject({ messages: 1 });
  const [entry] = nodes(await ask('AuditLog', { filter: { objectId: executionId } }));
  expect(entry).toMatchObject({ action: 'retryFailed', actor: 'usr_ada', role: 'admin' });
});

// The last one: it looks at what the others asked.
test('the collection has no operation that nobody has asked here', () => {
  expect([...collection.keys()].filter((name) => !asked.has(name))).toEqual([]);
});

test('the typed documents are those of the collection', () => {
  const typed = Object.entries(generated).map(([name, document]) => [name, definitionsOf(document as DocumentNode)]);
  const written = [...collection.values()].map(({ name, text }) => [`${name}Document`, definitionsOf(parse(text))]);
  const fragments = typed.filter(([name]) => String(name).endsWith('FragmentDoc'));
  expect(Object.fromEntries(typed)).toEqual(Object.fromEntries([...written, ...fragments]));
});

const definitionsOf = ({ definitions }: DocumentNode): string[] => definitions.map((node) => print(node)).sort();
