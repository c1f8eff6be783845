import { absoluteAsset, absoluteAssets, absoluteStyles } from '../../src/content/asset-urls';

const base = 'https://cdn.example/shop/mail.html';

test.each([
  ['<img src="a.png">', '<img src="https://cdn.example/shop/a.png">'],
  ["<IMG alt='x' SRC = 'img/a.png'>", "<IMG alt='x' SRC = 'https://cdn.example/shop/img/a.png'>"],
  ['<img src=/a.png>', '<img src=https://cdn.example/a.png>'],
  ['<img src="./a.png">', '<img src="https://cdn.example/shop/./a.png">'],
  ['<img src=" a.png ">', '<img src=" https://cdn.example/shop/a.png ">'],
  ['<img src="a/{{ x }}.png">', '<img src="https://cdn.example/shop/a/{{ x }}.png">'],
  [
    '<td background="bg.jpg"><video poster="p.jpg">',
    '<td background="https://cdn.example/shop/bg.jpg"><video poster="https://cdn.example/shop/p.jpg">',
  ],
  [
    '<img srcset="a.png 1x, /b.png 2x, https://c.example/c.png 3x">',
    '<img srcset="https://cdn.example/shop/a.png 1x, https://cdn.example/b.png 2x, https://c.example/c.png 3x">',
  ],
  ['<svg><image xlink:href="a.svg"/></svg>', '<svg><image xlink:href="https://cdn.example/shop/a.svg"/></svg>'],
  [
    '{% if x %}<img src="a.png">{% endif %}<img src="b.png">',
    '{% if x %}<img src="https://cdn.example/shop/a.png">{% endif %}<img src="https://cdn.example/shop/b.png">',
  ],
])('%s', (html, absolute) => {
  expect(absoluteAssets(html, base)).toBe(absolute);
});

test.each([
  '<img src="https://a.example/a.png">',
  '<img src="//a.example/a.png">',
  '<img src="cid:logo">',
  '<img src="data:image/png;base64,AAAA">',
  '<img src="{{ attributes.image }}">',
  '<img src="{% if x %}a{% endif %}.png">',
  '<img src="">',
  '<img alt="src=a.png">',
  '<a href="relative.html">x</a>',
  '<!-- <img src="a.png"> -->',
  '<p>src="a.png"</p>',
  '{% raw %}{% endraw %}<p>no image</p>',
  '<img src="a.png"> {{ broken',
])('%s stays as it is', (html) => {
  expect(absoluteAssets(html, base)).toBe(html);
});

test.each([
  ['<td style="background:url(a.png)">', '<td style="background:url(https://cdn.example/shop/a.png)">'],
  [`<td style='background: URL( "/a.png" )'>`, `<td style='background: URL( "https://cdn.example/a.png" )'>`],
  [
    '<td style="background:url(&quot;a.png&quot;),url(https://a.example/b.png)">',
    '<td style="background:url(&quot;https://cdn.example/shop/a.png&quot;),url(https://a.example/b.png)">',
  ],
  [
    "<style>@import url(a.css); b { background: url('{{ x }}') url('b.png') url(#c) url(data:image/png,x) }</style>",
    "<style>@import url(https://cdn.example/shop/a.css); b { background: url('{{ x }}') url('https://cdn.example/shop/b.png') url(#c) url(data:image/png,x) }</style>",
  ],
  ['<p title="url(a.png)">url(a.png)</p><img src="a.png">', '<p title="url(a.png)">url(a.png)</p><img src="a.png">'],
  ['<b style="background:url(asset:a)">', '<b style="background:url(asset:a)">'],
])('in styles: %s', (html, absolute) => {
  expect(absoluteStyles(html, base)).toBe(absolute);
});

test('a base with brackets ends no style', () => {
  const html = `<b style="background:url('a.png')">`;
  expect(absoluteStyles(html, "https://cdn.example/(it's)/")).toBe(
    `<b style="background:url('https://cdn.example/%28it%27s%29/a.png')">`,
  );
});

test('an address alone is made whole in the same way', () => {
  const told = ['a.png', '/a.png', 'https://a.example', '{{ attributes.image }}', ''].map((one) =>
    absoluteAsset(one, base),
  );
  expect(told).toEqual([
    'https://cdn.example/shop/a.png',
    'https://cdn.example/a.png',
    'https://a.example',
    '{{ attributes.image }}',
    '',
  ]);
});

test('a hostile page is read in a moment', () => {
  for (const piece of ['<img src="a">', '<img ', '<img src="', 'srcset=", a, ', '<b>'.repeat(7), '{{ x }}']) {
    const html = `<img srcset="${'a, '.repeat(20_000)}">${piece.repeat(10_000)}`;
    const begun = performance.now();
    absoluteAssets(html, base);
    absoluteStyles(`<style>${html}</style>`, base);
    expect(performance.now() - begun).toBeLessThan(2_000);
  }
});
