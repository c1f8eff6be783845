import { type AutumnWorld, autumn, openAutumnWorld } from '../graphql/autumn-world';

let world: AutumnWorld;
let segmentId: string;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
const rootOf = ({ data, errors }: { data: any; errors: readonly unknown[] }): any => {
  expect(errors).toEqual([]);
  return Object.values(data)[0];
};
const send = async (mutation: string, type: string, answer: string, input: object) =>
  rootOf(
    await world.ask(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} userErrors { code path message } } }`,
      {
        input,
      },
    ),
  );

const shown = `campaign { id status variants { name channels { kind enabled priority contentHash
  email { subject } sms { body maxSegments } } } }`;
let named = 0;
const create = async (variants: readonly object[]) =>
  send('createCampaign', 'CreateCampaignInput', shown, {
    name: `Media ${++named}`,
    audiences: [{ segmentId }],
    variants,
  });
const start = (campaignId: string) =>
  send('startCampaign', 'StartCampaignInput', 'campaign { status } execution { id }', { id: campaignId });
const email = { content: { subject: 'Hi', html: '<p>{{ unsubscribe_url }}</p>' } };

beforeAll(async () => {
  world = await openAutumnWorld();
  await send('updateOrganizationSettings', 'UpdateOrganizationSettingsInput', 'organization { id }', autumn.settings);
  await send('importContacts', 'ImportContactsInput', 'report { accepted }', autumn.contacts);
  segmentId = (await send('createSegment', 'CreateSegmentInput', 'segment { id }', autumn.segment)).segment.id;
});
afterAll(() => world.close());

test('a variant keeps its content of every medium that it is given, in the order of their priority', async () => {
  const sms = { enabled: false, priority: 2, content: { body: 'Hi {{ first_name }}', maxSegments: 3 } };
  const { campaign, userErrors } = await create([{ name: 'A', sms, email: { ...email, priority: 1 } }]);
  expect(userErrors).toEqual([]);
  expect(campaign.variants[0].channels).toMatchObject([
    { kind: 'EMAIL', enabled: true, priority: 1, email: { subject: 'Hi' }, sms: null },
    { kind: 'SMS', enabled: false, priority: 2, email: null, sms: { body: 'Hi {{ first_name }}', maxSegments: 3 } },
  ]);
});

test('content of each medium is judged when it is saved, by its own path', async () => {
  const cases = [
    [{ sms: { content: { body: 'Hi {{' } } }, 'CONTENT_TEMPLATE variants[0].sms.content.body'],
    [{ sms: { content: { body: 'x'.repeat(161) } } }, 'CONTENT_INVALID variants[0].sms.content.body'],
    [{ sms: {} }, 'CONTENT_INVALID variants[0].sms.content.body'],
    [{ sms: { priority: -1, content: { body: 'x' } } }, 'CAMPAIGN_INVALID_VARIANT variants[0].sms.priority'],
  ] as const;
  for (const [variant, told] of cases) {
    const { campaign, userErrors } = await create([{ name: 'A', ...variant }]);
    expect([campaign, ...userErrors.map(({ code, path }: Record<string, string>) => `${code} ${path}`)]).toEqual([
      null,
      told,
    ]);
  }
});

test('a campaign with several media starts', async () => {
  const sms = { content: { body: 'Hi {{ first_name }}' } };
  const { campaign } = await create([{ name: 'A', sms, email }]);
  expect(await start(campaign.id)).toMatchObject({ userErrors: [], campaign: { status: 'RUNNING' } });
});

test('every medium has a field of its own, and answers what was saved', async () => {
  const app = { title: 'T {{ first_name }}', body: 'B', actionUrl: 'https://a.example', icon: 'i' };
  const place = { title: 'T', body: 'B', imageUrl: 'https://a.example/i.png', actionUrl: 'https://a.example' };
  const contents = {
    whatsapp: { body: 'W', providerTemplateId: 'welcome' },
    push: { ...app, data: { order: '{{ attributes.order }}' } },
    inApp: app,
    webhook: {
      url: 'https://a.example/h',
      method: 'PATCH',
      headers: [{ name: 'A', value: 'b' }],
      payloadTemplate: '{}',
    },
    web: place,
    social: place,
    display: { title: 'T' },
  };
  const variant = Object.fromEntries(Object.entries(contents).map(([field, content]) => [field, { content }]));
  const { campaign, userErrors } = await create([{ name: 'A', ...variant }]);
  expect(userErrors).toEqual([]);
  const words = `whatsapp { body providerTemplateId } push { title body actionUrl icon data }
    inApp { title body actionUrl icon } webhook { url method headers { name value } payloadTemplate }
    web { ...P } social { ...P } display { ...P }`;
  const asked = `query ($id: ID!) { campaign(id: $id) { variants { channels { kind ${words} } } } }
    fragment P on PlacementContent { title body imageUrl actionUrl }`;
  const { variants } = rootOf(await world.ask(asked, { id: campaign.id }));
  const answered = variants[0].channels.map(({ kind, ...fields }: Record<string, unknown>) => [
    kind,
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
  ]);
  expect(Object.fromEntries(answered)).toEqual({
    WHATSAPP: { whatsapp: contents.whatsapp },
    PUSH: { push: contents.push },
    IN_APP: { inApp: contents.inApp },
    WEBHOOK: { webhook: contents.webhook },
    WEB: { web: place },
    SOCIAL: { social: place },
    DISPLAY: { display: { ...place, body: null, imageUrl: null, actionUrl: null, title: 'T' } },
  });
});

test('headers of a webhook, which may hold keys, are not for those who only look', async () => {
  const webhook = {
    content: { url: 'https://a.example/h', payloadTemplate: '{}', headers: [{ name: 'A', value: 'b' }] },
  };
  const { campaign } = await create([{ name: 'A', webhook }]);
  const asked =
    'query ($id: ID!) { campaign(id: $id) { variants { channels { webhook { url headers { value } } } } } }';
  const { errors } = await world.ask(asked, { id: campaign.id }, { role: 'viewer' });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test.each([
  ['push', { title: 'T', body: 'B', data: ['a'] }, 'CONTENT_INVALID variants[0].push.content.data'],
  ['inApp', { title: 'T', body: '{{' }, 'CONTENT_TEMPLATE variants[0].inApp.content.body'],
  ['whatsapp', { body: 'x'.repeat(1_601) }, 'CONTENT_INVALID variants[0].whatsapp.content.body'],
  [
    'webhook',
    { url: 'https://10.0.0.1/', payloadTemplate: '{}' },
    'CONTENT_WEBHOOK_URL variants[0].webhook.content.url',
  ],
  ['web', { title: 'T', actionUrl: 'javascript:x' }, 'CONTENT_INVALID variants[0].web.content.actionUrl'],
])('a mistake in %s is told by its path', async (field, content, told) => {
  const { campaign, userErrors } = await create([{ name: 'A', [field]: { content } }]);
  expect(campaign).toBeNull();
  expect(userErrors.map(({ code, path }: Record<string, string>) => `${code} ${path}`)).toEqual([told]);
});
