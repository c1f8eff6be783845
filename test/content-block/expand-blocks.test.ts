import { expandBlocks, type PinnedBlock } from '../../src/content-block/expand-blocks';
import { pinBlocks } from '../../src/content-block/pin-blocks';

const block = (content: string, kind: PinnedBlock['kind'] = 'html'): PinnedBlock => ({
  id: 'blk_x',
  version: 1,
  kind,
  content,
});
const blocks = {
  footer: block('<p>{{ blocks.name }} · {{ blocks.logo }}</p>'),
  logo: block('<img src="/logo.png" alt="{{ blocks.name }}">'),
  name: block('Tom & "Jerry" <{{ first_name }}>', 'plain'),
  looped: block('{% for p in attributes.p %}{{ p }}{% endfor %}'),
  self: block('x{{ blocks.self }}'),
  wide: block(`${'a'.repeat(1_000)}`),
};
const html = (template: string) => expandBlocks(template, { dialect: 'html', path: 'content.html', blocks });
const plain = (template: string) => expandBlocks(template, { dialect: 'plain', path: 'content.text', blocks });

test('a block stands where its name stood, with the blocks in it, and words are escaped for HTML', () => {
  expect(html('<b>{{ blocks.footer }}</b>')).toBe(
    '<b><p>Tom &amp; &quot;Jerry&quot; &lt;{{ first_name }}&gt; · ' +
      '<img src="/logo.png" alt="Tom &amp; &quot;Jerry&quot; &lt;{{ first_name }}&gt;"></p></b>',
  );
  expect(plain('{{blocks.name}}!')).toBe('Tom & "Jerry" <{{ first_name }}>!');
});

test('a template without references is the very same, and hyphens take the white space beside them', () => {
  const template = 'Hello {{ first_name }}, no blocks here';
  expect(plain(template)).toBe(template);
  expect(plain('a \n {{- blocks.name -}} \n b {{ blocks.name }} c')).toBe(
    'aTom & "Jerry" <{{ first_name }}>b Tom & "Jerry" <{{ first_name }}> c',
  );
  // Liquid beside it is no white space.
  expect(plain('{{ a }}{{- blocks.name -}}{{ b }}')).toBe('{{ a }}Tom & "Jerry" <{{ first_name }}>{{ b }}');
});

test('what is raw refers to nothing', () => {
  const raw = '{% raw %}{{ blocks.never }}{% endraw %}';
  expect(html(raw)).toBe(raw);
});

test.each([
  ['a\nb {{ blocks.never }}', 'there is no block never (line 2, column 3)'],
  ['{{ blocks.self }}', 'the block self holds itself (line 1, column 2)'],
  ['{{ blocks.wide }}'.repeat(301), 'with its blocks it has more than 300000 characters (line 1, column 5101)'],
  ['{{ blocks.constructor }}', 'there is no block constructor (line 1, column 1)'],
])('%.30s is refused with its place', (template, message) => {
  expect(() => html(template)).toThrow(expect.objectContaining({ code: 'CONTENT_TEMPLATE', message }));
});

test('html among plain words is refused', () => {
  expect(() => plain('{{ blocks.logo }}')).toThrow(
    expect.objectContaining({
      code: 'CONTENT_TEMPLATE',
      path: 'content.text',
      message: expect.stringContaining('html'),
    }),
  );
});

test('blocks that hold each other thousands of times end at once', () => {
  const many = (key: string) => block(`{{ blocks.${key} }}`.repeat(3_000), 'plain');
  const empty = block('{% comment %}{% endcomment %}', 'plain');
  for (const last of [block('x', 'plain'), empty]) {
    const hostile = { a: many('b'), b: many('c'), c: last };
    const begun = performance.now();
    expect(() => expandBlocks('{{ blocks.a }}', { dialect: 'html', path: 'x', blocks: hostile })).toThrow(/characters/);
    expect(performance.now() - begun).toBeLessThan(5_000);
  }
});

test.each(['{{ ', '{% blocks ', 'blocks {{', '{{ blocks.a }}', '{{- blocks.a -}} '])(
  'content of %s again and again is looked through in a moment',
  async (piece) => {
    const html = `${piece.repeat(20_000)}${'{{'.repeat(60_000)}blocks`;
    const nobody = { execute: async <Rows extends object[]>() => [] as object[] as Rows };
    const begun = performance.now();
    await pinBlocks(nobody, 1, { html });
    expect(performance.now() - begun).toBeLessThan(3_000);
  },
);
