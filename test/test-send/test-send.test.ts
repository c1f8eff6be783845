import { findDifferences } from '../../src/operations/check-invariants';
import { openTestSendWorld, type TestSendWorld } from './test-send-world';

const organizationId = 'org_tests';
let world: TestSendWorld;

const html = `<p>Dear {{ first_name | default: "friend" }} in {{ attributes.town }}, {{ email }}</p>
<a href="https://shop.example/">shop</a><a href="{{ unsubscribe_url }}">stop</a>`;
const variants = [
  { name: 'A', allocation: 50, email: { content: { subject: 'Hello {{ first_name }}', html } } },
  { name: 'B', allocation: 40, email: { content: { subject: 'News', html } } },
  { name: 'None', allocation: 10, isControl: true },
];
const contacts = [
  { externalId: 'ada', email: 'ada@example.com', firstName: 'Ada', attributes: { town: 'Bonn' }, emailOptedIn: true },
  // Never agreed to marketing.
  { externalId: 'ben', email: 'Ben@example.com', firstName: 'Ben', attributes: { town: 'Ulm' } },
  { externalId: 'cleo', firstName: 'Cleo' },
  { externalId: 'dora', email: 'dora@example.com', emailOptedIn: true },
  { externalId: 'dora-too', email: 'DORA@example.com', emailOptedIn: true },
];
const rules = { field: 'email_opted_in', operator: 'equals', value: true };

beforeAll(async () => {
  world = await openTestSendWorld(organizationId);
  await mutate('importContacts', { contacts });
  await mutate('updateOrganizationSettings', { limits: { runningCampaigns: 1, testMessagesPerHour: 100_000 } });
});
afterAll(() => world.close());

const inputType = (field: string) => `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;

/** The payload of a mutation that is not refused. */
async function mutate(field: string, input: object, selection = '') {
  const query = `mutation ($input: ${inputType(field)}!) { ${field}(input: $input) { userErrors { code message path } ${selection} } }`;
  const { data, errors } = await world.ask(query, { input });
  expect({ errors, userErrors: data?.[field]?.userErrors }).toEqual({ errors: [], userErrors: [] });
  return data[field];
}

let named = 0;
const draft = async (over: object = {}): Promise<{ id: string; variants: { id: string; name: string }[] }> =>
  (
    await mutate(
      'createCampaign',
      { name: `Tested ${++named}`, variants, audiences: [{ rules }], ...over },
      'campaign { id variants { id name } }',
    )
  ).campaign;

const SEND = `mutation ($input: SendTestInput!) { sendTest(input: $input) {
  messages userErrors { code path message }
  execution { id kind status campaign { status } reconciliation { audience people sent skipped queued balanced skippedByReason { reason count } } }
} }`;

async function refused(input: object) {
  const { data } = await world.ask(SEND, { input });
  expect(data.sendTest.execution).toBeNull();
  return data.sendTest.userErrors[0];
}

/** A test that is sent, and what the provider took of it. */
async function send(input: object) {
  const { data, errors } = await world.ask(SEND, { input });
  expect({ errors, userErrors: data?.sendTest?.userErrors }).toEqual({ errors: [], userErrors: [] });
  const { id } = data.sendTest.execution;
  const execNo = await execNoOf(id);
  const mails = await world.deliver(execNo);
  expect(await findDifferences(world.graph.ledger, execNo)).toEqual([]);
  return { id, execNo, mails, answer: data.sendTest };
}

async function execNoOf(id: string): Promise<number> {
  const [row] = await world.graph.ledger.query<{ exec_no: number }>(
    'select exec_no from campaign.execution where id = $1',
    [id],
  );
  return row?.exec_no ?? 0;
}

const EXECUTION = `query ($id: ID!) { execution(id: $id) {
  kind status reconciliation { audience sent skipped queued balanced skippedByReason { reason count } }
  metrics { sent delivered opened clicked unsubscribed }
  messages(first: 50) { edges { node { disposition reason testAddress recipient { id } variant { name } } } }
} }`;

test('a draft goes to every named recipient in every variant that sends, and its execution is an account like any other', async () => {
  const { id: campaignId } = await draft();
  const { id, mails, answer } = await send({ campaignId, addresses: ['Tester@Example.com'], userIds: ['ada', 'ben'] });
  expect(answer).toMatchObject({
    messages: 6,
    execution: { kind: 'TEST', status: 'RUNNING', campaign: { status: 'DRAFT' } },
  });
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['ada@example.com', '[Test] Hello Ada'],
    ['ada@example.com', '[Test] News'],
    ['Ben@example.com', '[Test] Hello Ben'],
    ['Ben@example.com', '[Test] News'],
    ['Tester@example.com', '[Test] Hello'],
    ['Tester@example.com', '[Test] News'],
  ]);
  expect(mails[1]?.html).toContain('Dear Ada in Bonn, ada@example.com');
  expect(mails[5]?.html).toContain('Dear friend in , Tester@example.com');
  const { data } = await world.ask(EXECUTION, { id });
  expect(data.execution).toMatchObject({
    ...{ kind: 'TEST', status: 'COMPLETED', metrics: { sent: 6 } },
    reconciliation: { audience: 6, sent: 6, skipped: 0, queued: 0, balanced: true },
  });
  const messages = data.execution.messages.edges.map(({ node }: { node: object }) => node);
  expect(messages).toContainEqual({
    ...{ disposition: 'SENT', reason: null, testAddress: 'ada@example.com' },
    ...{ recipient: { id: 'ada' }, variant: { name: 'A' } },
  });
  const { data: seen } = await world.ask(EXECUTION, { id }, { role: 'viewer' });
  expect(JSON.stringify(seen)).not.toContain('example.com');
  // Nobody whom the users subgraph knows.
  expect(messages).toContainEqual(expect.objectContaining({ testAddress: 'Tester@example.com', recipient: null }));
});

test('one named variant goes out alone, with a subject and a prefix of the test, filled with the data of a sample', async () => {
  const { id: campaignId, variants: made } = await draft();
  const variantId = made.find(({ name }) => name === 'B')?.id;
  const { mails, answer } = await send({
    ...{ campaignId, variantId, sampleUserId: 'ada', addresses: ['tester@example.com'], userIds: ['ben'] },
    ...{ subject: 'For {{ first_name }}', subjectPrefix: 'Look: ' },
  });
  expect(answer.messages).toBe(2);
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['Ben@example.com', 'Look: For Ada'],
    ['Tester@example.com', 'Look: For Ada'],
  ]);
  expect(mails[0]?.html).toContain('Dear Ada in Bonn, ada@example.com');
});

test('each recipient, or the sample, gets the content of their language, with blocks in it, and the prefix stands before each subject', async () => {
  await mutate('importContacts', { contacts: [{ externalId: 'gus', email: 'gus@example.com', locale: 'de-AT' }] });
  await mutate('createContentBlock', { key: 'tagline', kind: 'PLAIN', content: 'by us' });
  const inTwo = {
    content: { subject: 'Hello {{ blocks.tagline }}', html },
    locales: [{ locale: 'de', content: { subject: 'Hallo {{ blocks.tagline }}', html: `<p>Guten Tag</p>${html}` } }],
  };
  const { id: campaignId } = await draft({ variants: [{ name: 'A', allocation: 100, email: inTwo }] });
  const { mails } = await send({ campaignId, userIds: ['ada', 'gus'] });
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['ada@example.com', '[Test] Hello by us'],
    ['gus@example.com', '[Test] Hallo by us'],
  ]);
  const { mails: shown } = await send({ campaignId, userIds: ['ada'], sampleUserId: 'gus', subject: 'Look' });
  expect(shown[0]).toMatchObject({ subject: '[Test] Look', html: expect.stringContaining('Guten Tag') });
});

test('by another medium a test goes to contacts who can be reached by it, whatever they agreed to', async () => {
  const phones = [
    { externalId: 'hana', phone: '+4915112345678', firstName: 'Hana' },
    { externalId: 'ivo', phone: '+4915187654321', firstName: 'Ivo' },
  ];
  await mutate('importContacts', { contacts: phones });
  await mutate('suppressUsers', { userIds: ['ivo'], channel: 'SMS' });
  const sms = { content: { body: 'Dear {{ first_name }}' } };
  const { id: campaignId } = await draft({
    variants: [{ name: 'A', allocation: 100, sms, email: variants[1]?.email }],
  });
  const { id, mails } = await send({ campaignId, channel: 'SMS', userIds: ['hana', 'ivo', 'ada'] });
  expect(mails.map(({ to, html: body }) => [to, JSON.parse(body)])).toEqual([
    ['+4915112345678', expect.objectContaining({ body: '[Test] Dear Hana' })],
  ]);
  const { data } = await world.ask(EXECUTION, { id });
  expect(data.execution.reconciliation).toMatchObject({ audience: 3, sent: 1, skipped: 2, balanced: true });
  expect(await refused({ campaignId, channel: 'SMS', addresses: ['a@example.com'] })).toMatchObject({
    ...{ code: 'DELIVERY_TEST_INVALID', path: 'addresses' },
  });
  expect(await refused({ campaignId, channel: 'PUSH', userIds: ['hana'] })).toMatchObject({ code: 'CONTENT_MISSING' });
});

test('the prefix of a test takes no room of what is tested, and makes nothing of what is empty', async () => {
  await mutate('importContacts', {
    contacts: [{ externalId: 'jon', phone: '+4915111111111', pushToken: 'token-of-jon' }],
  });
  const body = 'x'.repeat(160);
  const push = { title: 't'.repeat(70), body: 'b'.repeat(4_000) };
  const { id: campaignId } = await draft({
    variants: [{ name: 'A', allocation: 100, sms: { content: { body } }, push: { content: push } }],
  });
  const words = async (channel: string) =>
    (await send({ campaignId, channel, userIds: ['jon'] })).mails.map(({ html }) => JSON.parse(html));
  expect(await words('SMS')).toEqual([{ body: `[Test] ${body}` }]);
  expect(await words('PUSH')).toEqual([{ ...push, title: `[Test] ${push.title}` }]);
  const empty = { content: { body: '{{ attributes.nothing }}' } };
  const { id: nothing } = await draft({ variants: [{ name: 'A', allocation: 100, sms: empty }] });
  const { id, mails } = await send({ campaignId: nothing, channel: 'SMS', userIds: ['jon'] });
  expect(mails).toEqual([]);
  const { data } = await world.ask(EXECUTION, { id });
  expect(data.execution.reconciliation).toMatchObject({ audience: 1, sent: 0, balanced: true });
});

test('who said no is skipped with the reason, under whichever contact of the address; who cannot be reached as well', async () => {
  const { id: campaignId } = await draft({ variants: variants.slice(1, 2) });
  await mutate('suppressUsers', { userIds: ['dora-too'], reason: 'UNSUBSCRIBED' });
  const { id, mails, answer } = await send({
    campaignId,
    addresses: ['dora@example.com', 'ok@example.com'],
    userIds: ['cleo'],
  });
  expect(answer.execution.reconciliation).toMatchObject({ audience: 3, queued: 1, skipped: 2 });
  expect(mails.map(({ to }) => to)).toEqual(['ok@example.com']);
  const { data } = await world.ask(EXECUTION, { id });
  expect(data.execution.reconciliation).toMatchObject({ audience: 3, sent: 1, skipped: 2, balanced: true });
  expect(data.execution.reconciliation.skippedByReason).toEqual([
    { reason: 'suppressed', count: 1 },
    { reason: 'not_eligible', count: 1 },
  ]);
  const { data: told } = await world.ask(
    `query ($campaignId: ID!) { explain(campaignId: $campaignId, userId: "cleo") { message { reason } gates { gate result } } }`,
    { campaignId },
  );
  expect(told.explain).toMatchObject([{ message: { reason: 'not_eligible' } }, { message: null }]);
  expect(told.explain[0].gates).toContainEqual({ gate: 'eligibility', result: 'STOPPED' });
});

test('who says no between the request and the hand-over is not written to', async () => {
  const { id: campaignId } = await draft({ variants: variants.slice(1, 2) });
  const { data } = await world.ask(SEND, { input: { campaignId, addresses: ['late@example.com'], userIds: ['ada'] } });
  await world.graph.ledger.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason)
     select org_no, contact_no, 0, 'complained' from campaign.contact where email = 'late@example.com'`,
  );
  const mails = await world.deliver(await execNoOf(data.sendTest.execution.id));
  expect(mails.map(({ to }) => to)).toEqual(['ada@example.com']);
});

test('an address has one shadow contact, outside every audience, which goes when its person is erased', async () => {
  const { id: campaignId } = await draft({ variants: variants.slice(1, 2) });
  await send({ campaignId, addresses: ['Erna@example.com'] });
  await send({ campaignId, addresses: ['erna@EXAMPLE.com', 'ERNA@example.com'] });
  const read = () =>
    world.graph.ledger.query<{ shadow: boolean; email_opted_in: boolean; erased: boolean }>(
      `select shadow, email_opted_in, erased_at is not null as erased from campaign.contact
       where lower(email) = 'erna@example.com' or erased_at is not null order by contact_no`,
    );
  expect(await read()).toEqual([{ shadow: true, email_opted_in: false, erased: false }]);
  await mutate('importContacts', { contacts: [{ externalId: 'erna', email: 'erna@example.com', emailOptedIn: true }] });
  await world.erase('erna');
  expect((await read()).map(({ erased }) => erased)).toEqual([true, true]);
});

test('nothing of a test is in the figures, places, calendar or status of its campaign, nor on the bus', async () => {
  const { id: campaignId } = await draft({ name: 'Counted apart' });
  const { id, execNo, mails } = await send({ campaignId, addresses: ['tester@example.com'], userIds: ['ada'] });
  const [first] = mails;
  for (const kind of ['delivered', 'opened', 'clicked']) await world.hear(kind, execNo, first?.seq ?? 0);
  const { data } = await world.ask(EXECUTION, { id });
  expect(data.execution.metrics).toEqual({ sent: 4, delivered: 1, opened: 1, clicked: 1, unsubscribed: 0 });
  const { data: told } = await world.ask(
    `query ($id: ID!) { campaign(id: $id) {
      status version metrics { audience sent delivered opened clicked } variantMetrics { metrics { audience } }
      executions(first: 5) { edges { node { id } } }
      tests: executions(first: 5, kinds: [TEST]) { edges { node { id } } }
    } }`,
    { id: campaignId },
  );
  const none = { audience: 0 };
  expect(told.campaign).toEqual({
    ...{ status: 'DRAFT', version: 1 },
    metrics: { ...none, sent: 0, delivered: 0, opened: 0, clicked: 0 },
    variantMetrics: [{ metrics: none }, { metrics: none }, { metrics: none }],
    executions: { edges: [] },
    tests: { edges: [{ node: { id } }] },
  });
  const events = await world.graph.ledger.query('select kind from campaign.outbox where exec_no = $1', [execNo]);
  expect(events).toEqual([]);
});

test('a test neither takes the place of a running campaign nor completes it, and no pause stops it', async () => {
  await mutate('updateOrganizationSettings', { postalAddress: 'Main Street 1, 10115 Berlin' });
  const { id } = await draft();
  await mutate('startCampaign', { id });
  await send({ campaignId: id, userIds: ['ada'] });
  const statusOf = async () =>
    (await world.ask('query ($id: ID!) { campaign(id: $id) { status } }', { id })).data.campaign.status;
  expect(await statusOf()).toBe('RUNNING');
  await mutate('pauseCampaign', { id });
  expect((await send({ campaignId: id, userIds: ['ada'] })).mails).toHaveLength(2);
  expect(await statusOf()).toBe('PAUSED');
  const { data } = await world.ask(SEND, { input: { campaignId: id, userIds: ['ada'] } });
  await mutate('cancelCampaign', { id, reason: 'enough' });
  expect(await world.deliver(await execNoOf(data.sendTest.execution.id))).toEqual([]);
  expect(await refused({ campaignId: id, userIds: ['ada'] })).toMatchObject({ code: 'CAMPAIGN_STATUS_TRANSITION' });
});

test('the same key is the same test, whoever asks at the same time', async () => {
  const { id: campaignId } = await draft();
  const input = { campaignId, addresses: ['new-one@example.com'], idempotencyKey: 'once' };
  const answers = await Promise.all([1, 2, 3].map(() => world.ask(SEND, { input })));
  expect(new Set(answers.map(({ data }) => data.sendTest.execution.id)).size).toBe(1);
  expect(await refused({ ...input, addresses: ['other@example.com'] })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

test.each([
  ['nobody', { addresses: [] }, 'DELIVERY_TEST_INVALID', 'addresses'],
  [
    'more than 20',
    { addresses: Array.from({ length: 21 }, (_, n) => `t${n}@example.com`) },
    'DELIVERY_TEST_INVALID',
    'addresses',
  ],
  ['what is no address', { addresses: ['ok@example.com', 'a@b@c'] }, 'DELIVERY_TEST_INVALID', 'addresses[1]'],
  ['somebody unknown', { userIds: ['ada', 'nobody'] }, 'NOT_FOUND', 'userIds[1]'],
  ['an unknown sample', { userIds: ['ada'], sampleUserId: 'nobody' }, 'NOT_FOUND', 'sampleUserId'],
  ['an unknown variant', { userIds: ['ada'], variantId: 'var_x' }, 'NOT_FOUND', 'variantId'],
  ['a subject of two lines', { userIds: ['ada'], subject: 'a\nb' }, 'DELIVERY_TEST_INVALID', 'subject'],
  ['a broken subject', { userIds: ['ada'], subject: '{{ first_name' }, 'CONTENT_TEMPLATE', 'subject'],
  [
    'Liquid before the subject',
    { userIds: ['ada'], subjectPrefix: '{{ x }}' },
    'DELIVERY_TEST_INVALID',
    'subjectPrefix',
  ],
])('%s is refused, and leaves no execution', async (_, input, code, path) => {
  const { id: campaignId } = await draft();
  expect(await refused({ campaignId, ...input })).toMatchObject({ code, path });
  const [row] = await world.graph.ledger.query<{ n: number }>(
    `select count(*) as n from campaign.execution join campaign.campaign c using (campaign_no) where c.id = $1`,
    [campaignId],
  );
  expect(row?.n).toBe(0);
});

test('the control, and a campaign without content, have nothing to test', async () => {
  const { id: campaignId, variants: made } = await draft();
  const control = made.find(({ name }) => name === 'None')?.id;
  expect(await refused({ campaignId, userIds: ['ada'], variantId: control })).toMatchObject({
    code: 'CONTENT_MISSING',
  });
  const { id: empty } = await draft({ variants: [{ name: 'A' }] });
  expect(await refused({ campaignId: empty, userIds: ['ada'] })).toMatchObject({ code: 'CONTENT_MISSING' });
});

test('an organization sends so many test messages in an hour, and its neighbour is not counted', async () => {
  const { id: campaignId } = await draft();
  const [row] = await world.graph.ledger.query<{ sent: number }>(
    `select sum(next_seq - 1) as sent from campaign.execution where kind = 4`,
  );
  await mutate('updateOrganizationSettings', { limits: { testMessagesPerHour: (row?.sent ?? 0) + 3 } });
  await send({ campaignId, userIds: ['ada'] });
  const limit = await refused({ campaignId, userIds: ['ada'] });
  expect(limit).toMatchObject({ code: 'DELIVERY_TEST_LIMIT', message: expect.stringContaining('1 of') });
  await mutate('updateOrganizationSettings', { limits: { testMessagesPerHour: 100_000 } });
});

test('a viewer sends no test, and another organization does not see the campaign', async () => {
  const { id: campaignId } = await draft();
  const input = { campaignId, userIds: ['ada'] };
  const { errors } = await world.ask(SEND, { input }, { role: 'viewer' });
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  const token = await world.graph.token('org_other', { role: 'admin' });
  const { data } = await world.graph.post(token, SEND, { input: { campaignId, addresses: ['a@example.com'] } });
  expect(data.sendTest.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: 'campaignId' }]);
});

/** What keeps somebody from being contacted who comes into the directory now. */
async function suppressionsOf(contact: { externalId: string }) {
  await mutate('importContacts', { contacts: [contact] });
  const query = '{ suppressions(first: 100) { edges { node { reason channel user { id } } } } }';
  const { data } = await world.ask(query);
  const nodes: { reason: string; channel: string | null; user: { id: string } }[] = data.suppressions.edges.map(
    ({ node }: { node: unknown }) => node,
  );
  return nodes.filter(({ user }) => user.id === contact.externalId).map(({ reason, channel }) => ({ reason, channel }));
}

test('unsubscribing by a test is heeded by the next one, and by every campaign once the address is somebody’s', async () => {
  const { id: campaignId } = await draft({ variants: variants.slice(1, 2) });
  const { execNo, mails } = await send({ campaignId, addresses: ['unwilling@example.com'] });
  expect(mails).toHaveLength(1);
  await world.unsubscribe(execNo, mails[0]?.seq ?? 0);
  expect((await send({ campaignId, addresses: ['Unwilling@example.com'] })).mails).toEqual([]);
  const person = { externalId: 'unwilling', email: 'unwilling@example.com', emailOptedIn: true };
  expect(await suppressionsOf(person)).toEqual([{ reason: 'UNSUBSCRIBED', channel: 'EMAIL' }]);
});

test('a complaint about a test holds for the address, and for whoever comes with it', async () => {
  const { id: campaignId } = await draft({ variants: variants.slice(1, 2) });
  const { execNo, mails } = await send({ campaignId, addresses: ['angry@example.com'] });
  await world.hear('complained', execNo, mails[0]?.seq ?? 0);
  const person = { externalId: 'angry', email: 'Angry@example.com', emailOptedIn: true };
  expect(await suppressionsOf(person)).toEqual([{ reason: 'COMPLAINED', channel: null }]);
});
