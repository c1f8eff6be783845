import { Liquid } from 'liquidjs';
import type { Renderer } from '../../src/content/renderer';
import { decodeTrackingToken } from '../../src/content/tracking-token';
import { emailOf, jobOf, keys, openRenderer } from './render-jobs';

let renderer: Renderer;
beforeAll(() => {
  renderer = openRenderer();
});
afterAll(() => renderer.close());

const render = async (html: string, variables = {}, more = {}) =>
  emailOf((await renderer.render([jobOf({ subject: 'Hi', html, ...more }, variables)]))[0]);

test("a person's words are escaped in html, and as they are in subject and text", async () => {
  const variables = { first_name: '<b>"Zoë" & Co</b>' };
  const email = await render('<p title="{{ first_name }}">{{ first_name }}</p>', variables, {
    subject: 'Hi {{ first_name }}',
  });
  expect(email.html).toContain('<p title="&lt;b&gt;&#34;Zoë&#34; &amp; Co&lt;/b&gt;">&lt;b&gt;');
  expect(email.html).not.toContain('<b>');
  expect(email.subject).toBe('Hi <b>"Zoë" & Co</b>');
  expect(email.text).toBe('<b>"Zoë" & Co</b>');
});

test('a line break in a name begins no other header', async () => {
  const { subject } = await render('x', { first_name: 'A\r\nBcc: b@example.com' }, { subject: 'Hi {{ first_name }}' });
  expect(subject).toBe('Hi A Bcc: b@example.com');
});

test('every link leads through a token of its own, and nothing else changes', async () => {
  const html =
    '<body><!--[if mso]><a href="https://mso.example"><![endif]--><a href="https://a.example">A</a>{% for n in (1..2) %}<a href="https://b.example?x=1&amp;y=2">B</a>{% endfor %}</body>';
  const email = await render(html);
  const tokens = [...email.html.matchAll(/https:\/\/mail\.example\/t\/c\/([^"]+)"/g)].map(([, token]) => token ?? '');
  expect(tokens.map((token) => decodeTrackingToken(keys, token))).toEqual([
    { messageId: 'msg_1', act: 'click', link: 1 },
    { messageId: 'msg_1', act: 'click', link: 2 },
    { messageId: 'msg_1', act: 'click', link: 2 },
  ]);
  expect(email.html).toContain('<!--[if mso]><a href="https://mso.example"><![endif]-->');
  expect(email.html).toMatch(
    /<img src="https:\/\/mail\.example\/t\/o\/[^"]+" width="1" height="1" alt="" style="display:none"><\/body>$/,
  );
  expect(email.text).toContain('https://mail.example/t/c/');
});

test('without tracking the mail says what its author wrote', async () => {
  const source = { subject: 'Hi', html: '<p><a href="https://b.example?x=1&amp;y=2">B</a></p>' };
  const [rendered] = await renderer.render([{ ...jobOf(source), trackClicks: false, trackOpens: false }]);
  expect(emailOf(rendered).html).toBe(source.html);
  expect(emailOf(rendered).text).toBe('B (https://b.example?x=1&y=2)');
});

test('the unsubscribe link is in the template and in the header, and decodes to its message', async () => {
  const email = await render('<a href="{{ unsubscribe_url }}">Leave</a>');
  expect(email.html).toContain(`<a href="${email.unsubscribeUrl}">`);
  const token = email.unsubscribeUrl?.split('/u/')[1] ?? '';
  expect(decodeTrackingToken(keys, token)).toEqual({ messageId: 'msg_1', act: 'unsubscribe', link: 0 });
});

test('the same job renders the same bytes, whatever the clock says', async () => {
  const html = "{{ 'now' | date: '%Y-%m-%d %H:%M:%S' }} {{ 'today' | date: '%s' }} {{ 'now' | date_to_xmlschema }}";
  const email = await render(html);
  expect(email.html).toContain('2026-03-04 05:06:07 1772600767 2026-03-04T05:06:07');
  expect(await render(html)).toEqual(email);
});

test('what liquidjs renders, we render: the cuts change nothing of the template', async () => {
  const html = `<html><body>{% assign total = 0 %}{% for p in attributes.products %}{% assign total = total | plus: p.price %}
<tr {% if forloop.first %}class="first"{% endif %}><td>{{ p.name | upcase | default: 'none' }}</td><td>{{ p.price | times: 1.19 | round: 2 }}</td></tr>{% else %}nothing{% endfor %}
{% case locale %}{% when 'de' %}Hallo{% else %}Hello{% endcase %} {{ first_name | capitalize | truncate: 5 }} {{ total }} {{ missing.deep }} {{- ' x ' -}} {% raw %}{{ raw }}{% endraw %}{% comment %}<a href="https://no.example">{% endcomment %}</body></html>`;
  const plain = new Liquid({ outputEscape: 'escape', ownPropertyOnly: true, strictFilters: true });
  for (const n of [0, 1, 3, 20]) {
    const products = Array.from({ length: n }, (_, at) => ({ name: at % 3 ? `P<${at}>` : null, price: at * 1.5 }));
    const variables = { first_name: 'gr"eg', locale: n % 2 ? 'de' : 'fr', attributes: { products } };
    const [rendered] = await renderer.render([{ ...jobOf({ subject: 'x', html }, variables), trackOpens: false }]);
    expect(emailOf(rendered).html).toBe(plain.parseAndRenderSync(html, variables));
  }
});

describe('hostile templates end within their limits, and harm nobody else', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['a long loop', '{% for a in (1..100000000) %}x{% endfor %}'],
    ['an empty long loop', '{% for a in (1..100000000) %}{% endfor %}'],
    [
      'nested loops',
      '{% for a in (1..10000) %}{% for b in (1..10000) %}{% for c in (1..10000) %}{{ a }}{% endfor %}{% endfor %}{% endfor %}',
    ],
    [
      'doubling by append',
      `{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}`,
    ],
    [
      'growth by replace',
      `{% assign s = 'aaaaaaaaaa' %}{% for i in (1..20) %}{% assign s = s | replace: 'a', 'aaaaaaaaaa' %}{% endfor %}{{ s }}`,
    ],
    [
      'capture that doubles',
      `{% assign s = 'x' %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{{ s }}`,
    ],
    ['a wide date', `{{ 'now' | date: '%999999999d' }}`],
    [
      'a slow tag stripper',
      `{% assign s = '<script' %}{% for i in (1..17) %}{% assign s = s | append: s %}{% endfor %}{{ s | strip_html }}`,
    ],
    ['a huge range sorted', '{% assign a = (1..50000000) | sort | reverse | join %}{{ a }}'],
    [
      'arrays that double',
      `{% assign a = 'a,b' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}{{ a | size }}`,
    ],
    ['captures as deep as they may be', `${'{% capture a %}'.repeat(100)}x${'{% endcapture %}'.repeat(100)}`],
    ['conditions as deep as they may be', `${'{% if true %}'.repeat(100)}x${'{% endif %}'.repeat(100)}`],
    ['table rows without end', '{% tablerow a in (1..100000000) cols:2 %}x{% endtablerow %}'],
    [
      'truncation of much',
      `{% assign s = 'x' %}{% for i in (1..40) %}{% assign s = s | prepend: s %}{% endfor %}{{ s | truncatewords: 1 }}`,
    ],
    [
      'slices of slices',
      `{% assign s = 'ab' %}{% for i in (1..100000) %}{% assign s = s | split: '' | join: 'ab' %}{% endfor %}`,
    ],
    [
      'a reach for the prototype',
      '{{ first_name.constructor.constructor }}{{ attributes.__proto__.polluted }}{{ attributes.constructor }}',
    ],
    ['json of the whole scope', '{{ attributes | json }}{{ campaign | inspect }}'],
  ];

  test.each(hostile)('%s', async (_, html) => {
    const own = openRenderer();
    try {
      const before = performance.now();
      const jobs = [
        jobOf({ subject: 'a', html: 'before' }, {}, 1),
        jobOf({ subject: 'h', html }, { first_name: 'x', attributes: {} }, 2),
        jobOf({ subject: 'b', html: 'after' }, {}, 3),
      ];
      const [first, second, third] = await own.render(jobs);
      expect(performance.now() - before).toBeLessThan(8_000);
      expect(emailOf(first).html).toContain('before');
      expect(emailOf(third).html).toContain('after');
      if (second?.ok) expect(emailOf(second).html).not.toMatch(/function|native code|polluted/);
      else expect(['limit_exceeded', 'killed', 'too_large', 'template_failed']).toContain(second?.reason);
    } finally {
      await own.close();
    }
  });
});

test('a job that holds the thread is killed with it, and a new thread renders the rest', async () => {
  const own = openRenderer(200);
  const hang = hangingJob(2);
  const good = Array.from({ length: 300 }, (_, n) =>
    jobOf({ subject: 'ok', html: 'Hello {{ first_name }}' }, { first_name: `n${n}` }, n),
  );
  const results = await own.render([...good.slice(0, 150), hang, ...good.slice(150)]);
  expect(results[150]).toMatchObject({ ok: false, reason: 'killed' });
  const others = results.filter((_, index) => index !== 150);
  expect(others.map((one) => emailOf(one).text)).toEqual(good.map((_, n) => `Hello n${n}`));
  await own.close();
});

test('content that kills again and again is kept out, so that a thousand of it do not hold up the others', async () => {
  const own = openRenderer(120);
  const results = await own.render(Array.from({ length: 40 }, (_, n) => hangingJob(n)));
  const reasons = results.map((one) => (one.ok ? 'ok' : one.reason));
  expect(reasons.toSorted()).toEqual(['killed', 'killed', ...new Array(38).fill('quarantined')]);
  await own.close();
});

test('while one thread is held, another renders; the thread that was held is replaced', async () => {
  const own = openRenderer(1_000, 2);
  const greet = async (n: number) =>
    emailOf(
      (await own.render([jobOf({ subject: 'ok', html: 'Hello {{ first_name }}' }, { first_name: `n${n}` }, n)]))[0],
    ).text;
  await Promise.all([greet(0), greet(1)]);
  const done: string[] = [];
  const held = own.render([hangingJob(1)]).then(([one]) => done.push(one?.ok ? 'ok' : (one?.reason ?? '')));
  const greeted = Promise.all([greet(2), greet(3), greet(4)]).then((texts) => done.push(...texts));
  await Promise.all([held, greeted]);
  expect(done).toEqual(['Hello n2', 'Hello n3', 'Hello n4', 'killed']);
  expect(await Promise.all([greet(5), greet(6)])).toEqual(['Hello n5', 'Hello n6']);
  await own.close();
});

test('content that harmed two threads is kept out of all of them', async () => {
  const own = openRenderer(120, 2);
  const first = await Promise.all([own.render([hangingJob(1)]), own.render([hangingJob(2)])]);
  expect(first.flat().map((one) => (one.ok ? 'ok' : one.reason))).toEqual(['killed', 'killed']);
  const after = await Promise.all([own.render([hangingJob(3)]), own.render([hangingJob(4)])]);
  expect(after.flat().map((one) => (one.ok ? 'ok' : one.reason))).toEqual(['quarantined', 'quarantined']);
  await own.close();
});

test('more templates than the thread keeps are learned again when they are needed', async () => {
  const sources = Array.from({ length: 14 }, (_, n) => ({
    subject: `s${n}`,
    html: `${n} {{ first_name }} ${'x'.repeat(200_000)}`,
  }));
  const jobs = sources.map((source) => jobOf(source, { first_name: 'A' }));
  for (let turn = 0; turn < 2; turn++) {
    const results = await renderer.render(jobs);
    expect(results.map((one) => emailOf(one).html.slice(0, 5).trim())).toEqual(
      sources.map((_, n) => `${n} A x`.slice(0, 5).trim()),
    );
  }
});

test('a person with more data than the thread can hold fails alone', async () => {
  const own = openRenderer();
  const huge = {
    attributes: {
      list: Array.from({ length: 150_000 }, (_, n) => `${'words '.repeat(120)}${n}`),
    },
  };
  const source = { subject: 'a', html: 'Hello {{ first_name }}' };
  const results = await own.render([
    jobOf(source, { first_name: 'A' }),
    jobOf(source, huge),
    jobOf(source, { first_name: 'B' }),
  ]);
  expect(results.map((one) => (one.ok ? emailOf(one).text : one.reason))).toEqual(['Hello A', 'killed', 'Hello B']);
  await own.close();
});

test('a closed renderer says so', async () => {
  const own = openRenderer();
  await own.close();
  await expect(own.render([jobOf({ subject: 'a', html: 'b' })])).rejects.toThrow('closed');
});

/** Holds the thread for seconds in one chain of filters, between which no limit of the template engine looks. */
const list = Array.from({ length: 300_000 }, (_, n) => n);
function hangingJob(n: number) {
  const slow = " | where_exp: 'i', 'i > -1'".repeat(5);
  return jobOf({ subject: 'hang', html: `{{ attributes.list${slow} | size }}` }, { attributes: { list } }, n);
}
