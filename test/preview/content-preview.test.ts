import { type AutumnWorld, autumn, openAutumnWorld } from '../graphql/autumn-world';

let world: AutumnWorld;
let campaignId: string;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
const rootOf = ({ data, errors }: { data: any; errors: readonly unknown[] }): any => {
  expect(errors).toEqual([]);
  return Object.values(data)[0];
};
const question = `query ($input: ContentPreviewInput!) { contentPreview(input: $input) {
  preview { channel fields smsSize { encoding units segments } subject html text senderName variantId
    warnings { code message } } userErrors { code message path }
} }`;
const look = async (input: object) => rootOf(await world.ask(question, { input }, { role: 'editor' }));
const draft = (over: object) => ({
  subject: 'Hello',
  html: '<p>Hi</p><a href="{{ unsubscribe_url }}">No more</a>',
  text: 'Hi',
  preheader: 'News',
  ...over,
});
const codesOf = async (email: object, whom: object = {}): Promise<string[]> =>
  (await look({ email: draft(email), ...whom })).preview.warnings.map(({ code }: { code: string }) => code);

beforeAll(async () => {
  world = await openAutumnWorld();
  const send = async (mutation: string, type: string, answer: string, input: object) =>
    rootOf(await world.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input }));
  await send('updateOrganizationSettings', 'UpdateOrganizationSettingsInput', 'organization { id }', autumn.settings);
  await send('importContacts', 'ImportContactsInput', 'report { accepted }', autumn.contacts);
  const { segment } = await send('createSegment', 'CreateSegmentInput', 'segment { id }', autumn.segment);
  const { campaign } = await send(
    'createCampaign',
    'CreateCampaignInput',
    'campaign { id }',
    autumn.campaign(segment.id),
  );
  campaignId = campaign.id;
});
afterAll(() => world.close());

describe('a preview of content', () => {
  test('is the stored mail as a person of the directory would see it, and nothing of it is tracked', async () => {
    const { preview, userErrors } = await look({ campaignId, userId: 'ada' });
    expect(userErrors).toEqual([]);
    expect(preview).toMatchObject({ channel: 'EMAIL', subject: 'Early birds first', smsSize: null });
    expect(preview.fields).toMatchObject({ subject: 'Early birds first', html: preview.html });
    expect(preview.warnings.map(({ code }: { code: string }) => code)).toEqual(['PREHEADER_MISSING', 'TEXT_PART_MADE']);
    expect(preview.html).toContain('Hello Ada');
    expect(preview.text).toContain('Hello Ada');
    expect(preview.html).not.toContain('/t/');
    expect(preview.html).toMatch(/https:\/\/shop\.example\/u\/preview\./);
  });

  test('is of the variant that is asked for, and a control has none', async () => {
    const { variants } = rootOf(await world.ask(`{ campaign(id: "${campaignId}") { variants { id } } }`));
    const [, second, control] = variants.map(({ id }: { id: string }) => id);
    expect((await look({ campaignId, variantId: second })).preview).toMatchObject({
      subject: 'Your last chance',
      variantId: second,
    });
    expect((await look({ campaignId, variantId: control })).userErrors).toMatchObject([{ code: 'CONTENT_MISSING' }]);
  });

  test('shows content that is only thought of, to a sample person or with the caller’s own words for one', async () => {
    const email = draft({ subject: '{{ first_name }}, {{ attributes.city | default: "everywhere" }}' });
    expect((await look({ email })).preview.subject).toBe('Alex, everywhere');
    const variables = { first_name: 'Bo', attributes: { city: 'Rome' } };
    expect((await look({ email, variables })).preview.subject).toBe('Bo, Rome');
    expect((await look({ email, userId: 'ben', variables: { attributes: { city: 'Oslo' } } })).preview.subject).toBe(
      'Ben, Oslo',
    );
  });

  test('shows what a profile service would say only where the caller says it: a preview asks none', async () => {
    const email = draft({ subject: 'Hi {{ profile.tier | default: "friend" }}' });
    expect((await look({ email })).preview).toMatchObject({ subject: 'Hi friend', warnings: [] });
    expect((await look({ email, variables: { profile: { tier: 'gold' } } })).preview.subject).toBe('Hi gold');
  });

  test('escapes in html what a person’s data holds, and breaks no line of the subject', async () => {
    const variables = { first_name: '<script>\nBcc: x' };
    const { preview } = await look({
      email: draft({ subject: '{{ first_name }}', html: '<b>{{ first_name }}</b>' }),
      variables,
    });
    expect(preview.subject).not.toContain('\n');
    expect(preview.html).not.toContain('<script>');
  });

  test.each([
    ['VARIABLE_UNKNOWN', { subject: '{{ favourite_colour }}!' }],
    ['VARIABLE_MISSING', { subject: 'Hi {{ attributes.city }}' }],
    ['UNSUBSCRIBE_LINK_MISSING', { html: '<p>Hi</p>' }],
    ['PREHEADER_MISSING', { preheader: undefined }],
    ['TEXT_PART_MADE', { text: undefined }],
    ['SUBJECT_EMPTY', { subject: '{{ attributes.nothing }}' }],
    ['SUBJECT_LONG', { subject: 'x'.repeat(71) }],
    ['SUBJECT_CAPITALS', { subject: 'HURRY UP, {{ first_name | upcase }}!' }],
    ['HTML_LARGE', { html: `<p>{{ unsubscribe_url }}${'word '.repeat(21_000)}</p>` }],
    ['IMAGE_WITHOUT_TEXT', { html: '<img src="https://a.example/b.png">{{ unsubscribe_url }}' }],
    ['MOSTLY_IMAGES', { html: '<img alt="Sale" src="https://a.example/b.png"><a href="{{ unsubscribe_url }}">x</a>' }],
    ['IMAGE_INSECURE', { html: '<img alt="" src="http://a.example/b.png">{{ unsubscribe_url }}' }],
    ['LINK_INSECURE', { html: '<a href="http://a.example">x</a>{{ unsubscribe_url }}' }],
    ['UNSUBSCRIBE_LINK_HIDDEN', { html: '<p>Hi</p><!-- {{ unsubscribe_url }} -->' }],
    ['UNSUBSCRIBE_LINK_HIDDEN', { html: '{% if attributes.vip %}{{ unsubscribe_url }}{% endif %}' }],
    ['SUBJECT_PUNCTUATION', { subject: 'Come now!!' }],
    ['SUBJECT_ANSWER', { subject: 'RE: {{ first_name }}' }],
    ['SUBJECT_SPAM_WORDS', { subject: 'Risk-free for you' }],
    ['SENDER_PUBLIC_MAILBOX', { senderEmail: 'shop@Gmail.com' }],
    ['SENDER_TAKES_NO_ANSWER', { senderEmail: 'no-reply@shop.example' }],
    ['REPLY_TO_ELSEWHERE', { senderEmail: 'us@shop.example', replyTo: 'us@other.example' }],
    ['HTML_LEFT_OUT', { html: '<form><input></form>{{ unsubscribe_url }}' }],
    ['HTML_LEFT_OUT', { html: '<link rel="stylesheet" href="https://a.example/b.css">{{ unsubscribe_url }}' }],
    ['IMAGE_EMBEDDED', { html: '<img alt="" src="data:image/png;base64,AA">{{ unsubscribe_url }}' }],
    ['IMAGE_BROKEN', { html: '<img alt="" src="logo.png">{{ unsubscribe_url }}' }],
    ['LINK_BROKEN', { html: '<a href="#">x</a>{{ unsubscribe_url }}' }],
    ['LINK_BROKEN', { html: '<a href="{{ attributes.url }}">x</a>{{ unsubscribe_url }}' }],
    ['LINK_BROKEN', { html: '<a href="www.shop.example">x</a>{{ unsubscribe_url }}' }],
    ['LINK_BROKEN', { html: '<a href=htps://shop.example>x</a>{{ unsubscribe_url }}' }],
    ['LINK_SHORTENED', { html: '<a href="https://bit.ly/{{ first_name }}">x</a>{{ unsubscribe_url }}' }],
    ['LINK_NUMERIC', { html: '<a href="https://192.0.2.7/x">x</a>{{ unsubscribe_url }}' }],
    ['LEFTOVER', { subject: 'Hello *|FNAME|*' }],
    ['LEFTOVER', { html: '<p>{{ attributes }}</p>{{ unsubscribe_url }}' }],
    ['LINK_MISLEADING', { html: '<a href="https://evil.example"><b>www.bank.example</b></a>{{ unsubscribe_url }}' }],
    ['COMPILED', { html: '<a href="https://a.example/{{ first_name }}">x</a>{{ unsubscribe_url }}' }],
  ])('warns: %s', async (code, email) => {
    expect(await codesOf({})).toEqual([]);
    expect(await codesOf(email)).toContain(code);
  });

  test('has nothing to say of a mail as it should be', async () => {
    const words =
      'A letter of some length, with words enough for whoever sees no images, as filters want to have them. ';
    const html = `<style>@media (width) {a {color: red}}</style><p>${words}</p><a name="x" href="#y">down</a>
      <!-- <a href="">old</a> <form> --><a href='https://shop.example/?a=1&amp;b=2'><img src=https://shop.example/a.png alt=""></a>
      <a href="mailto:us@shop.example?subject=Hi">write</a><a href="tel:+49 30 1">call</a><a href="{{ unsubscribe_url }}">No more</a>`;
    const sender = { senderEmail: 'news@mail.shop.example', replyTo: 'us@shop.example' };
    expect(await codesOf({ subject: 'Wow! Free shipping, Re: your basket', html, text: words, ...sender })).toEqual([]);
  });

  test('ends on whatever a template made of its tags', async () => {
    const html = '{% for a in (1..900) %}<a href="<!-- <img src=\'<form {% endfor %}{{ unsubscribe_url }}';
    const { preview } = await look({ email: draft({ html }) });
    expect(preview.warnings.map(({ code }: { code: string }) => code)).toContain('UNSUBSCRIBE_LINK_HIDDEN');
  });

  test('says where the sender is by post, as it would be sent', async () => {
    const { preview } = await look({ campaignId, userId: 'ada' });
    expect(preview.html).toContain('Main Street 1, 10115 Berlin');
    expect(preview.text).toMatch(/Main Street 1, 10115 Berlin$/);
    const email = draft({ html: '<p>{{ organization.postal_address }}</p>{{ unsubscribe_url }}' });
    expect((await look({ email })).preview).toMatchObject({
      html: expect.stringContaining('<p>Main Street 1, 10115 Berlin</p>'),
      warnings: [],
    });
  });

  test('warns where nobody knows where the sender is by post', async () => {
    const stranger = await world.graph.token('org_nowhere', { role: 'editor' });
    const { preview } = rootOf(await world.graph.post(stranger, question, { input: { email: draft({}) } }));
    expect(preview.warnings).toMatchObject([{ code: 'POSTAL_ADDRESS_MISSING' }]);
  });

  test('of a language only what is its own, and of everybody’s nothing of a language', async () => {
    const out = '<a href="{{ unsubscribe_url }}">No more</a>';
    const of = (html: string, subject = 'Hello') => ({ subject, html, text: 'Hi', preheader: 'News' });
    const insecure = '<a href="http://a.example">x</a>';
    const input = {
      name: 'Two languages',
      variants: [
        {
          name: 'A',
          email: {
            content: of(`${out}${insecure}`, 'Hi {{ attributes.city }}'),
            locales: [
              { locale: 'de', content: of('<a href="https://a.example">y</a>') },
              { locale: 'fr', content: of(out) },
            ],
          },
        },
        { name: 'B', email: { content: of('<p>Hi</p>'), locales: [{ locale: 'fr', content: of(out) }] } },
      ],
    };
    const created = await world.ask(
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id variants { id } } } }',
      { input },
    );
    const { id, variants } = rootOf(created).campaign;
    const codes = async (over: object): Promise<string[]> =>
      (await look({ campaignId: id, ...over })).preview.warnings.map(({ code }: { code: string }) => code);
    expect(await codes({ locale: 'de' })).toEqual(['UNSUBSCRIBE_LINK_MISSING']);
    expect(await codes({ locale: 'fr' })).toEqual([]);
    expect(await codes({ locale: 'it' })).toEqual(['VARIABLE_MISSING', 'LINK_INSECURE']);
    expect(await codes({ variantId: variants[1].id, locale: 'it' })).toEqual(['UNSUBSCRIBE_LINK_MISSING']);
  });

  test('does not warn of what the person has, nor reach through a prototype', async () => {
    expect(await codesOf({ subject: 'Hi {{ attributes.arm }}' }, { userId: 'ada' })).toEqual([]);
    expect(await codesOf({ subject: 'x{{ attributes.constructor }}' }, { userId: 'ada' })).toEqual([
      'VARIABLE_MISSING',
    ]);
  });

  test.each([
    ['a campaign that is not there', () => ({ campaignId: 'cmp_none' }), 'NOT_FOUND campaignId'],
    ['a variant of another campaign', () => ({ campaignId, variantId: 'var_none' }), 'NOT_FOUND variantId'],
    ['a person who is not there', () => ({ campaignId, userId: 'nobody' }), 'NOT_FOUND userId'],
    ['neither campaign nor mail', () => ({}), 'CONTENT_INVALID'],
    ['both of them', () => ({ campaignId, email: draft({}) }), 'CONTENT_INVALID'],
    ['words for a person that no person has', () => ({ campaignId, variables: { shoe_size: 4 } }), 'CONTENT_INVALID'],
    ['words that are no words', () => ({ campaignId, variables: { first_name: 4 } }), 'CONTENT_INVALID'],
    ['variables that are a list', () => ({ campaignId, variables: [] }), 'CONTENT_INVALID'],
    ['a template that cannot be read', () => ({ email: draft({ html: '{% if %}' }) }), 'CONTENT_TEMPLATE'],
    ['an empty subject', () => ({ email: draft({ subject: '' }) }), 'CONTENT_INVALID'],
    [
      'a template without an end',
      () => ({
        email: draft({ html: '{% for a in (1..9999999) %}{% for b in (1..9999999) %}x{% endfor %}{% endfor %}' }),
      }),
      'CONTENT_NOT_RENDERED',
    ],
  ])('refuses %s', async (_, input, code) => {
    const { preview, userErrors } = await look(input());
    const [error] = userErrors;
    const told = error?.code === 'NOT_FOUND' ? `${error.code} ${error.path}` : error?.code;
    expect([preview, told]).toEqual([null, code]);
  });

  test('is for editors: a template of one’s own reads whatever a profile holds', async () => {
    const { errors } = await world.ask(question, { input: { campaignId } }, { role: 'viewer' });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('knows nobody and nothing of another organization', async () => {
    const foreign = await world.graph.token('org_other', { role: 'editor' });
    const ask = async (input: object) => rootOf(await world.graph.post(foreign, question, { input }));
    expect((await ask({ campaignId })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await ask({ email: draft({}), userId: 'ada' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});
