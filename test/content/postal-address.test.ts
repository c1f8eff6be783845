import type { Renderer } from '../../src/content/renderer';
import { emailOf, jobOf, openRenderer } from './render-jobs';

let renderer: Renderer;
beforeAll(() => {
  renderer = openRenderer();
});
afterAll(() => renderer.close());

const ADDRESS = 'Shop <& Co\nMain Street 1, 10115 Berlin';
const HTML = 'Shop &lt;&amp; Co<br>Main Street 1, 10115 Berlin</p>';

async function render(source: { html: string; text?: string }, more: object = {}) {
  const organization = { postal_address: ADDRESS };
  const job = { ...jobOf({ subject: 'Hi', ...source }, { organization }), addressDemanded: true, ...more };
  return emailOf((await renderer.render([job]))[0]);
}

test('a mail that must say where its sender is, and does not, says it at its end', async () => {
  const { html, text } = await render({ html: '<body><p>Hi</p></body>' });
  expect(html).toMatch(/^<body><p>Hi<\/p><p [^>]*>/);
  expect(html).toContain(`${HTML}<img src="https://mail.example/t/o/`);
  expect(html).toMatch(/<\/body>$/);
  expect(text).toBe(`Hi\n\n${ADDRESS}`);
});

test.each([
  ['by the variable', '<p>{{ organization.postal_address }}</p>', 'Shop &lt;&amp; Co\nMain Street 1, 10115 Berlin'],
  ['in words of its own', '<p>Shop &lt;&amp; Co</p> <b>MAIN STREET</b> 1<br>10115 Berlin', 'MAIN STREET'],
])('whose author says it %s says it once', async (_, html, said) => {
  const mail = await render({ html });
  expect(mail.html).toContain(said);
  expect(mail.html).not.toContain(HTML);
  expect(mail.text.match(/10115/g)).toHaveLength(1);
});

test.each([
  ['a comment of HTML', '<p>Hi</p><!-- {{ organization.postal_address }} -->'],
  ['a comment of Liquid', '<p>Hi</p>{% comment %}{{ organization.postal_address }}{% endcomment %}'],
  ['a condition round the end of the body', '<body>Hi{% if false %}</body>{% endif %}'],
])('%s does not hide it', async (_, html) => {
  expect((await render({ html })).html).toContain(HTML);
});

test('html and text are looked at by themselves', async () => {
  const { html, text } = await render({ html: '<p>{{ organization.postal_address }}</p>', text: 'Hi' });
  expect(html).not.toContain(HTML);
  expect(text).toBe(`Hi\n\n${ADDRESS}`);
});

test('what nobody demands is not added, and what is not known cannot be', async () => {
  expect((await render({ html: 'Hi' }, { addressDemanded: false })).text).toBe('Hi');
  expect((await render({ html: 'Hi' }, { variables: { organization: { postal_address: null } } })).text).toBe('Hi');
});

test('one content of two organizations says of each where it is', async () => {
  const of = (words: string, n: number) => ({
    ...jobOf({ subject: 'Hi', html: '<p>10 Downing Street</p>' }, { organization: { postal_address: words } }, n),
    addressDemanded: true,
  });
  const mails = (await renderer.render([of('Here', 1), of('10 Downing Street', 2), of('There', 3)])).map(emailOf);
  expect(mails.map(({ text }) => text)).toEqual([
    '10 Downing Street\n\nHere',
    '10 Downing Street',
    '10 Downing Street\n\nThere',
  ]);
});
