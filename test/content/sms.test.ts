import type { CompiledFields } from '../../src/content/compiled-content';
import { usualContentLimits } from '../../src/content/content-limits';
import { RenderedFields } from '../../src/content/rendered-fields';
import { createRenderer, type Renderer } from '../../src/content/renderer';
import { decodeTrackingToken } from '../../src/content/tracking-token';
import { readContent } from '../../src/medium/media';
import { DomainError } from '../../src/shared/errors';
import { encodeMessageId } from '../../src/shared/message-id';
import { fieldJob, fieldsOf } from './field-jobs';
import { jobOf, keys, openRenderer } from './render-jobs';

let renderer: Renderer;
beforeAll(() => {
  renderer = openRenderer();
});
afterAll(() => renderer.close());

const render = async (content: object, variables = {}) =>
  fieldsOf((await renderer.render([fieldJob('sms', content, variables)]))[0]);
const compile = (content: object) =>
  readContent('sms', content, 'variants[0].sms.content', usualContentLimits).compiled as CompiledFields;

function refusal(content: object): string {
  try {
    compile(content);
  } catch (error) {
    if (error instanceof DomainError) return `${error.code} ${error.path}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

test('a text message is its words, with the person’s own in them and nothing escaped', async () => {
  expect(await render({ body: 'Hi {{ first_name }} & co.\nBye' }, { first_name: 'Zoë "Z" <b>' })).toEqual({
    body: 'Hi Zoë "Z" <b> & co.\nBye',
  });
});

test('it goes to the provider as the bytes that the renderer wrote', async () => {
  const [rendered] = await renderer.render([fieldJob('sms', { body: 'Hi' })]);
  if (!rendered?.ok || !(rendered.content instanceof RenderedFields)) throw new Error('not rendered');
  expect(rendered.content.kind).toBe('sms');
  expect(Buffer.from(rendered.content.json).toString()).toBe('{"body":"Hi"}');
});

test('text messages and e-mails are rendered in one call, each as what it is', async () => {
  const rendered = await renderer.render([
    fieldJob('sms', { body: 'short' }),
    jobOf({ subject: 'Hi', html: '<p>long</p>' }),
    fieldJob('sms', { body: '{{ first_name }}' }),
  ]);
  expect(rendered.map((one) => (one.ok ? one.content.constructor.name : one.reason))).toEqual([
    'RenderedFields',
    'JsonEmail',
    'empty',
  ]);
});

test('an address in the words leads through a token, and only to where the words say', async () => {
  const body = 'Sale: https://shop.example/a_(b)?x=1&y=2. Or (http://b.example)! Not {{ first_name }}';
  expect(compile({ body }).links).toEqual([
    { no: 1, href: 'https://shop.example/a_(b)?x=1&y=2', url: 'https://shop.example/a_(b)?x=1&y=2' },
    { no: 2, href: 'http://b.example', url: 'http://b.example' },
  ]);
  const fields = (await render({ body, maxSegments: 5 }, { first_name: 'x' })) as { body: string };
  const found =
    /^Sale: https:\/\/mail\.example\/t\/c\/(\S+)\. Or \(https:\/\/mail\.example\/t\/c\/(\S+)\)! Not x$/.exec(
      fields.body,
    );
  expect([found?.[1], found?.[2]].map((token) => decodeTrackingToken(keys, token ?? ''))).toEqual([
    { messageId: 'msg_1', act: 'click', link: 1 },
    { messageId: 'msg_1', act: 'click', link: 2 },
  ]);
});

test('its addresses are as short as can be, by a name of their own where there is one', async () => {
  const messageId = encodeMessageId(keys, 20_800 * 2 ** 32 + 9, 1_234);
  const job = { ...fieldJob('sms', { body: 'https://a.example {{ unsubscribe_url }}' }), messageId };
  const [short] = await renderer.render([job]);
  expect(fieldsOf(short)).toEqual({
    body: expect.stringMatching(/^https:\/\/mail\.example\/c\/[\w-]{33} https:\/\/mail\.example\/u\/[\w-]{33}$/),
  });
  const [same] = await renderer.render([{ ...fieldJob('whatsapp', { body: 'https://a.example' }), messageId }]);
  expect(fieldsOf(same)).toEqual({ body: expect.stringMatching(/^https:\/\/mail\.example\/t\/c\/[\w.-]{59}$/) });
  const own = createRenderer({ publicUrl: 'https://mail.example', shortUrl: 'https://m.ex', keys, threads: 1 });
  const [shorter] = await own.render([job]);
  await own.close();
  expect(fieldsOf(shorter)).toEqual({
    body: expect.stringMatching(/^https:\/\/m\.ex\/c\/[\w-]{33} https:\/\/m\.ex\/u\/[\w-]{33}$/),
  });
});

test('an address that depends on the person is left alone, and said so', async () => {
  const body = 'See https://a.example/{{ external_id }} now';
  expect(compile({ body })).toMatchObject({
    links: [],
    warnings: ['link is not tracked, its address depends on the person: https://a.example/{{ external_id }}'],
  });
  expect(await render({ body }, { external_id: 7 })).toEqual({ body: 'See https://a.example/7 now' });
});

test('without tracking the words are those of their author', async () => {
  const job = { ...fieldJob('sms', { body: 'See https://a.example/b.' }), trackClicks: false };
  expect(fieldsOf((await renderer.render([job]))[0])).toEqual({ body: 'See https://a.example/b.' });
});

test('a person’s own address becomes nobody’s link, nor do characters that stand for one', async () => {
  const body = '{{ first_name }} https://a.example';
  const said = (await render({ body, maxSegments: 3 }, { first_name: 'https://evil.example \uE0009\uE001' })) as {
    body: string;
  };
  const tokens = [...said.body.matchAll(/\/t\/c\/(\S+)/g)].map(([, token]) => decodeTrackingToken(keys, token ?? ''));
  expect(said.body).toContain('https://evil.example ');
  expect(tokens.map((token) => token?.link)).toEqual([9, 1]);
});

test('the unsubscribe link is there for who names it', async () => {
  const fields = (await render({ body: 'Stop: {{ unsubscribe_url }}' })) as { body: string };
  const token = fields.body.split('/u/')[1] ?? '';
  expect(decodeTrackingToken(keys, token)).toEqual({ messageId: 'msg_1', act: 'unsubscribe', link: 0 });
});

describe('as many segments as its content allows', () => {
  const long = 'x'.repeat(150);

  test('a message that came out longer is not made, and never cut off', async () => {
    expect(await render({ body: `${long}{{ first_name }}` }, { first_name: 'ten chars.' })).toEqual({
      body: `${long}ten chars.`,
    });
    expect(await render({ body: `${long}{{ first_name }}` }, { first_name: 'eleven char' })).toBe('too_long');
    expect(await render({ body: `${long}{{ first_name }}`, maxSegments: 2 }, { first_name: 'eleven char' })).toEqual({
      body: `${long}eleven char`,
    });
  });

  test('one character of the person’s can make it too long', async () => {
    expect(await render({ body: `${long}{{ first_name }}` }, { first_name: '😀' })).toBe('too_long');
  });

  test('words that are too long for everybody are refused when they are saved', () => {
    expect(refusal({ body: 'x'.repeat(161) })).toBe(
      'CONTENT_INVALID variants[0].sms.content.body: body takes 2 segments, 1 at most',
    );
    expect(refusal({ body: `${'x'.repeat(161)} {{ first_name }}` })).toContain('CONTENT_INVALID');
    expect(refusal({ body: `${'я'.repeat(141)}`, maxSegments: 2 })).toContain('takes 3 segments, 2 at most');
  });

  test('words that may come out shorter are not', () => {
    expect(refusal({ body: `{% if locale == 'de' %}${'x'.repeat(161)}{% endif %}Hi` })).toBe('taken');
    expect(refusal({ body: `Hi${' '.repeat(200)}{{- first_name }}` })).toBe('taken');
    expect(refusal({ body: `https://a.example/${'x'.repeat(161)}` })).toBe('taken');
    expect(refusal({ body: 'x'.repeat(161), maxSegments: 2 })).toBe('taken');
  });
});

test.each([
  [{ body: 'Hi {{ first_name' }, 'CONTENT_TEMPLATE variants[0].sms.content.body', '(line 1, column 4)'],
  [{ body: 'a\n{% if x %}' }, 'CONTENT_TEMPLATE variants[0].sms.content.body', '(line 2, column 1)'],
  [{ body: 'a \uE000' }, 'CONTENT_TEMPLATE variants[0].sms.content.body', 'private-use'],
  [{ body: '' }, 'CONTENT_INVALID variants[0].sms.content.body', ''],
  [{ body: 'x'.repeat(10_001) }, 'CONTENT_INVALID variants[0].sms.content.body', ''],
  [{ body: 'nul \0' }, 'CONTENT_INVALID variants[0].sms.content.body', 'stored'],
  [{ body: 'Hi', maxSegments: 0 }, 'CONTENT_INVALID variants[0].sms.content.maxSegments', ''],
  [{ body: 'Hi', maxSegments: 11 }, 'CONTENT_INVALID variants[0].sms.content.maxSegments', ''],
  [{ body: 'Hi', colour: 'red' }, 'CONTENT_INVALID variants[0].sms.content', ''],
  [{}, 'CONTENT_INVALID variants[0].sms.content.body', ''],
])('refuses %j', (content, code, message) => {
  expect(refusal(content)).toContain(code);
  expect(refusal(content)).toContain(message);
});

test('a variable that nobody has is a warning, and so is the address of a page that a text message has not', () => {
  expect(
    compile({ body: '{{ firstname }} {{ first_name }} {{ attributes.x }} {{ view_in_browser_url }}' }),
  ).toMatchObject({
    variables: ['attributes.x', 'first_name', 'firstname', 'view_in_browser_url'],
    warnings: ['unknown variable: firstname', 'unknown variable: view_in_browser_url'],
  });
});

test('the hash names kind and words, and the default of segments is one of them', () => {
  const hash = (content: object) => readContent('sms', content, 'content', usualContentLimits).hash;
  expect(hash({ body: 'a' })).toBe(hash({ maxSegments: 1, body: 'a' }));
  expect(hash({ body: 'a' })).not.toBe(hash({ body: 'b' }));
});
