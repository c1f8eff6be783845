import { replaceAddresses } from '../../src/content/replaced-addresses';

/** Each address as it is found: a picture with its width. */
const shown = (html: string) => {
  const found: string[] = [];
  replaceAddresses(html, ({ address, image, width }) => {
    found.push(`${image ? 'picture' : 'address'} ${address}${width === undefined ? '' : ` at ${width}`}`);
    return undefined;
  });
  return found;
};
const a = 'https://a.example/a.png';

test.each([
  ['<img src="asset:hero">', ['picture asset:hero']],
  ['<img src=asset://shop/hero.png width=300>', ['picture asset://shop/hero.png at 300']],
  [`<img width="600px" src=" ${a} ">`, [`picture ${a} at 600`]],
  [`<img src="${a}" width="100%">`, [`picture ${a}`]],
  ['<img src="https://a.example/?a=1&amp;b=2">', ['picture https://a.example/?a=1&b=2']],
  [`<img srcset="${a} 1x,asset:b 2x, asset:c, {{ x }} 4x">`, [`picture ${a}`, 'picture asset:b', 'picture asset:c']],
  ['<td background="asset:bg">', ['picture asset:bg']],
  [`<td style="color:red;background:url(&quot;${a}&quot;)">`, [`picture ${a}`]],
  [`<p style='background-image: url( "asset:bg" )'>`, ['picture asset:bg']],
  [
    `<style>@import url(asset:sheet); @font-face { src: url(${a}), url('asset:font') } .a { background: url('${a}') }</style>`,
    ['address asset:sheet', 'address asset:font', `picture ${a}`],
  ],
  [`<a href="asset:terms.pdf">x</a><a href="${a}">y</a>`, ['address asset:terms.pdf']],
  ['<video src="asset:film" poster="asset:still"></video>', ['address asset:film', 'picture asset:still']],
  [`<svg><image xlink:href="${a}"/></svg>`, [`picture ${a}`]],
  ['<!--[if mso]><v:fill src="asset:bg"/><img src="https://a.example/"><![endif]-->', ['address asset:bg']],
  ['<img src="{% if vip %}asset:gold{% else %} asset:tin {% endif %}">', ['picture asset:gold', 'picture asset:tin']],
  // What it is a part of is told whole, so that it can be refused.
  ['<img src="asset:hero-{{ x }}">', [expect.stringContaining('asset:hero-')]],
])('in %s there is %j', (html, addresses) => {
  expect(shown(html)).toEqual(addresses);
});

test.each([
  '<img src="a.png">',
  '<img src="data:image/png;base64,AAAA">',
  '<img src="cid:logo">',
  '<img src="https://a.example/{{ attributes.image }}.png">',
  '<img src="{% if x %}https://a.example/a.png{% endif %}">',
  `<img src="${a}" width="1" height="1">`,
  `<img src="${a}" hidden alt="">`,
  `<img src="${a}" style="display:none">`,
  `<img src="${a}" style="border:0; width: 1px; height: 1px">`,
  `<!-- <img src="asset:a"> -->`,
  '<p>asset:a</p>',
  `<script src="${a}"></script>`,
  '<img src="asset:a"> {{ broken',
])('in %s there is none', (html) => {
  expect(shown(html)).toEqual([]);
});

test('an address is written as its place demands, and all else stays', () => {
  const html =
    '<img src="asset:a" alt="asset:a"><i style="background:url(\'asset:a\')"></i><style>b{background:url(asset:a)}</style>{{ x }}';
  expect(replaceAddresses(html, () => 'https://a.example/(1)?a=1&b=2')).toBe(
    '<img src="https://a.example/(1)?a=1&amp;b=2" alt="asset:a">' +
      '<i style="background:url(\'https://a.example/%281%29?a=1&amp;b=2\')"></i>' +
      '<style>b{background:url(https://a.example/%281%29?a=1&b=2)}</style>{{ x }}',
  );
});

test('a hostile page is read in a moment', () => {
  const pieces = ['<img src="a">', '<img ', '<img src="', 'srcset=", a, ', '<b>'.repeat(7), '{{ x }}', 'url( ', 'src '];
  const starts = ['', '<style>', '<i style="', '<img srcset="', '<!--[if mso]>', '<img style="width: '];
  const slow: string[] = [];
  for (const start of starts)
    for (const piece of [...pieces, 'url(', "url('", ' ', ';', '{% x %} ', '&quot;']) {
      const html = start + piece.repeat(20_000);
      const begun = performance.now();
      replaceAddresses(html, () => 'https://a.example/');
      slow.push(...(performance.now() - begun > 2_000 ? [start + piece] : []));
    }
  expect(slow).toEqual([]);
});
