import 'reflect-metadata';
import { type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { pino } from 'pino';
import { createContext } from '../../src/graphql/context';
import { createLiveFeeds } from '../../src/graphql/live-feeds';
import { nouns } from '../../src/graphql/nouns';
import { buildGraph } from '../../src/graphql/schema';
import { createMessageEventFeeds } from '../../src/message/message-event-feeds';
import { organizationGraph } from '../../src/organization/organization.graph';
import { openPreviewRenderer } from '../../src/preview/preview-renderer';
import { keepAnswers } from '../../src/scheduling-rule/scheduling-answers';
import { openWorld, type World } from './campaign-world';

let world: World;
let schema: GraphQLSchema;
let organizations = 0;
let nudge: (campaignId: string) => void = () => undefined;
const listen = (onCampaign: (campaignId: string) => void) => {
  nudge = onCampaign;
  return { stop: () => undefined };
};
const messageEvents = createMessageEventFeeds({ subscribeCore: () => ({ stop: () => undefined }) });
const previews = openPreviewRenderer('http://localhost:8240');
const live = createLiveFeeds(listen, () => world.now, pino({ level: 'silent' }));

beforeAll(async () => {
  world = await openWorld();
  schema = buildGraph([...new Set([...nouns, organizationGraph])]);
});
afterAll(() => {
  live.close();
  return world.close();
});

/** Asks as somebody of an organization; faults fail the test, user errors are part of the answer. */
async function ask(organizationId: string, source: string, variableValues: object = {}) {
  const { viewer } = await world.scopeOf(organizationId);
  const contextValue = createContext({ ...world.parts, live, messageEvents, previews }, viewer, 'test');
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  return { data: data as any, errors: errors ?? [] };
}
const newOrganization = async () => {
  const id = `graph-${++organizations}`;
  const input = { postalAddress: 'Main Street 1', limits: { enabled: false }, quietHours: { enabled: false } };
  await ask(
    id,
    'mutation($input: UpdateOrganizationSettingsInput!) { updateOrganizationSettings(input: $input) { userErrors { code } } }',
    { input },
  );
  return id;
};

const create =
  'mutation($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id version } userErrors { code message path } } }';
const start =
  'mutation($input: StartCampaignInput!) { startCampaign(input: $input) { campaign { status version } execution { id status } userErrors { code path } } }';
const segment =
  'mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id version } userErrors { code path } } }';

const html = '<p>Hello {{ first_name }}</p><a href="{{ unsubscribe_url }}">stop</a>';
const input = (over: object = {}) => ({
  name: 'Mens and womens',
  assignment: { kind: 'ATTRIBUTE', field: 'attributes.segment' },
  conversionGoals: [{ eventType: 'site.visit' }, { eventType: 'order.completed', valueField: 'value', windowDays: 14 }],
  holdoutPercentage: 2.5,
  throttle: { perMinute: 600 },
  metadata: { owner: 'crm' },
  variants: [
    { name: 'Mens E-Mail', attributeValue: 'Mens E-Mail', email: { content: { subject: 'For him', html } } },
    { name: 'No E-Mail', attributeValue: 'No E-Mail', isControl: true },
  ],
  audiences: [{ rules: { field: 'attributes.history', operator: 'greater_than', value: 10 } }],
  ...over,
});

test('a variant’s own subject stands over that of its content', async () => {
  const org = await newOrganization();
  const asked = `mutation($input: CreateCampaignInput!) { createCampaign(input: $input) {
    campaign { variants { channels { email { subject } } } } userErrors { code path } } }`;
  const content = { subject: 'Shared', html: '<a href="{{ unsubscribe_url }}">stop</a>' };
  const variants = [
    { name: 'A', allocation: 50, email: { content } },
    { name: 'B', allocation: 50, email: { content, subject: 'Bold' } },
  ];
  const { data } = await ask(org, asked, { input: input({ variants, assignment: { kind: 'HASH' } }) });
  expect(data.createCampaign.userErrors).toEqual([]);
  const [one, other] = data.createCampaign.campaign.variants;
  expect([one.channels[0].email.subject, other.channels[0].email.subject]).toEqual(['Shared', 'Bold']);
});

test('so is a rule that may hold a start; what it says is told while its campaign waits', async () => {
  const org = await newOrganization();
  const asked = 'campaign { schedulingRuleId waitsForRule { ruleId answered reason until askedAt asksAgainAt } }';
  const change = `mutation($input: UpdateCampaignInput!) { updateCampaign(input: $input) { ${asked} userErrors { code path } } }`;
  const { data } = await ask(org, create, { input: input({ schedulingRuleId: 'open' }) });
  const { id } = data.createCampaign.campaign;
  const edit = async (version: number, over: object) =>
    (await ask(org, change, { input: { id, version, ...over } })).data.updateCampaign;
  expect((await edit(1, { personalizationRuleId: 'spring' })).campaign).toEqual({
    schedulingRuleId: 'open',
    waitsForRule: null,
  });
  expect((await edit(2, { schedulingRuleId: '' })).userErrors).toEqual([
    { code: 'CAMPAIGN_INVALID', path: 'schedulingRuleId' },
  ]);
  const [row] = await world.ledger.query<{ campaignNo: number; orgNo: number }>(
    `update campaign.campaign set status = 'scheduled', schedule = '{"at": "2026-11-21T09:00:00.000Z"}' where id = $1
     returning campaign_no as "campaignNo", org_no as "orgNo"`,
    [id],
  );
  const at = (minute: number) => new Date(`2026-11-21T09:0${minute}:00Z`);
  const said = { decision: 'WAIT', answered: true, reason: 'stock is out', until: at(5), askAgainAt: at(1) } as const;
  const place = {
    campaignNo: 0,
    orgNo: 0,
    ...row,
    ruleId: 'open',
    occurrence: '2026-11-21T09:00:00.000Z',
    outlivedAt: null,
  };
  await keepAnswers(world.ledger, [{ ...place, ...said }], at(0));
  const show = `query($id: ID!) { ${asked.replace('campaign {', 'campaign(id: $id) {')} }`;
  expect((await ask(org, show, { id })).data.campaign.waitsForRule).toEqual({
    ...{ ruleId: 'open', answered: true, reason: 'stock is out', until: '2026-11-21T09:05:00.000Z' },
    ...{ askedAt: '2026-11-21T09:00:00.000Z', asksAgainAt: '2026-11-21T09:01:00.000Z' },
  });
  // What was said of another occurrence is over.
  await keepAnswers(world.ledger, [{ ...place, ...said, occurrence: '2026-11-20T09:00:00.000Z' }], at(1));
  expect((await ask(org, show, { id })).data.campaign.waitsForRule).toBeNull();
});

test('an archived campaign says so, and that nothing can be done to it', async () => {
  const org = await newOrganization();
  const { data } = await ask(org, create, { input: input() });
  const { id } = data.createCampaign.campaign;
  const look = async () =>
    (await ask(org, `{ campaign(id: "${id}") { status archivedAt allowedActions } }`)).data.campaign;
  expect(await look()).toMatchObject({ archivedAt: null, allowedActions: expect.arrayContaining(['ARCHIVE']) });
  await ask(org, `mutation { archiveCampaign(input: { id: "${id}" }) { userErrors { code } } }`);
  expect(await look()).toEqual({ status: 'DRAFT', archivedAt: world.now.toISOString(), allowedActions: [] });
});

test('an attribute that parts people into variants is named as in a rule', async () => {
  const org = await newOrganization();
  const made = async (field: string) => {
    const { data } = await ask(org, create, { input: input({ assignment: { kind: 'ATTRIBUTE', field } }) });
    return data.createCampaign.userErrors.map(({ path }: { path: string }) => path);
  };
  expect(await made('attributes."sent.by".arm')).toEqual([]);
  for (const none of ['attributes.', 'attributes', 'attributes.a.', 'country'])
    expect(await made(none)).toEqual(['assignment.field']);
});

test('a rule that makes something of people is named, kept by other edits, taken away by null, and refused where it is none', async () => {
  const org = await newOrganization();
  const change = `mutation($input: UpdateCampaignInput!) { updateCampaign(input: $input) {
    campaign { personalizationRuleId trackOpens } userErrors { code path } } }`;
  const { data } = await ask(org, create, { input: input({ personalizationRuleId: 'spring' }) });
  const { id } = data.createCampaign.campaign;
  const edit = async (version: number, over: object) =>
    (await ask(org, change, { input: { id, version, ...over } })).data.updateCampaign;
  expect((await edit(1, { trackOpens: false })).campaign).toEqual({
    personalizationRuleId: 'spring',
    trackOpens: false,
  });
  expect((await edit(2, { personalizationRuleId: null })).campaign).toEqual({
    personalizationRuleId: null,
    trackOpens: false,
  });
  expect((await edit(3, { personalizationRuleId: '..' })).userErrors).toEqual([
    { code: 'CAMPAIGN_INVALID', path: 'personalizationRuleId' },
  ]);
});

test('a campaign is made, read back as it was given, and started', async () => {
  const org = await newOrganization();
  const { data } = await ask(org, create, { input: input() });
  expect(data.createCampaign.userErrors).toEqual([]);
  const { id } = data.createCampaign.campaign;
  const read = await ask(
    org,
    `query($id: ID!) { campaign(id: $id) { id organizationId name type purpose status allowedActions holdoutPercentage metadata
      throttle { perMinute perHour } assignment { kind field } conversionGoals { eventType valueField windowDays }
      trackOpens expiresAfterHours onQuietHours version clonedFrom { id }
      variants { name isControl attributeValue channels { kind enabled email { subject html text } } }
      audiences { kind rules segment { id } } } }`,
    { id },
  );
  expect(read.errors).toEqual([]);
  expect(read.data.campaign).toMatchObject({
    id,
    organizationId: org,
    status: 'DRAFT',
    allowedActions: ['EDIT', 'SCHEDULE', 'START', 'CANCEL', 'CLONE', 'ARCHIVE'],
    holdoutPercentage: 2.5,
    metadata: { owner: 'crm' },
    throttle: { perMinute: 600, perHour: null },
    assignment: { kind: 'ATTRIBUTE', field: 'attributes.segment' },
    conversionGoals: [
      { eventType: 'site.visit', valueField: null, windowDays: 7 },
      { eventType: 'order.completed', valueField: 'value', windowDays: 14 },
    ],
    trackOpens: true,
    expiresAfterHours: 72,
    onQuietHours: 'DEFER',
    clonedFrom: null,
    variants: [
      {
        name: 'Mens E-Mail',
        channels: [{ kind: 'EMAIL', enabled: true, email: { subject: 'For him', html, text: null } }],
      },
      { name: 'No E-Mail', isControl: true, channels: [] },
    ],
    audiences: [{ kind: 'INCLUDE', segment: null, rules: input().audiences[0]?.rules }],
  });
  const started = await ask(org, start, { input: { id } });
  expect(started.data.startCampaign).toMatchObject({
    campaign: { status: 'RUNNING', version: 2 },
    execution: { status: 'RUNNING' },
    userErrors: [],
  });
});

test('what the caller did wrong comes back with a code and the path to it', async () => {
  const org = await newOrganization();
  const rules = { all: [{ field: 'country', operator: 'equals', value: 1 }] };
  const { data } = await ask(org, create, { input: input({ audiences: [{ rules }] }) });
  expect(data.createCampaign).toMatchObject({
    campaign: null,
    userErrors: [{ code: 'AUDIENCE_INVALID_RULE', path: 'audiences[0].rules.all[0].value' }],
  });
});

test('an edit keeps what it does not name, and a stale one is a conflict', async () => {
  const org = await newOrganization();
  const { id } = (await ask(org, create, { input: input() })).data.createCampaign.campaign;
  const update =
    'mutation($input: UpdateCampaignInput!) { updateCampaign(input: $input) { campaign { name version trackOpens trackClicks throttle { perMinute } } userErrors { code path } } }';
  const edited = await ask(org, update, { input: { id, version: 1, trackOpens: false, throttle: null } });
  expect(edited.data.updateCampaign.campaign).toEqual({
    name: 'Mens and womens',
    version: 2,
    trackOpens: false,
    trackClicks: true,
    throttle: null,
  });
  const stale = await ask(org, update, { input: { id, version: 1, name: 'Late' } });
  expect(stale.data.updateCampaign).toEqual({ campaign: null, userErrors: [{ code: 'CONFLICT', path: 'version' }] });
});

test('lists are paged without a gap and filtered', async () => {
  const org = await newOrganization();
  for (const name of ['One', 'Two', 'Three']) await ask(org, create, { input: input({ name, tags: [name] }) });
  const list =
    'query($after: String, $filter: CampaignFilterInput, $orderBy: CampaignOrder) { campaigns(first: 2, after: $after, filter: $filter, orderBy: $orderBy) { edges { node { name } } pageInfo { hasNextPage endCursor } } }';
  const names = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.data.campaigns.edges.map((edge: { node: { name: string } }) => edge.node.name);
  const first = await ask(org, list);
  expect(names(first)).toEqual(['Three', 'Two']);
  const { endCursor, hasNextPage } = first.data.campaigns.pageInfo;
  expect(hasNextPage).toBe(true);
  expect(names(await ask(org, list, { after: endCursor }))).toEqual(['One']);
  expect(names(await ask(org, list, { orderBy: 'OLDEST' }))).toEqual(['One', 'Two']);
  expect(names(await ask(org, list, { filter: { tag: 'Two', statuses: ['DRAFT'], nameContains: 'tw' } }))).toEqual([
    'Two',
  ]);
  expect(names(await ask(org, list, { filter: { statuses: ['RUNNING'] } }))).toEqual([]);
  expect(names(await ask(org, list, { filter: { tag: 'tWO' } }))).toEqual(['Two']);
});

test('a segment is used by an audience, and a running execution keeps the rules it started with', async () => {
  const org = await newOrganization();
  const rules = { field: 'country', operator: 'equals', value: 'DE' };
  const made = (await ask(org, segment, { input: { name: 'Germans', rules } })).data.createSegment.segment;
  const audiences = [{ segmentId: made.id }];
  const { id } = (await ask(org, create, { input: input({ audiences }) })).data.createCampaign.campaign;
  await ask(org, start, { input: { id } });
  const update =
    'mutation($input: UpdateSegmentInput!) { updateSegment(input: $input) { segment { version rules } userErrors { code } } }';
  const other = { field: 'country', operator: 'equals', value: 'FR' };
  const changed = await ask(org, update, { input: { id: made.id, version: 1, rules: other } });
  expect(changed.data.updateSegment.segment).toEqual({ version: 2, rules: other });
  const scope = await world.scopeOf(org);
  const [execution] = await scope.read((tx) => tx.query<{ plan: object }>('select plan from campaign.execution'));
  expect(execution?.plan).toMatchObject({ include: [rules] });
  const stale = await ask(org, update, { input: { id: made.id, version: 1, name: 'x' } });
  expect(stale.data.updateSegment.userErrors).toEqual([{ code: 'CONFLICT' }]);
});

test('segments are found by words of their names and paged in each order; archived ones apart', async () => {
  const org = await newOrganization();
  const rules = { field: 'country', operator: 'exists' };
  const ids: string[] = [];
  for (const name of ['Beta buyers', 'alpha 100% buyers', 'Gamma_x', 'Delta buyers', 'Old', 'Older'])
    ids.push((await ask(org, segment, { input: { name, rules } })).data.createSegment.segment.id);
  const archive =
    'mutation($input: ArchiveSegmentInput!) { archiveSegment(input: $input) { segment { archivedAt version } userErrors { code } } }';
  for (const id of ids.slice(4))
    expect((await ask(org, archive, { input: { id } })).data.archiveSegment).toMatchObject({
      segment: { archivedAt: world.now.toISOString(), version: 2 },
      userErrors: [],
    });
  const update = 'mutation($input: UpdateSegmentInput!) { updateSegment(input: $input) { segment { version } } }';
  world.now = new Date(world.now.getTime() + 1_000);
  await ask(org, update, { input: { id: ids[0], version: 1, name: 'Beta-buyers' } });
  const query = `query($filter: SegmentFilterInput, $orderBy: SegmentOrder!, $after: String) {
    segments(first: 1, filter: $filter, orderBy: $orderBy, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { name } } } }`;
  const named = async (filter: object | null, orderBy = 'NEWEST') => {
    const names: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data, errors } = await ask(org, query, { filter, orderBy, after });
      expect(errors).toEqual([]);
      names.push(...data.segments.edges.map(({ node }: { node: { name: string } }) => node.name));
      more = data.segments.pageInfo.hasNextPage;
      after = data.segments.pageInfo.endCursor;
    }
    return names;
  };
  expect(await named(null)).toEqual(['Delta buyers', 'Gamma_x', 'alpha 100% buyers', 'Beta-buyers']);
  expect(await named(null, 'OLDEST')).toEqual(['Beta-buyers', 'alpha 100% buyers', 'Gamma_x', 'Delta buyers']);
  expect(await named(null, 'NAME')).toEqual(['alpha 100% buyers', 'Beta-buyers', 'Delta buyers', 'Gamma_x']);
  expect(await named(null, 'CHANGED')).toEqual(['Beta-buyers', 'Delta buyers', 'Gamma_x', 'alpha 100% buyers']);
  expect(await named({ text: 'BUYERS alpha' })).toEqual(['alpha 100% buyers']);
  expect(await named({ text: '%' })).toEqual(['alpha 100% buyers']);
  expect(await named({ text: '_' })).toEqual(['Gamma_x']);
  expect(await named({ text: 'old' })).toEqual([]);
  expect(await named({ text: 'old', archived: true }, 'NAME')).toEqual(['Old', 'Older']);
});

test('an emoji is one character of a name, a description, a tag, a subject, a variant or a reason', async () => {
  const org = await newOrganization();
  const emoji = (count: number) => '🎉'.repeat(count);
  const variant = (name: number, subject: number) => [
    {
      name: emoji(name),
      allocation: 100,
      email: { content: { subject: emoji(subject), html, preheader: emoji(255) } },
    },
  ];
  const plain = { assignment: { kind: 'HASH' }, audiences: [] };
  const campaignOf = (over: object) => ask(org, create, { input: input({ ...plain, ...over }) });
  const fits = { name: emoji(255), description: emoji(2_000), tags: [emoji(50)], variants: variant(100, 255) };
  const made = (await campaignOf(fits)).data.createCampaign;
  expect(made.userErrors).toEqual([]);
  const refused = [
    ['name', { name: emoji(256) }],
    ['description', { description: emoji(2_001) }],
    ['tags[0]', { tags: [emoji(51)] }],
    ['variants[0].name', { variants: variant(101, 1) }],
    ['variants[0].email.content.subject', { variants: variant(1, 256) }],
  ] as const;
  for (const [path, over] of refused) {
    const { userErrors } = (await campaignOf({ ...fits, name: 'Another', ...over })).data.createCampaign;
    expect(userErrors).toMatchObject([{ path }]);
  }
  const named = (count: number) =>
    ask(org, segment, { input: { name: emoji(count), rules: { field: 'country', operator: 'exists' } } });
  expect((await named(255)).data.createSegment.userErrors).toEqual([]);
  expect((await named(256)).data.createSegment.userErrors).toMatchObject([{ path: 'name' }]);
  const cancel =
    'mutation($input: CancelCampaignInput!) { cancelCampaign(input: $input) { userErrors { code path } } }';
  const cancelled = async (count: number) =>
    (await ask(org, cancel, { input: { id: made.campaign.id, reason: emoji(count) } })).data.cancelCampaign.userErrors;
  expect(await cancelled(501)).toEqual([{ code: 'CAMPAIGN_INVALID', path: 'reason' }]);
  expect(await cancelled(500)).toEqual([]);
});

test('nothing of another organization can be reached', async () => {
  const org = await newOrganization();
  const stranger = await newOrganization();
  const made = (await ask(org, segment, { input: { name: 'Mine', rules: { field: 'country', operator: 'exists' } } }))
    .data.createSegment.segment;
  const { id } = (await ask(org, create, { input: input({ audiences: [{ segmentId: made.id }] }) })).data.createCampaign
    .campaign;
  const by = async (query: string, variables: object) =>
    (await ask(stranger, query, variables)).errors.map((error) => error.message);
  expect(await by('query($id: ID!) { campaign(id: $id) { id } }', { id })).toEqual([`no campaign ${id}`]);
  expect(await by('query($id: ID!) { segment(id: $id) { id } }', { id: made.id })).toEqual([`no segment ${made.id}`]);
  const borrowed = await ask(stranger, create, { input: input({ audiences: [{ segmentId: made.id }] }) });
  expect(borrowed.data.createCampaign.userErrors).toMatchObject([
    { code: 'NOT_FOUND', path: 'audiences[0].segmentId' },
  ]);
  expect((await ask(stranger, start, { input: { id } })).data.startCampaign.userErrors).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
  const entity = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
  const representations = [
    { __typename: 'Campaign', id },
    { __typename: 'Segment', id: made.id },
  ];
  expect((await ask(stranger, entity, { r: representations })).data._entities).toEqual([null, null]);
  expect((await ask(org, entity, { r: representations })).data._entities).toHaveLength(2);
});

test('settings are read and changed; a wrong one is refused with its path', async () => {
  const org = await newOrganization();
  const query =
    '{ organization { id settings { postalAddress limits { enabled messagesPerHour runningCampaigns } quietHours { enabled from until } } } }';
  expect((await ask(org, query)).data.organization).toEqual({
    id: org,
    settings: {
      postalAddress: 'Main Street 1',
      limits: { enabled: false, messagesPerHour: 10_000, runningCampaigns: 5 },
      quietHours: { enabled: false, from: '21:00', until: '08:00' },
    },
  });
  const change =
    'mutation { updateOrganizationSettings(input: { quietHours: { from: "25:00" } }) { organization { id } userErrors { code path } } }';
  expect((await ask(org, change)).data.updateOrganizationSettings).toEqual({
    organization: null,
    userErrors: [{ code: 'CAMPAIGN_INVALID_SETTINGS', path: 'quietHours.from' }],
  });
});

test('an estimate counts everybody once, by what would become of them', async () => {
  const org = await newOrganization();
  const scope = await world.scopeOf(org);
  const people = [
    // country, opted in, address valid, segment, suppressed
    ['DE', true, true, 'Mens E-Mail', false],
    ['DE', true, true, 'No E-Mail', false],
    ['DE', true, true, 'elsewhere', false],
    ['DE', false, true, 'Mens E-Mail', false],
    ['DE', true, false, 'Mens E-Mail', false],
    ['DE', true, true, 'Mens E-Mail', true],
    ['FR', true, true, 'Mens E-Mail', false],
  ] as const;
  for (const [index, [country, optedIn, valid, segmentName, suppressed]] of people.entries()) {
    await scope.write(async (em) => {
      const [row] = await em.execute<{ contact_no: number }[]>(
        `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, country, attributes)
         values (?, ?, 'a@example.com', ?, ?, ?, jsonb_build_object('segment', ?::text)) returning contact_no`,
        [scope.viewer.organizationNo, `c-${index}`, valid, optedIn, country, segmentName],
      );
      if (suppressed)
        await em.execute(
          `insert into campaign.suppression (org_no, contact_no, reason) values (?, ?, 'unsubscribed')`,
          [scope.viewer.organizationNo, row?.contact_no],
        );
    });
  }
  const audiences = [
    { rules: { field: 'attributes.segment', operator: 'exists' } },
    { kind: 'EXCLUDE', rules: { field: 'country', operator: 'equals', value: 'FR' } },
  ];
  const query = `query($input: EstimateAudienceInput!) { estimateAudience(input: $input) { estimate { perAudience people sent control
    heldOut reach skipped { reason count } variants { count } } userErrors { code } } }`;
  const { id } = (await ask(org, create, { input: input({ audiences, holdoutPercentage: 0 }) })).data.createCampaign
    .campaign;
  const { estimate } = (await ask(org, query, { input: { campaignId: id } })).data.estimateAudience;
  expect(estimate).toMatchObject({
    perAudience: [7, 1],
    people: 6,
    sent: 1,
    control: 1,
    heldOut: 0,
    variants: [{ count: 1 }, { count: 1 }],
  });
  const skipped = [
    { reason: 'no_consent', count: 1 },
    { reason: 'not_eligible', count: 1 },
    { reason: 'suppressed', count: 1 },
    { reason: 'unmapped_variant', count: 1 },
  ];
  expect(
    estimate.skipped.toSorted((a: { reason: string }, b: { reason: string }) => a.reason.localeCompare(b.reason)),
  ).toEqual(skipped);
  const thought = (await ask(org, query, { input: { audiences } })).data.estimateAudience.estimate;
  expect(thought).toMatchObject({ people: 6, sent: 3, control: 0, reach: 0.5, variants: [] });
  const stranger = await newOrganization();
  const foreign = await ask(stranger, query, { input: { campaignId: id } });
  expect(foreign.data.estimateAudience).toEqual({ estimate: null, userErrors: [{ code: 'NOT_FOUND' }] });
});

test('who follows a campaign sees it as it stands, then each change', async () => {
  const org = await newOrganization();
  const { id } = (await ask(org, create, { input: input() })).data.createCampaign.campaign;
  const { viewer } = await world.scopeOf(org);
  const document = parse(
    'subscription($id: ID!) { campaignChanged(id: $id) { cursor campaign { status version variants { name } } } }',
  );
  const contextValue = createContext({ ...world.parts, live, messageEvents, previews }, viewer, 'test');
  const events = (await subscribe({
    schema,
    document,
    contextValue,
    variableValues: { id },
  })) as AsyncGenerator<ExecutionResult>;
  const next = async () => (await events.next()).value.data.campaignChanged;
  const first = await next();
  expect(first.campaign).toEqual({
    status: 'DRAFT',
    version: 1,
    variants: [{ name: 'Mens E-Mail' }, { name: 'No E-Mail' }],
  });
  await ask(org, start, { input: { id } });
  nudge(id);
  const second = await next();
  expect(second.campaign).toMatchObject({ status: 'RUNNING', version: 2 });
  expect(Number(second.cursor)).toBeGreaterThan(Number(first.cursor));
  await events.return(undefined);
});

test('contacts are imported by rows; a bad row is named and stops nobody', async () => {
  const org = await newOrganization();
  const mutation = `mutation($input: ImportContactsInput!) { importContacts(input: $input) { userErrors { code path }
    report { accepted created updated unchanged rejected rejections { line reason } } } }`;
  const contacts = [
    { externalId: 'c-1', email: 'a@example.com', attributes: { segment: 'Mens E-Mail' } },
    { externalId: 'c-2', email: 'not an address' },
    { externalId: 'c-3', country: 'DE', tags: ['new'] },
  ];
  const run = async () => (await ask(org, mutation, { input: { contacts, emailOptedIn: true } })).data.importContacts;
  const first = await run();
  expect(first.userErrors).toEqual([]);
  expect(first.report.accepted + first.report.rejected).toBe(3);
  expect((await run()).report).toMatchObject({ created: 0, updated: 0, unchanged: first.report.accepted });
  const scope = await world.scopeOf(org);
  const rows = await scope.read((tx) => tx.query('select external_id from campaign.contact order by 1'));
  expect(rows).toHaveLength(first.report.accepted);
  const many = Array.from({ length: 1_001 }, (_, index) => ({ externalId: `m-${index}` }));
  const refused = (await ask(org, mutation, { input: { contacts: many } })).data.importContacts;
  expect(refused).toEqual({ report: null, userErrors: [{ code: 'AUDIENCE_INVALID_IMPORT', path: 'contacts' }] });
});

test('guardrails and what is spent are read as they were written', async () => {
  const guardrails = { complaintPercentage: 0.3, failurePercentage: 12.5 };
  const budget = { amount: '100', currency: 'EUR', costPerMessage: { email: '0.01' } };
  const org = await newOrganization();
  const { id } = (await ask(org, create, { input: input({ guardrails, budget }) })).data.createCampaign.campaign;
  const asked = `query($id: ID!) { campaign(id: $id) { spent guardrailTrip { kind } guardrails {
    complaintPercentage hardBouncePercentage unsubscribePercentage failurePercentage minimumSample } } }`;
  expect((await ask(org, asked, { id })).data.campaign).toEqual({
    spent: '0',
    guardrailTrip: null,
    guardrails: { ...guardrails, hardBouncePercentage: null, unsubscribePercentage: null, minimumSample: 500 },
  });
});

test.each([
  ['budget.amount', { budget: { amount: '-1', currency: 'EUR' } }],
  ['budget.amount', { budget: { amount: '1.00001', currency: 'EUR' } }],
  ['budget.currency', { budget: { amount: '1', currency: 'EURO' } }],
  ['budget.costPerMessage', { budget: { amount: '1', currency: 'EUR', costPerMessage: { pigeon: '1' } } }],
  ['budget.costPerMessage.email', { budget: { amount: '1', currency: 'EUR', costPerMessage: { email: 'much' } } }],
  ['budget.costPerMessage', { budget: { amount: '1', currency: 'EUR', costPerMessage: [1] } }],
  ['guardrails.complaintPercentage', { guardrails: { complaintPercentage: 0 } }],
  ['guardrails.unsubscribePercentage', { guardrails: { unsubscribePercentage: 0.005 } }],
  ['guardrails.failurePercentage', { guardrails: { failurePercentage: 99.5 } }],
  ['guardrails.minimumSample', { guardrails: { minimumSample: 49 } }],
  ['tags', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }],
  ['tags[1]', { tags: ['a', ' '] }],
  ['tags[1]', { tags: ['a', 'A'] }],
  ['tags[0]', { tags: ['x'.repeat(51)] }],
  ['metadata', { metadata: { notes: 'x'.repeat(70_000) } }],
  ['metadata', { metadata: JSON.parse(`${'{"a":'.repeat(25)}1${'}'.repeat(25)}`) }],
  ['metadata', { metadata: [1] }],
  ['name', { name: '\ud800' }],
  ['description', { description: 'x'.repeat(2_001) }],
  ['conversionGoals[0].eventType', { conversionGoals: [{ eventType: ' ' }] }],
])('a mistake at %s is told where it is, and nothing is made', async (path, over) => {
  const org = await newOrganization();
  const { createCampaign } = (await ask(org, create, { input: input(over) })).data;
  expect(createCampaign).toMatchObject({ campaign: null, userErrors: [{ code: 'CAMPAIGN_INVALID', path }] });
  expect((await ask(org, '{ campaigns { edges { node { id } } } }')).data.campaigns.edges).toEqual([]);
});

test('a list is searched, narrowed and sorted, and each order is paged without a gap', async () => {
  const org = await newOrganization();
  const made = new Map<string, string>();
  for (const [name, over] of [
    ['delta', { tags: ['spring', 'shoes'] }],
    ['Alpha', { description: 'Shoes for all', purpose: 'COUPON' }],
    ['charlie', { variants: [] }],
    ['Bravo', { type: 'RECURRING' }],
  ] as const) {
    const { data } = await ask(org, create, { input: input({ name, ...over }) });
    made.set(name, data.createCampaign.campaign.id);
    world.now = new Date(world.now.getTime() + 60_000);
  }
  const update = 'mutation($input: UpdateCampaignInput!) { updateCampaign(input: $input) { userErrors { code } } }';
  await ask(org, update, { input: { id: made.get('Alpha'), version: 1, priority: 3 } });
  const read = async (variables: Record<string, unknown>) => {
    const query = `query($after: String, $filter: CampaignFilterInput, $orderBy: CampaignOrder) {
      campaigns(first: 1, after: $after, filter: $filter, orderBy: $orderBy) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
    const names: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data, errors } = await ask(org, query, { ...variables, after });
      expect(errors).toEqual([]);
      names.push(...data.campaigns.edges.map(({ node }: { node: { name: string } }) => node.name));
      ({ hasNextPage: more, endCursor: after } = data.campaigns.pageInfo);
    }
    return names;
  };
  expect(await read({ orderBy: 'NAME' })).toEqual(['Alpha', 'Bravo', 'charlie', 'delta']);
  expect(await read({ orderBy: 'CHANGED' })).toEqual(['Alpha', 'Bravo', 'charlie', 'delta']);
  expect(await read({ orderBy: 'NEWEST' })).toEqual(['Bravo', 'charlie', 'Alpha', 'delta']);
  expect(await read({ filter: { text: 'SHOES' } })).toEqual(['Alpha', 'delta']);
  expect(await read({ filter: { text: 'shoes spring' } })).toEqual(['delta']);
  expect(await read({ filter: { purposes: ['COUPON'] } })).toEqual(['Alpha']);
  expect(await read({ filter: { types: ['RECURRING'], approvals: ['NONE'] } })).toEqual(['Bravo']);
  expect(await read({ filter: { channels: ['SMS', 'EMAIL'] }, orderBy: 'NAME' })).toEqual(['Alpha', 'Bravo', 'delta']);
  expect(await read({ filter: { channels: ['SMS'] } })).toEqual([]);
  const now = world.now.getTime();
  const createdAfter = new Date(now - 150_000).toISOString();
  expect(await read({ filter: { createdAfter }, orderBy: 'NAME' })).toEqual(['Bravo', 'charlie']);
  expect(await read({ filter: { createdBefore: createdAfter }, orderBy: 'NAME' })).toEqual(['Alpha', 'delta']);
  const at = new Date(now + 3_600_000).toISOString();
  const schedule =
    'mutation($input: ScheduleCampaignInput!) { scheduleCampaign(input: $input) { userErrors { message } } }';
  expect((await ask(org, schedule, { input: { id: made.get('delta'), at } })).data.scheduleCampaign.userErrors).toEqual(
    [],
  );
  expect(
    await read({ filter: { scheduledAfter: at, scheduledBefore: new Date(now + 3_600_001).toISOString() } }),
  ).toEqual(['delta']);
  const other = await ask(org, 'query { campaigns(first: 1, orderBy: NAME, after: "WzFd") { edges { cursor } } }');
  expect(other.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('people are named one by one, and those whom the directory has not are told', async () => {
  const org = await newOrganization();
  const { viewer } = await world.scopeOf(org);
  await world.ledger.query(`insert into campaign.contact (org_no, external_id) values ($1, 'here')`, [
    viewer.organizationNo,
  ]);
  const audiences = [{ userIds: ['here', 'gone'] }, { kind: 'EXCLUDE', userIds: ['other'] }];
  const variants = [{ name: 'A', allocation: 100, email: { content: { subject: 'Hi', html } } }];
  const { data } = await ask(org, create, { input: { name: 'Named', variants, audiences } });
  const { id } = data.createCampaign.campaign;
  const seen = await ask(org, 'query($id: ID!) { campaign(id: $id) { audiences { id kind named } } }', { id });
  expect(seen.data.campaign.audiences).toMatchObject([{ named: 2 }, { kind: 'EXCLUDE', named: 1 }]);
  const named = await ask(
    org,
    'query($id: ID!) { namedUsers(audienceId: $id, isKnown: false) { edges { node { userId isKnown } } } }',
    { id: seen.data.campaign.audiences[0].id },
  );
  expect(named.data.namedUsers.edges).toEqual([{ node: { userId: 'gone', isKnown: false } }]);
});

test('a cap is written, read, and told by the estimate and the launch plan; none is no cap', async () => {
  const org = await newOrganization();
  const { viewer } = await world.scopeOf(org);
  await world.ledger.query(
    `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in)
     select $1, 'c-' || n, 'c' || n || '@example.com', true, true from generate_series(1, 5) n`,
    [viewer.organizationNo],
  );
  const capped = (audienceCap: number) => ({
    input: { ...mailing, audienceCap, audiences: [{ rules: { field: 'email', operator: 'exists', value: true } }] },
  });
  const mailing = {
    name: 'Capped',
    variants: [{ name: 'A', allocation: 100, email: { content: { subject: 'Hi', html } } }],
  };
  const refused = await ask(org, create, capped(0));
  expect(refused.data.createCampaign.userErrors).toMatchObject([{ code: 'CAMPAIGN_INVALID', path: 'audienceCap' }]);
  const { data } = await ask(org, create, capped(2));
  const { id } = data.createCampaign.campaign;
  const seen = await ask(
    org,
    `query($id: ID!) { campaign(id: $id) { audienceCap } launchPlan(campaignId: $id) { people overCap }
      estimateAudience(input: { campaignId: $id }) { estimate { people overCap perAudience } } }`,
    { id },
  );
  expect(seen.data).toEqual({
    campaign: { audienceCap: 2 },
    launchPlan: { people: 2, overCap: 3 },
    estimateAudience: { estimate: { people: 2, overCap: 3, perAudience: [5] } },
  });
});
