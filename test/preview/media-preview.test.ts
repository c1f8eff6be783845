import { contentWarnings } from '../../src/preview/content-warning';
import { type AutumnWorld, autumn, openAutumnWorld } from '../graphql/autumn-world';

let world: AutumnWorld;
let campaignId: string;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
const rootOf = ({ data, errors }: { data: any; errors: readonly unknown[] }): any => {
  expect(errors).toEqual([]);
  return Object.values(data)[0];
};
const question = `query ($input: ContentPreviewInput!) { contentPreview(input: $input) {
  preview { channel fields smsSize { encoding units segments } subject variantId warnings { code message } }
  userErrors { code message path } } }`;
const look = async (input: object) => rootOf(await world.ask(question, { input }, { role: 'editor' }));
const warningsOf = async (input: object): Promise<readonly { code: string; message: string }[]> =>
  (await look(input)).preview.warnings;
const codesOf = async (input: object) => (await warningsOf(input)).map(({ code }) => code);

beforeAll(async () => {
  world = await openAutumnWorld();
  const send = async (mutation: string, type: string, answer: string, input: object) =>
    rootOf(await world.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input }));
  await send('importContacts', 'ImportContactsInput', 'report { accepted }', autumn.contacts);
  const { segment } = await send('createSegment', 'CreateSegmentInput', 'segment { id }', autumn.segment);
  const sms = { priority: 2, content: { body: 'Hi {{ first_name }}: https://shop.example/sale STOP', maxSegments: 2 } };
  const push = {
    priority: 1,
    content: { title: 'Hi {{ first_name }}', body: 'Sale', data: { order: '{{ locale }}' } },
  };
  const input = { name: 'Media', audiences: [{ segmentId: segment.id }], variants: [{ name: 'A', sms, push }] };
  campaignId = (await send('createCampaign', 'CreateCampaignInput', 'campaign { id }', input)).campaign.id;
});
afterAll(() => world.close());

describe('a preview of another medium', () => {
  test('is the text message as it would be sent, its tracked link too, with what it takes', async () => {
    const { preview, userErrors } = await look({ campaignId, channel: 'SMS', userId: 'ada' });
    expect(userErrors).toEqual([]);
    expect(preview).toMatchObject({ channel: 'SMS', subject: null, smsSize: { encoding: 'GSM_7', segments: 1 } });
    expect(preview.fields.body).toMatch(/^Hi Ada: https:\/\/shop\.example\/c\/[\w-]{34} STOP$/);
    expect(preview.smsSize.units).toBe(preview.fields.body.length);
  });

  test('is of what its campaign tries first, where it has no e-mail and none is named', async () => {
    expect((await look({ campaignId, userId: 'ben' })).preview).toMatchObject({
      channel: 'PUSH',
      fields: { title: 'Hi Ben', body: 'Sale' },
      smsSize: null,
    });
    expect((await look({ campaignId, channel: 'WEBHOOK' })).userErrors).toMatchObject([{ code: 'CONTENT_MISSING' }]);
  });

  test.each([
    ['whatsapp', 'WHATSAPP', { body: 'Hi {{ first_name }}' }, { body: 'Hi Alex' }],
    ['inApp', 'IN_APP', { title: 'T', body: '{{ email }}' }, { title: 'T', body: 'alex@example.com' }],
    [
      'web',
      'WEB',
      { title: '{{ first_name }}', actionUrl: 'https://a.example' },
      { title: 'Alex', actionUrl: 'https://a.example' },
    ],
    ['social', 'SOCIAL', { title: 'T', body: 'B' }, { title: 'T', body: 'B' }],
    ['display', 'DISPLAY', { title: 'T' }, { title: 'T' }],
    [
      'webhook',
      'WEBHOOK',
      { url: 'https://a.example/h', payloadTemplate: '{"n":"{{ first_name }}"}' },
      { url: 'https://a.example/h', method: 'POST', headers: {}, payload: '{"n":"Alex"}' },
    ],
  ])('shows %s content that is only thought of', async (field, channel, content, fields) => {
    const { preview } = await look({ [field]: content });
    expect(preview).toMatchObject({ channel, variantId: null });
    expect(preview.fields).toEqual(fields);
  });
});

describe('what one who knows text messages says', () => {
  const sms = (body: string, more: object = {}) => ({ sms: { body, ...more } });

  test('nothing of a short one that says how to end it', async () => {
    expect(await codesOf(sms('Sale today. Reply STOP to end'))).toEqual([]);
    expect(await codesOf(sms('Sale: {{ unsubscribe_url }}', { maxSegments: 2 }))).toEqual(['LINK_LONG']);
  });

  test('of one character that makes it UCS-2: which one', async () => {
    const [warning] = await warningsOf(sms('Don’t wait. STOP'));
    expect(warning).toMatchObject({ code: 'SMS_UNICODE', message: expect.stringContaining('’ (U+2019)') });
    const [many] = await warningsOf(sms('😀 привет, мир STOP'));
    expect(many?.message).toContain('😀 (U+1F600), п (U+043F), р (U+0440), и (U+0438), в (U+0432) and 3 more');
  });

  test('of one that takes several segments, or more than it may: it is shown, and would not be sent', async () => {
    expect(await codesOf(sms(`${'x'.repeat(200)} STOP`, { maxSegments: 2 }))).toEqual(['SMS_SEGMENTS']);
    const { preview } = await look({
      ...sms(`STOP {{ attributes.long }}`),
      variables: { attributes: { long: 'y'.repeat(200) } },
    });
    expect(preview.smsSize).toEqual({ encoding: 'GSM_7', units: 205, segments: 2 });
    expect(preview.warnings).toEqual([
      { code: 'SMS_SEGMENTS', message: expect.stringContaining('2 segments') },
      { code: 'NOT_SENDABLE', message: expect.stringContaining('2 segments, 1 at most') },
    ]);
  });

  test('of links that are long, or of a shortener', async () => {
    expect(await codesOf(sms('STOP https://bit.ly/abc', { maxSegments: 3 }))).toEqual(['LINK_LONG', 'LINK_SHORTENED']);
  });

  test('of a commercial one without a way out, by WhatsApp as well; a stopwatch is none', async () => {
    expect(await codesOf(sms('A stopwatch for you'))).toEqual(['OPT_OUT_MISSING']);
    expect(await codesOf({ whatsapp: { body: 'Hi' } })).toEqual(['OPT_OUT_MISSING']);
    expect(await codesOf(sms('Angebot. STOPP zum Abmelden'))).toEqual([]);
  });
});

test.each([
  ['PUSH_TITLE_LONG', { push: { title: 'x'.repeat(51), body: 'y' } }],
  ['PUSH_BODY_LONG', { push: { title: 'x', body: 'y'.repeat(179) } }],
  ['NOT_SENDABLE', { push: { title: 'x', body: '{{ attributes.none }}' } }],
  [
    'NOT_SENDABLE',
    { whatsapp: { body: 'STOP {{ attributes.long }}' }, variables: { attributes: { long: 'x'.repeat(1_600) } } },
  ],
  ['NOT_SENDABLE', { webhook: { url: 'https://a.example', payloadTemplate: '{"a":{{ attributes.none }}}' } }],
  ['VARIABLE_UNKNOWN', { inApp: { title: 'x', body: '{{ view_in_browser_url }}x' } }],
  ['VARIABLE_MISSING', { web: { title: 'x{{ attributes.none }}' } }],
  ['LINK_INSECURE', { display: { title: 'x', actionUrl: 'http://a.example' } }],
  ['COMPILED', { social: { title: 'x', actionUrl: 'https://a.example/{{ external_id }}' } }],
])('warns: %s of %j', async (code, input) => {
  expect(await codesOf({ push: { title: 'x'.repeat(50), body: 'y'.repeat(178) } })).toEqual([]);
  expect(await codesOf(input)).toContain(code);
});

test.each([
  ['two contents', { sms: { body: 'a' }, push: { title: 'a', body: 'b' } }, 'CONTENT_INVALID campaignId'],
  ['content and the channel of a campaign', { sms: { body: 'a' }, channel: 'SMS' }, 'CONTENT_INVALID campaignId'],
  ['a template that cannot be read', { sms: { body: '{{' } }, 'CONTENT_TEMPLATE sms.body'],
  ['a mistake in an application’s', { inApp: { title: 'a', body: '{{' } }, 'CONTENT_TEMPLATE inApp.body'],
  [
    'an address of the machine',
    { webhook: { url: 'https://[::1]/', payloadTemplate: '{}' } },
    'CONTENT_WEBHOOK_URL webhook.url',
  ],
  [
    'a template without an end',
    { sms: { body: '{% for a in (1..9999999) %}{% for b in (1..9999999) %}x{% endfor %}{% endfor %}' } },
    'CONTENT_NOT_RENDERED sms',
  ],
])('refuses %s', async (_, input, told) => {
  const { preview, userErrors } = await look(input);
  expect([preview, ...userErrors.map(({ code, path }: Record<string, string>) => `${code} ${path}`)]).toEqual([
    null,
    told,
  ]);
});

test('every warning has a description and is in the schema', async () => {
  const { enumValues } = rootOf(await world.ask('{ __type(name: "ContentWarningCode") { enumValues { name } } }'));
  expect(enumValues.map(({ name }: { name: string }) => name).toSorted()).toEqual([...contentWarnings].toSorted());
});
