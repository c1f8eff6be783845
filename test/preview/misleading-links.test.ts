import { compileEmail } from '../../src/content/compile-email';
import { warningsOf } from '../../src/preview/content-warnings';
import { misleadingLinks } from '../../src/preview/misleading-links';

const urlsOf = (html: string) => misleadingLinks(html).map(({ url }) => url);

describe('a link misleads', () => {
  test.each([
    ['whose words are the address of another site', '<a href="https://evil.example/x">https://bank.example/login</a>'],
    ['whose words begin with www', "<a class='b' href='https://evil.example/x'>www.bank.example</a>"],
    ['whose words are marked up', '<A HREF="https://evil.example/x"><b>https://bank.</b>example</A>'],
    ['whose site only ends like the shown one', '<a href="https://evil.example/x">https://vil.example</a>'],
  ])('%s', (_, html) => expect(urlsOf(html)).toEqual(['https://evil.example/x']));
});

describe('a link does not mislead', () => {
  test.each([
    ['that leads where it says', '<a href="https://bank.example/login?a=1&amp;b=2">https://bank.example</a>'],
    ['that leads to a part of the shown site', '<a href="https://click.bank.example">www.bank.example</a>'],
    ['whose words are no address', '<a href="https://evil.example">Node.js, or e.g. bank.example</a>'],
    ['that leads to no site', '<a href="mailto:a@bank.example">https://bank.example</a>'],
    ['that has no address', '<a name="top">https://bank.example</a>'],
    ['that never ends', '<a href="https://evil.example">https://bank.example'],
    ['of another name', '<abbr href="https://evil.example">https://bank.example</abbr>'],
  ])('%s', (_, html) => expect(urlsOf(html)).toEqual([]));
});

test('the same link is told of once, and of many the first twenty', () => {
  const linkTo = (n: number) => `<a href="https://evil.example/${n}">https://bank.example</a>`;
  expect(urlsOf(linkTo(1).repeat(9))).toEqual(['https://evil.example/1']);
  expect(urlsOf(Array.from({ length: 50 }, (_, n) => linkTo(n)).join(''))).toHaveLength(20);
});

test.each([
  ['images', '<img '],
  ['links', '<a '],
  ['addresses', '<a href='],
  ['links in links', '<a href="https://a.example">'],
  ['ends', '</a '],
])('any number of %s without an end is judged in one pass', (_, piece) => {
  const html = piece.repeat(1_000_000 / piece.length);
  const compiled = compileEmail({ subject: 'x', html: '{{ unsubscribe_url }}' });
  const person = {
    external_id: '',
    email: '',
    first_name: '',
    last_name: '',
    locale: '',
    country: 'DE',
    attributes: {},
  };
  const begun = performance.now();
  warningsOf(
    'email',
    { subject: 'x', html, text: 'x' },
    { compiled, source: {}, person, commercial: true, postalAddress: null },
  );
  expect(performance.now() - begun).toBeLessThan(1_000);
});
