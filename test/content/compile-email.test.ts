import { compileEmail } from '../../src/content/compile-email';
import { fillPlaceholders, linkPlaceholder, pixelPlaceholder } from '../../src/content/compiled-email';
import { type EmailSource, emailHash, readEmailSource } from '../../src/content/email-content';
import { DomainError } from '../../src/shared/errors';

const source = (html: string, more: Partial<EmailSource> = {}): EmailSource => ({ subject: 'Hi', html, ...more });
const compile = (html: string, more: Partial<EmailSource> = {}) => compileEmail(source(html, more));

function refusal(act: () => unknown): { code: string; message: string; path?: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, message: error.message, path: error.path };
    throw error;
  }
  throw new Error('nothing was refused');
}

test('cutting links out changes nothing else, byte for byte', () => {
  const html = `<!DOCTYPE html><html><head><style>a{color:red}</style></head>
<BODY class=x bgcolor='#fff'><!--[if mso]><table><tr><td><a href="https://mso.example/"><![endif]-->
<a   title='>' HREF = 'https://a.example/?x=1&amp;y=2' >A</a><br><a href=https://b.example/p>B</a>
<!--[if !mso]><!--><p>unclosed <b>tags<![endif]--><a href="#top">top</a><a href="mailto:a@example.com">m</a>
<map><area href="http://c.example"></map></BODY></html>`;
  const compiled = compile(html);
  expect(compiled.links).toEqual([
    { no: 1, href: 'https://a.example/?x=1&amp;y=2', url: 'https://a.example/?x=1&y=2' },
    { no: 2, href: 'https://b.example/p', url: 'https://b.example/p' },
    { no: 3, href: 'http://c.example', url: 'http://c.example' },
  ]);
  const back = fillPlaceholders(
    compiled.html,
    (no) => compiled.links[no - 1]?.href ?? '',
    () => '',
  );
  expect(back).toBe(html);
  expect(compiled.html).toContain('<!--[if mso]><table><tr><td><a href="https://mso.example/"><![endif]-->');
  expect(compiled.html).toContain(`HREF = '${linkPlaceholder(1)}' >`);
  expect(compiled.html).toContain(`${pixelPlaceholder}</BODY>`);
});

test('Liquid between the tags confuses no cut', () => {
  const html = `<body>{% if attributes.a < 3 and attributes.b > "2" %}<a href="https://a.example">{{ first_name | append: "</a><a href='https://x.example'>" }}</a>{% endif %}</body>`;
  const compiled = compile(html);
  expect(compiled.links.map(({ url }) => url)).toEqual(['https://a.example']);
  expect(compiled.warnings).toEqual([]);
});

test('an address that depends on the person is left alone, and said so unless it is ours', () => {
  const compiled = compile(
    '<a href="https://a.example/?u={{ external_id }}">a</a><a href="{{ unsubscribe_url }}">u</a><a href="javascript:alert(1)">j</a>',
  );
  expect(compiled.links).toEqual([]);
  expect(compiled.html).toContain('https://a.example/?u={{ external_id }}');
  expect(compiled.warnings).toEqual([
    'link is not tracked, its address depends on the person: https://a.example/?u={{ external_id }}',
  ]);
});

test('without a body the pixel goes to the end, and a preheader to the beginning', () => {
  const compiled = compile('<p>x</p>', { preheader: 'Save <20% & more {{ first_name }}' });
  expect(compiled.html).toBe(
    `<div style="display:none;max-height:0;overflow:hidden">Save &lt;20% &amp; more {{ first_name }}</div><p>x</p>${pixelPlaceholder}`,
  );
});

test('the text part is made from the html: Liquid stays, links follow their words', () => {
  const { text } = compile(
    `<head><title>no</title></head><body><h1>Hello&nbsp;{{ first_name }}</h1><p>Fish &amp; chips<br>
     {% if locale %}{{ locale }}{% endif %}</p><ul><li>one<li>two</ul><a href="https://a.example">Shop</a> <a href="{{ unsubscribe_url }}">Leave</a></body>`,
  );
  expect(text).toBe(
    `Hello {{ first_name }}\n\nFish & chips\n{% if locale %}{{ locale }}{% endif %}\n\n- one\n- two\n\nShop (${linkPlaceholder(1)}) Leave ({{ unsubscribe_url }})`,
  );
  expect(compile('<p>x</p>', { text: 'mine {{ email }}' }).text).toBe('mine {{ email }}');
});

test.each([
  [
    'an image as what it says',
    '<a href="{{ unsubscribe_url }}"><img src="x" alt="Leave &amp; go"></a>',
    'Leave & go ({{ unsubscribe_url }})',
  ],
  ['Liquid in what an image says', '<img alt="For {{ first_name }}" src="x">', 'For {{ first_name }}'],
  ['an address once', '<a href="https://a.example">https://a.example/</a>', linkPlaceholder(1)],
  ['a link without words by its address', '<a href="https://a.example"><img src="x"></a>', linkPlaceholder(1)],
  ['the address of a person alone', '<a href="mailto:a@b.example?subject=Hi">a@b.example</a>', 'a@b.example'],
  ['a number behind its words', '<a href="tel:+4930">Call</a>', 'Call (+4930)'],
  ['nothing of a script', '<a href="javascript:x()">Run</a>', 'Run'],
  ['words after a button on lines of their own', '<a href="#"><div>Shop</div></a>now', 'Shop\n\nnow'],
  ['numbers of a list', '<ol><li>one</li><li>two<ul><li>in it</li></ul></li></ol>', '1. one\n2. two\n- in it'],
  [
    'no numbers that Liquid would repeat',
    '<ol>{% for p in products %}<li>{{ p }}</li>{% endfor %}</ol>',
    '{% for p in products %}\n- {{ p }}{% endfor %}',
  ],
  ['rows as lines', '<table><tr><th>Shoe</th><th>5</th></tr><tr><td>Hat</td><td>7</td></tr></table>', 'Shoe 5\nHat 7'],
  ['what a list says of its words', '<dl><dt>Size</dt><dd>42</dd></dl>', 'Size\n42'],
  ['nothing that is hidden', '<div style="color:red;display: none">secret <b>too</b></div><p>seen</p>', 'seen'],
  ['nothing that fills up a preview', '<div>&zwnj;&nbsp;&#847;&zwnj;&nbsp;&shy;</div>x', 'x'],
  ['joiners within words', '<p>می‌خواهم 👨‍👩‍👧</p>', 'می‌خواهم 👨‍👩‍👧'],
])('the text has %s', (_, html, expected) => {
  expect(compile(html).text).toBe(expected);
});

test('a condition that only the markup could close is dropped from the text, with a warning', () => {
  const compiled = compile('<p {% if locale %}class="a">x{% endif %}{{ email }}</p>');
  expect(compiled.text).toBe('x{{ email }}');
  expect(compiled.warnings).toHaveLength(1);
});

test.each([
  ['<p>\n  {% for x %}</p>', /line 2, column \d+\)$/],
  ['<p>{% if a %}</p>', /tag {% if a %} not closed \(line 1, column 4\)$/],
  ['\n\n {{ a | nofilter }}', /undefined filter: nofilter \(line 3, column 2\)$/],
  ['{% include "x" %}', /line 1, column 1\)$/],
  ['{{ attributes | sample }}', /undefined filter: sample/],
  ['{{ a', /not closed \(line 1, column 1\)$/],
])('a template that does not parse says where: %s', (html, message) => {
  expect(refusal(() => compile(html))).toEqual({
    code: 'CONTENT_TEMPLATE',
    message: expect.stringMatching(message),
    path: 'content.html',
  });
});

test.each([
  ['conditions', `${'{% if a %}'.repeat(101)}x${'{% endif %}'.repeat(101)}`],
  ['conditions beyond the stack', `${'{%- if a %}'.repeat(990)}x${'{% endif %}'.repeat(990)}`],
  ['elements', '<b>'.repeat(80_000)],
])('%s in each other end somewhere, at once', (_, html) => {
  const began = performance.now();
  expect(refusal(() => compile(html))).toEqual({
    code: 'CONTENT_TEMPLATE',
    message: 'the template is nested too deeply',
    path: 'content.html',
  });
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('what stands beside each other is not nested', () => {
  expect(compile(`${'{% if a %}x{% endif %}'.repeat(300)}${'<p>x</p><br>'.repeat(3_000)}`).warnings).toHaveLength(1);
});

test('the path names the part that is wrong', () => {
  expect(refusal(() => compile('x', { subject: '{{' })).path).toBe('content.subject');
  expect(refusal(() => compile('x', { preheader: '{% if %}' })).path).toBe('content.preheader');
  expect(refusal(() => compile('x', { text: '{% for %}' })).path).toBe('content.text');
  expect(refusal(() => compileEmail(source('{{'), 'variants.0.content')).path).toBe('variants.0.content.html');
});

test('tags that liquidjs has to render itself are named, each once', () => {
  const html =
    '{% if a %}{% cycle 1, 2 %}{% cycle 3 %}{% endif %}{% for a in b %}{% tablerow c in d %}{% endtablerow %}{% endfor %}';
  expect(compile(html, { subject: '{% increment n %}' }).interpreted).toEqual(['cycle', 'increment', 'tablerow']);
  expect(compile('{% if a %}{{ a | upcase }}{% endif %}').interpreted).toEqual([]);
});

test('nobody but the compiler writes placeholders', () => {
  expect(refusal(() => compile(`<p>${linkPlaceholder(1)}</p>`)).code).toBe('CONTENT_TEMPLATE');
});

test('variables are listed, and unknown ones warned of; assigned ones are no variables', () => {
  const compiled = compile(
    '{% assign x = 1 %}{{ x }}{{ attributes.segment }}{{ firstname }}{{ campaign.name }}{{ campaign.budget }}',
    { subject: '{{ first_name }}' },
  );
  expect(compiled.variables).toEqual([
    'attributes.segment',
    'campaign.budget',
    'campaign.name',
    'first_name',
    'firstname',
  ]);
  expect(compiled.warnings).toEqual(['unknown variable: campaign.budget', 'unknown variable: firstname']);
});

test.each([
  ['deep nesting', '{% if a %}'.repeat(12_000) + '{% endif %}'.repeat(12_000)],
  ['many outputs', '{{ a }}'.repeat(36_000)],
  ['open brackets', `{{ a${'['.repeat(200_000)}`],
  ['open tags', '<a href="'.repeat(28_000)],
  ['many attributes', `<a ${'href=x '.repeat(36_000)}>`],
  ['many links', '<a href="https://a.example">'.repeat(9_000)],
])('hostile content is compiled or refused in time: %s', (_, html) => {
  // The processor's time: on a busy machine the wall's clock counts others' work.
  const start = process.cpuUsage();
  try {
    compile(html);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(5_000);
});

test('fields and limits are judged with their path', () => {
  expect(refusal(() => readEmailSource({ subject: 'x'.repeat(256), html: 'x' }))).toMatchObject({
    code: 'CONTENT_INVALID',
    path: 'content.subject',
  });
  expect(refusal(() => readEmailSource({ subject: 'a\r\nBcc: x', html: 'x' })).path).toBe('content.subject');
  expect(refusal(() => readEmailSource({ subject: 'a', html: 'x', replyTo: 'a@b.c, d@e.f' })).path).toBe(
    'content.replyTo',
  );
  expect(refusal(() => readEmailSource({ subject: 'a', html: 'x', colour: 'red' })).code).toBe('CONTENT_INVALID');
});

test('the hash names the content, whatever the order of its fields', () => {
  expect(emailHash({ subject: 'a', html: 'b' })).toBe(emailHash({ html: 'b', subject: 'a' }));
  expect(emailHash({ subject: 'a', html: 'b' })).not.toBe(emailHash({ subject: 'a', html: 'c' }));
});
