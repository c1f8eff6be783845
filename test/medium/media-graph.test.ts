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
