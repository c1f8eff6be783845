import { MailPacker, unpackMails } from '../../src/content/mail-batch';
import type { RenderedJson } from '../../src/content/render-job';
import { jsonOf } from '../../src/content/rendered-content';
import { JsonEmail, type RenderedEmail } from '../../src/content/rendered-email';

const email = (n: number): RenderedEmail => ({
  subject: `“${n}” 😀`,
  html: '<p class="x">ä\n</p>'.repeat(n * 100),
  text: 'a\u2028b',
});
const made = (n: number): RenderedJson => ({ ok: true, json: JSON.stringify(email(n)) });
const failure: RenderedJson = { ok: false, reason: 'template_failed', message: 'no' };

test.each([1, 100_000])(
  'mails and failures come back in their order, whatever room was expected: %d bytes',
  (expected) => {
    const packer = new MailPacker(expected);
    for (const one of [made(1), failure, made(9), made(0)]) packer.add(one);
    const batch = packer.take();
    const unpacked = unpackMails(structuredClone(batch, { transfer: [batch.bytes.buffer] }));
    const read = unpacked.map((one) => ('ok' in one ? one : fieldsOf(new JsonEmail(one))));
    expect(read).toEqual([email(1), failure, email(9), email(0)]);
  },
);

test('what a provider is given is the same, packed or plain', () => {
  const packer = new MailPacker(1);
  packer.add(made(3));
  const [packed] = unpackMails(packer.take());
  if (!packed || 'ok' in packed) throw new Error('not packed');
  expect(Buffer.from(jsonOf(new JsonEmail(packed))).toString()).toBe(Buffer.from(jsonOf(email(3))).toString());
});

const fieldsOf = ({ subject, html, text }: RenderedEmail) => ({ subject, html, text });
