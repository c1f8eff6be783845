import { defaultFields } from '../../src/campaign/campaign-fields';
import { startCampaign } from '../../src/campaign/start-campaign';
import { isRenderedEmail } from '../../src/content/rendered-content';
import { decodeTrackingToken } from '../../src/content/tracking-token';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { contentPreview } from '../../src/preview/content-preview';
import { openPreviewRenderer } from '../../src/preview/preview-renderer';
import type { Scope } from '../../src/scope';
import { messageIdKeys } from '../../src/shared/message-id';
import { emailOf } from '../content/render-jobs';
import { createReady, openWorld, readyScope, type World } from './campaign-world';
import { bring, type Made, startAndRender } from './sent-mails';

const people = {
  brazil: 'pt_BR',
  portugal: 'pt-PT',
  taiwan: 'zh-TW',
  china: 'ZH-cn',
  austria: 'de-AT',
  nobody: null,
  swedish: 'sv',
};
const out = '<a href="{{ unsubscribe_url }}">out</a>';
const of = (word: string, address = word) => ({
  subject: `${word} {{ first_name }} {{ locale }}`,
  html: `<p>${word}</p><a href="https://shop.example/${address}">x</a><a href="https://shop.example/all">y</a>${out}`,
});
const content = {
  ...of('Hello'),
  senderName: 'Shop',
  locale: 'en',
  locales: [
    { locale: 'PT', content: of('Ola') },
    { locale: 'pt_BR', content: { ...of('Oi'), senderName: 'Loja' } },
    { locale: 'zh-hant', content: of('繁', 'hant') },
    { locale: 'zh', content: of('简', 'zh') },
  ],
};

let world: World;
let scope: Scope;
beforeAll(async () => {
  world = await openWorld();
  scope = await readyScope(world, 'locales');
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 100 } });
  await bring(
    world,
    scope,
    Object.entries(people).map(([name, locale]) => ({
      externalId: name,
      email: `${name}@example.com`,
      emailOptedIn: true,
      firstName: name,
      country: 'DE',
      timeZone: 'UTC',
      ...(locale && { locale }),
    })),
  );
});
afterAll(() => world.close());

const variantsOf = (own: object) => [
  { name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content: { ...own } }] },
];
const mailsOf = (made: readonly Made[]) => new Map(made.map(({ user, rendered }) => [user, emailOf(rendered)]));

test('everybody is written to in the nearest language, which is frozen with their message', async () => {
  const id = await createReady(scope, { variants: variantsOf(content) });
  const made = await startAndRender(world, scope, id);
  const subjects = Object.fromEntries([...mailsOf(made)].map(([user, { subject }]) => [user, subject]));
  expect(subjects).toEqual({
    brazil: 'Oi brazil pt_BR',
    portugal: 'Ola portugal pt-PT',
    taiwan: '繁 taiwan zh-TW',
    china: '简 china ZH-cn',
    austria: 'Hello austria de-AT',
    nobody: 'Hello nobody',
    swedish: 'Hello swedish sv',
  });
  const senders = [...mailsOf(made)].map(([user, { senderName }]) => [user, senderName]);
  expect(senders.filter(([, sender]) => sender !== 'Shop')).toEqual([['brazil', 'Loja']]);
});

test('a click leads to a link of the language that was read, and each link has a number of its own', async () => {
  const id = await createReady(scope, { variants: variantsOf(content) });
  const made = await startAndRender(world, scope, id);
  const keys = messageIdKeys('development-only-secret-for-tracking-links');
  const [stored] = await world.ledger.query<{ links: { no: number; url: string }[] }>(
    `select t.compiled -> 'links' as links from campaign.content t
     join campaign.channel c on c.content_hash = t.hash join campaign.campaign p using (campaign_no) where p.id = $1`,
    [id],
  );
  const links = new Map(stored?.links.map(({ no, url }) => [no, url]));
  expect(links.size).toBe(10);
  const clicked = [...mailsOf(made)].map(([user, { html }]) => {
    const tokens = [...html.matchAll(/\/t\/c\/([^"]+)"/g)].map(([, token]) => decodeTrackingToken(keys, token ?? ''));
    return [user, ...tokens.map((token) => links.get(token?.link ?? 0)?.slice('https://shop.example/'.length))];
  });
  expect(Object.fromEntries(clicked.map(([user, ...urls]) => [user, urls]))).toEqual({
    brazil: ['Oi', 'all'],
    portugal: ['Ola', 'all'],
    taiwan: ['hant', 'all'],
    china: ['zh', 'all'],
    austria: ['Hello', 'all'],
    nobody: ['Hello', 'all'],
    swedish: ['Hello', 'all'],
  });
});

test('without tracking each language has the addresses of its own', async () => {
  const delivery = { ...defaultFields.delivery, trackClicks: false };
  const fields = { name: 'Untracked languages', delivery };
  const id = await createReady(scope, { fields, variants: variantsOf(content) });
  const addresses = [...mailsOf(await startAndRender(world, scope, id))].map(([user, { html }]) => [
    user,
    /href="https:\/\/shop\.example\/([^"]+)"/.exec(html)?.[1],
  ]);
  expect(Object.fromEntries(addresses)).toMatchObject({
    brazil: 'Oi',
    portugal: 'Ola',
    taiwan: 'hant',
    nobody: 'Hello',
  });
});

test('who speaks another language since they were judged reads what they were judged for', async () => {
  const id = await createReady(scope, { variants: variantsOf(content) });
  const moveAway = (locale: string) =>
    world.ledger.query('update campaign.contact set locale = $2 where org_no = $1 and external_id = $3', [
      scope.viewer.organizationNo,
      locale,
      'brazil',
    ]);
  const made = await startAndRender(world, scope, id, () => moveAway('zh-TW'));
  await moveAway('pt_BR');
  expect(mailsOf(made).get('brazil')?.subject).toBe('Oi brazil pt_BR');
});

test('the plan says who would get which language, and whom none is meant for', async () => {
  const id = await createReady(scope, { variants: variantsOf(content) });
  const { figures, warnings } = await planLaunch(scope, id);
  const byLocale = Object.fromEntries(figures.locales.map(({ locale, people: n }) => [locale ?? 'everybody', n]));
  expect(byLocale).toEqual({ everybody: 3, 'pt-BR': 1, pt: 1, 'zh-Hant': 1, zh: 1 });
  const made = await startAndRender(world, scope, id);
  const words = ['Hello', 'Oi', 'Ola', '繁', '简'].map(
    (word) => made.filter(({ rendered }) => emailOf(rendered).subject.startsWith(word)).length,
  );
  expect(words).toEqual([3, 1, 1, 1, 1]);
  const missing = warnings.flatMap(({ code, people: n, of, message }) =>
    code === 'LOCALE_MISSING' ? [{ people: n, of, language: message.split(' ')[3]?.slice(0, 2) }] : [],
  );
  expect(missing).toEqual([
    { people: 1, of: 7, language: 'de' },
    { people: 1, of: 7, language: 'sv' },
  ]);
  const plain = await createReady(scope, { variants: variantsOf(of('Hello')) });
  expect((await planLaunch(scope, plain)).figures).toMatchObject({ locales: [], missingLocales: [] });
});

test('content is looked at in each language, by the eyes of a person or another', async () => {
  const campaignId = await createReady(scope, { variants: variantsOf(content) });
  const renderer = openPreviewRenderer('https://mail.example');
  const seen = async (over: object) => {
    const { content, locale } = await contentPreview(scope, renderer, { content: { campaignId }, ...over });
    return `${locale}: ${isRenderedEmail(content) && content.subject}`;
  };
  expect(await seen({ locale: 'pt-AO' })).toBe('pt: Ola Alex pt-AO');
  expect(await seen({ userId: 'taiwan' })).toBe('zh-Hant: 繁 taiwan zh-TW');
  expect(await seen({ userId: 'taiwan', locale: 'en' })).toBe('null: Hello taiwan en');
  await renderer.close();
});

test('each language needs a way out before a start', async () => {
  const without = { ...content, locales: [{ locale: 'pt', content: { subject: 'Ola', html: '<p>x</p>' } }] };
  const id = await createReady(scope, { variants: variantsOf(without) });
  await expect(startCampaign(scope, { id })).rejects.toMatchObject({
    code: 'CONTENT_UNSUBSCRIBE_LINK',
    path: 'variants[0].email.locales[0]',
  });
});

test.each([
  ['CONTENT_INVALID', 'variants[0].email.locales[0].locale', [{ locale: 'Portuguese!', content: of('x') }]],
  [
    'CONTENT_INVALID',
    'variants[0].email.locales[1].locale',
    [
      { locale: 'pt-BR', content: of('x') },
      { locale: 'PT_br', content: of('x') },
    ],
  ],
  ['CONTENT_INVALID', 'variants[0].email.locales[0].locale', [{ locale: 'EN', content: of('x') }]],
  [
    'CONTENT_TEMPLATE',
    'variants[0].email.locales[0].content.html',
    [{ locale: 'pt', content: { subject: 'x', html: '{% if %}' } }],
  ],
  ['CONTENT_INVALID', 'variants[0].email.locales[0].content.subject', [{ locale: 'pt', content: { html: 'x' } }]],
  [
    'CAMPAIGN_INVALID_VARIANT',
    'variants[0].email.locales',
    Array.from({ length: 51 }, (_, n) => ({ locale: `de-x-a${n}`, content: of('x') })),
  ],
])('%s at %s', async (code, path, locales) => {
  const variants = variantsOf({ ...content, locales });
  await expect(createReady(scope, { variants })).rejects.toMatchObject({ code, path });
});

test('content without other languages has the hash that it always had', async () => {
  const hashOf = async (own: object) => {
    const id = await createReady(scope, { variants: variantsOf(own) });
    const [row] = await world.ledger.query<{ hash: string }>(
      'select content_hash as hash from campaign.channel c join campaign.campaign using (campaign_no) where campaign.id = $1',
      [id],
    );
    return row?.hash;
  };
  const plain = await hashOf(of('Hello'));
  expect(await hashOf({ ...of('Hello'), locales: [] })).toBe(plain);
  expect(await hashOf({ ...of('Hello'), locales: [{ locale: 'pt', content: of('Ola') }] })).not.toBe(plain);
});

test('content that was saved under another spelling of its language is sent under the hash that it was saved with', async () => {
  const id = await createReady(scope, { variants: variantsOf({ ...of('Hello'), locale: 'en-US' }) });
  await world.ledger.query(
    `update campaign.channel h set content = jsonb_set(h.content, '{locale}', '"en_US"'), content_hash = 'as-before'
     from campaign.campaign c where c.campaign_no = h.campaign_no and c.id = $1`,
    [id],
  );
  const made = await startAndRender(world, scope, id);
  expect(mailsOf(made).get('swedish')?.subject).toBe('Hello swedish sv');
});
