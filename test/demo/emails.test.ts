import { mensEmail, POSTAL_ADDRESS, womensEmail } from '../../demo/emails';
import type { HillstromContact } from '../../demo/hillstrom';
import { compileEmail } from '../../src/content/compile-email';
import { unknownVariables } from '../../src/content/template-variables';
import { emailOf, jobOf, openRenderer } from '../content/render-jobs';

const attributes: HillstromContact['attributes'] = {
  ...{ recency: 1, history: 142.44, history_segment: '2) $100 - $200', mens: 1, womens: 0 },
  ...{ zip_code: 'Surburban', newbie: 1, channel: 'Phone', segment: 'Mens E-Mail' },
};
const renderer = openRenderer(2_000);
afterAll(() => renderer.close());

// The graph's input knows null; the compiler gets what is there.
const sourceOf = ({ subject, html }: typeof mensEmail) => ({ subject, html });

test.each([
  ['men', mensEmail, 'Welcome: New for men this season', 'You know our mens department'],
  ['women', womensEmail, 'Welcome: New for women this season', 'You have not seen our womens department yet'],
])('the e-mail about things for %s speaks to a person by what is known of them', async (_, email, subject, line) => {
  const source = sourceOf(email);
  expect(unknownVariables(compileEmail(source).variables)).toEqual([]);
  const [rendered] = await renderer.render([jobOf(source, { attributes })]);
  const mail = emailOf(rendered);
  expect(mail.subject).toBe(subject);
  expect(mail.text).toContain('1 month since your last order');
  expect(mail.text).toContain('$142.44');
  expect(mail.text).toContain(line);
  expect(mail.text).toContain(POSTAL_ADDRESS);
  expect(mail.html).toContain(`href="${mail.unsubscribeUrl}"`);
});
