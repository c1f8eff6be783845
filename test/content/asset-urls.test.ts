import { absoluteAsset, absoluteAssets } from '../../src/content/asset-urls';

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
    expect(performance.now() - begun).toBeLessThan(2_000);
  }
});
