import type { CompiledFields } from '../../src/content/compiled-content';
import { usualContentLimits } from '../../src/content/content-limits';
import type { Renderer } from '../../src/content/renderer';
import { readContent } from '../../src/medium/media';
import { DomainError } from '../../src/shared/errors';
import { CHANNEL, type ChannelKind } from '../../src/shared/ledger-codes';
import { fieldJob, fieldsOf } from '../content/field-jobs';
import { openRenderer } from '../content/render-jobs';

let renderer: Renderer;
beforeAll(() => {
  renderer = openRenderer();
});
afterAll(() => renderer.close());

const render = async (kind: ChannelKind, content: object, variables = {}) =>
  fieldsOf((await renderer.render([fieldJob(kind, content, variables)]))[0]);
const compile = (kind: ChannelKind, content: object) =>
  readContent(kind, content, 'content', usualContentLimits).compiled as CompiledFields;

function refusal(kind: ChannelKind, content: object): string {
  try {
    compile(kind, content);
  } catch (error) {
    if (error instanceof DomainError) return `${error.code} ${error.path}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

const app = { title: 'Hi {{ first_name }}', body: 'New: {{ attributes.thing }}' };
const hook = { url: 'https://shop.example/hook', payloadTemplate: '{"name":"{{ first_name }}"}' };
const contents: Readonly<Record<ChannelKind, object>> = {
  email: { subject: 'Hi', html: '<p>Hi</p>' },
  sms: { body: 'Hi' },
  whatsapp: { body: 'Hi' },
  push: app,
  in_app: app,
  webhook: hook,
  web: { title: 'Hi' },
  social: { title: 'Hi' },
  display: { title: 'Hi' },
};

test('every medium takes its content, and names it by medium and words', () => {
  const hashes = Object.entries(contents).map(
    ([kind, content]) => readContent(kind as ChannelKind, content, 'content', usualContentLimits).hash,
  );
  expect(new Set(hashes).size).toBe(Object.keys(CHANNEL).length);
});

test.each(Object.keys(CHANNEL) as ChannelKind[])('%s takes no field that it has not, and not nothing', (kind) => {
  expect(refusal(kind, { ...contents[kind], colour: 'red' })).toContain('CONTENT_INVALID content');
  expect(refusal(kind, {})).toContain('CONTENT_INVALID content.');
});

test('what is wrong is said in words, and where it is as everywhere', () => {
  expect(refusal('webhook', { ...hook, headers: [{ name: 'A', value: 'a\nb' }] })).toBe(
    'CONTENT_INVALID content.headers[0].value: must be one line',
  );
  expect(refusal('email', { subject: '', html: 'x' })).toBe('CONTENT_INVALID content.subject: must not be empty');
  expect(refusal('email', { subject: 's'.repeat(256), html: 'x' })).toBe(
    'CONTENT_INVALID content.subject: must have at most 255 characters',
  );
  expect(refusal('sms', { body: 'x', maxSegments: 11 })).toBe(
    'CONTENT_INVALID content.maxSegments: must be at most 10',
  );
  expect(refusal('sms', { body: 7 })).toBe('CONTENT_INVALID content.body: must be a text');
  expect(refusal('sms', { body: 'x', colour: 'red' })).toBe('CONTENT_INVALID content: has nothing called colour');
});

test.each([
  ['whatsapp', 'body'],
  ['push', 'title'],
  ['push', 'body'],
  ['in_app', 'title'],
  ['in_app', 'body'],
  ['web', 'title'],
  ['social', 'title'],
  ['display', 'title'],
  ['webhook', 'payloadTemplate'],
] as const)('%s: a mistake in the %s is told with line and column', (kind, field) => {
  const content = { ...contents[kind], [field]: 'x {{' };
  expect(refusal(kind, content)).toMatch(new RegExp(`^CONTENT_TEMPLATE content\\.${field}: .*\\(line 1, column 3\\)$`));
});

describe('WhatsApp', () => {
  test('is its words and the template that WhatsApp approved', async () => {
    const content = { body: 'Hi {{ first_name }}', providerTemplateId: 'welcome_2' };
    expect(await render('whatsapp', content, { first_name: 'Zoë' })).toEqual({
      body: 'Hi Zoë',
      providerTemplateId: 'welcome_2',
    });
  });

  test('of more than 1,600 characters is not made', async () => {
    const content = { body: `${'x'.repeat(1_590)}{{ first_name }}` };
    expect(await render('whatsapp', content, { first_name: 'ten chars.' })).toEqual({
      body: `${'x'.repeat(1_590)}ten chars.`,
    });
    expect(await render('whatsapp', content, { first_name: 'eleven char' })).toBe('too_long');
    expect(refusal('whatsapp', { body: 'x'.repeat(1_601) })).toContain('1601 characters, 1600 at most');
  });
});

describe('a notification', () => {
  test('is words, an address through a token, and what the application is told', async () => {
    const content = {
      ...app,
      actionUrl: 'https://shop.example/new',
      icon: 'ic_sale',
      data: { order: '{{ attributes.order }}', kind: 'sale', none: '{{ attributes.none }}' },
    };
    const variables = { first_name: 'Zoë\nBye', attributes: { thing: 'a "hat"', order: 17 } };
    expect(await render('push', content, variables)).toEqual({
      title: 'Hi Zoë Bye',
      body: 'New: a "hat"',
      actionUrl: expect.stringMatching(/^https:\/\/mail\.example\/t\/c\/[\w.-]+$/),
      icon: 'ic_sale',
      data: { order: '17', kind: 'sale' },
    });
    expect(compile('push', content).links).toEqual([
      { no: 1, href: 'https://shop.example/new', url: 'https://shop.example/new' },
    ]);
  });

  test('may lead into an application, which nobody tracks', async () => {
    const content = { ...app, actionUrl: 'shop://order/{{ attributes.order }}' };
    expect(await render('push', content, { attributes: { thing: 'x', order: 7 } })).toMatchObject({
      actionUrl: 'shop://order/7',
    });
  });

  test('leads nowhere that a person’s data could choose, and runs nothing', () => {
    const tricks = [
      '{{ attributes.link }}',
      ' {{ attributes.scheme }}://x',
      'java{{ attributes.x }}script:alert(1)',
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '/here',
      'shop.example',
      'https:',
    ];
    for (const actionUrl of tricks) expect(refusal('push', { ...app, actionUrl })).toContain('content.actionUrl');
    expect(refusal('push', { ...app, actionUrl: '{{ unsubscribe_url }}' })).toBe('taken');
  });

  test('takes 4,096 bytes and no more', async () => {
    const content = { ...app, body: '{{ attributes.long }}' };
    const made = (letters: number) => render('push', content, { attributes: { long: 'ä'.repeat(letters) } });
    expect(await made(2_000)).toMatchObject({ title: 'Hi' });
    expect(await made(2_040)).toBe('too_long');
    expect(refusal('push', { ...app, title: 'x'.repeat(256) })).toContain('255 at most');
  });

  test('data that name the prototype are not there', async () => {
    const data = JSON.parse('{"__proto__": {"a": "b"}, "a": "b"}');
    expect(await render('push', { ...app, data }, { attributes: { thing: 'x' } })).toMatchObject({ data: { a: 'b' } });
  });

  test.each([
    ['a list', ['a']],
    ['a word', 'a'],
    ['a number in it', { a: 1 }],
    ['an object in it', { a: { b: 'c' } }],
    ['a name that is none', { 'a b': 'x' }],
    ['a name of theirs', { from: 'x' }],
    ['another name of theirs', { google_x: 'x' }],
    ['too many', Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, 'x']))],
    ['Liquid that is none', { a: '{{' }],
  ])('refuses data that are %s', (_, data) => {
    expect(refusal('push', { ...app, data })).toMatch(/^CONTENT_(INVALID|TEMPLATE) content\.data/);
  });
});

test('a part of a page is words, an image and an address; what comes out empty is left out', async () => {
  const content = {
    title: 'Sale',
    body: '{{ attributes.none }}',
    imageUrl: 'https://img.example/{{ attributes.size }}.png',
    actionUrl: 'https://shop.example',
  };
  for (const kind of ['web', 'social', 'display'] as const)
    expect(await render(kind, content, { attributes: { size: 'L' } })).toEqual({
      title: 'Sale',
      imageUrl: 'https://img.example/L.png',
      actionUrl: expect.stringContaining('https://mail.example/t/c/'),
    });
  expect(compile('web', content).links.map(({ url }) => url)).toEqual(['https://shop.example']);
  expect(refusal('display', { ...content, imageUrl: 'javascript:x' })).toContain('content.imageUrl');
});

test('what must be there and is empty for a person is not made', async () => {
  expect(await render('in_app', { ...app, body: '{{ attributes.none }}' })).toBe('empty');
  expect(await render('whatsapp', { body: ' {{ first_name }} ' })).toBe('empty');
});

describe('a webhook', () => {
  test('is a request: where, how, and a payload with the person’s words as JSON has them', async () => {
    const content = {
      ...hook,
      method: 'PUT',
      headers: [{ name: 'X-Kind', value: 'sale' }],
      payloadTemplate: `{"name":"{{ first_name }}","all":{{ attributes | json }},"none":{{ attributes.none | json }},
        "tags":[{% for t in attributes.tags %}"{{ t }}"{% unless forloop.last %},{% endunless %}{% endfor %}]}`,
    };
    const attributes = { tags: ['a"b', 'c\\'], quote: '</script>' };
    const made = await render('webhook', content, { first_name: 'Zoë "Z"\n', attributes });
    expect(made).toMatchObject({ url: hook.url, method: 'PUT', headers: { 'X-Kind': 'sale' } });
    const { payload } = made as { payload: string };
    expect(JSON.parse(payload)).toEqual({ name: 'Zoë "Z"\n', all: attributes, none: null, tags: attributes.tags });
  });

  test('a person’s words do not leave their quotes', async () => {
    const tricks = ['","admin":true,"x":"', '\\","admin":true', '\u2028"}', '"} {"admin":true}'];
    for (const first_name of tricks) {
      const { payload } = (await render('webhook', hook, { first_name })) as { payload: string };
      expect(JSON.parse(payload)).toEqual({ name: first_name });
    }
    const bare = { ...hook, payloadTemplate: '{"n":{{ attributes.n }}}' };
    expect(await render('webhook', bare, { attributes: { n: '1,"admin":true' } })).toBe('not_json');
    expect(await render('webhook', bare, { attributes: { n: 1 } })).toMatchObject({ payload: '{"n":1}' });
  });

  test('what is no JSON is not made, and refused when nobody’s words are in it', async () => {
    expect(await render('webhook', { ...hook, payloadTemplate: '{"n":{{ attributes.none }}}' })).toBe('not_json');
    expect(refusal('webhook', { ...hook, payloadTemplate: '{"n":}' })).toBe(
      'CONTENT_INVALID content.payloadTemplate: payload is not JSON for this person',
    );
  });

  test('of another content type is escaped for that', async () => {
    const of = (value: string, payloadTemplate: string) =>
      render(
        'webhook',
        { ...hook, headers: [{ name: 'Content-Type', value }], payloadTemplate },
        { first_name: '<"&">' },
      );
    expect(await of('text/plain', '{{ first_name }}')).toMatchObject({ payload: '<"&">' });
    expect(await of('application/soap+xml; charset=utf-8', '<a>{{ first_name }}</a>')).toMatchObject({
      payload: '<a>&lt;&#34;&amp;&#34;&gt;</a>',
    });
    expect(await of('application/vnd.shop+json', '"{{ first_name }}"')).toMatchObject({ payload: '"<\\"&\\">"' });
  });

  test.each([
    ['a method that reads', { method: 'GET' }, 'content.method'],
    ['an address of the machine', { url: 'https://127.1/' }, 'CONTENT_WEBHOOK_URL content.url'],
    ['an address that a person chooses', { url: 'https://{{ first_name }}/' }, 'CONTENT_WEBHOOK_URL content.url'],
    ['no TLS', { url: 'http://shop.example/' }, 'CONTENT_WEBHOOK_URL content.url'],
    ['a header of the connection', { headers: [{ name: 'Transfer-Encoding', value: 'x' }] }, 'content.headers[0].name'],
    ['a header that says to whom', { headers: [{ name: 'host', value: 'x' }] }, 'content.headers[0].name'],
    ['a length', { headers: [{ name: 'Content-Length', value: '1' }] }, 'content.headers[0].name'],
    ['a signature', { headers: [{ name: 'webhook-signature', value: 'x' }] }, 'content.headers[0].name'],
    ['a name that is none', { headers: [{ name: 'a b', value: 'x' }] }, 'content.headers[0].name'],
    ['a name with a line break', { headers: [{ name: 'a\r\nb', value: 'x' }] }, 'content.headers[0].name'],
    ['a value with a line break', { headers: [{ name: 'a', value: 'x\r\nb: c' }] }, 'content.headers[0].value'],
    ['a value beyond ASCII', { headers: [{ name: 'a', value: 'ä' }] }, 'content.headers[0].value'],
    [
      'a header twice',
      {
        headers: [
          { name: 'Authorization', value: 'a' },
          { name: 'authorization', value: 'b' },
        ],
      },
      'content.headers',
    ],
    [
      'many headers',
      { headers: Array.from({ length: 21 }, (_, n) => ({ name: `a${n}`, value: 'x' })) },
      'content.headers',
    ],
  ])('refuses %s', (_, more, told) => {
    expect(refusal('webhook', { ...hook, ...more })).toContain(told);
  });
});

test('text that grows without an end costs its own message alone', async () => {
  const grows = "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..16) %}{% assign s = s | append: s %}{% endfor %}";
  const body = `${grows}{% for i in (1..9999) %}{{ s }}{% endfor %}`;
  const rendered = await renderer.render([fieldJob('whatsapp', { body }), fieldJob('sms', { body: 'after' })]);
  expect(rendered.map(fieldsOf)).toEqual([
    expect.stringMatching(/too_large|limit_exceeded|template_failed|killed/),
    { body: 'after' },
  ]);
});

test.each([
  ['application/json', '{"a":"{{ blocks.b }}"}', '{"a":"Fish & \\"Chips\\"\\nnow"}'],
  ['text/xml', '<a>{{ blocks.b }}</a>', '<a>Fish &amp; &quot;Chips&quot;\nnow</a>'],
  ['text/plain', '{{ blocks.b }}', 'Fish & "Chips"\nnow'],
])('plain words of a block stand in a payload of %s as it takes them', async (type, payloadTemplate, payload) => {
  const blocks = { b: { id: 'blk_1', version: 1, kind: 'plain', content: 'Fish & "Chips"\nnow' } };
  const headers = [{ name: 'Content-Type', value: type }];
  expect(await render('webhook', { ...hook, headers, payloadTemplate, pinned: { blocks } })).toMatchObject({ payload });
});

test('languages are kept in their one spelling, that of everybody’s content too', () => {
  const locales = [{ locale: 'pt_br', content: contents.sms }];
  const { source } = readContent('sms', { ...contents.sms, locale: 'en_US', locales }, 'content', usualContentLimits);
  expect(source).toMatchObject({ locale: 'en-US', locales: [{ locale: 'pt-BR' }] });
});
