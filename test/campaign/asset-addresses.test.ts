import { editCampaign } from '../../src/campaign/edit-campaign';
import { createBlock } from '../../src/content-block/content-block-service';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import { emailOf } from '../content/render-jobs';
import { createReady, openWorld, readyScope, type World } from './campaign-world';
import { bring, startAndRender } from './sent-mails';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function organization(): Promise<Scope> {
  const scope = await readyScope(world, `assets-${++organizations}`);
  const person = { email: 'ada@example.com', emailOptedIn: true, country: 'DE', timeZone: 'UTC' };
  await bring(world, scope, [{ externalId: 'ada', ...person }]);
  return scope;
}

const out = '<a href="{{ unsubscribe_url }}">out</a>';
const variantsOf = (html: string) => [
  { name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content: { subject: 'Hi', html: html + out } }] },
];
const sent = async (scope: Scope, id: string) => {
  const [made] = await startAndRender(world, scope, id);
  return emailOf(made?.rendered).html;
};
const withBase = (scope: Scope, assetBaseUrl: string): Scope => ({
  ...scope,
  content: { ...scope.content, assetBaseUrl },
});

test('images of a mail and of its blocks have whole addresses, by the base that they were saved with', async () => {
  const scope = withBase(await organization(), 'https://service.example/');
  const own = await createReady(scope, { variants: variantsOf('<img src="a.png">') });
  expect(await sent(scope, own)).toContain('<img src="https://service.example/a.png">');
  await updateOrganizationSettings(scope, { assetBaseUrl: 'https://cdn.example/one/' });
  await createBlock(scope, { key: 'logo', kind: 'html', content: '<img src="logo.png">' });
  const id = await createReady(scope, { variants: variantsOf('{{ blocks.logo }}') });
  await updateOrganizationSettings(scope, { assetBaseUrl: 'https://cdn.example/two/' });
  expect(await sent(scope, id)).toContain('<img src="https://cdn.example/one/logo.png">');
});

test('a campaign that is saved anew has the present base, and without one images stay', async () => {
  const scope = await organization();
  const id = await createReady(scope, { variants: variantsOf('<img src="a.png">') });
  await updateOrganizationSettings(scope, { assetBaseUrl: 'https://cdn.example/' });
  const copy = await createReady(scope, { variants: variantsOf('<img src="a.png">') });
  await updateOrganizationSettings(scope, { assetBaseUrl: null });
  await editCampaign(scope, { id: copy, version: 1, variants: variantsOf('<img src="b.png">') });
  expect(await sent(scope, copy)).toContain('<img src="b.png">');
  expect(await sent(scope, id)).toContain('<img src="a.png">');
});

test('images of styles lead to the base, too, but in content that was saved before they did', async () => {
  const scope = withBase(await organization(), 'https://cdn.example/');
  const html = '<img src="a.png"><td style="background:url(b.png)"></td>';
  const [now, before] = [
    await createReady(scope, { variants: variantsOf(html) }),
    await createReady(scope, { variants: variantsOf(html) }),
  ];
  await world.ledger.query(
    `update campaign.channel set content = content #- '{pinned,assetStyles}', content_hash = 'before'
     where campaign_no = (select campaign_no from campaign.campaign where id = $1)`,
    [before],
  );
  expect(await sent(scope, now)).toContain('<td style="background:url(https://cdn.example/b.png)">');
  const old = await sent(scope, before);
  expect(old).toContain('<img src="https://cdn.example/a.png">');
  expect(old).toContain('<td style="background:url(b.png)">');
});

test('pictures of other media are made whole before they are judged', async () => {
  const scope = withBase(await organization(), 'https://service.example/');
  const variants = [
    {
      name: 'A',
      allocation: 100,
      channels: [
        { kind: 'web' as const, content: { title: 'Hi', imageUrl: '/a.png' } },
        { kind: 'push' as const, content: { title: 'Hi', body: 'x', icon: 'icons/bell.png' } },
        { kind: 'in_app' as const, content: { title: 'Hi', body: 'x', icon: 'bell' } },
      ],
    },
  ];
  const id = await createReady(scope, { variants });
  const rows = await world.ledger.query<{ content: { pinned?: object } }>(
    'select content from campaign.channel join campaign.campaign c using (campaign_no) where c.id = $1 order by kind',
    [id],
  );
  // Kept as they were written, with the base beside them; a name is no address.
  expect(rows.map(({ content }) => content)).toMatchObject([
    { icon: 'icons/bell.png', pinned: { assetBaseUrl: 'https://service.example/' } },
    { icon: 'bell' },
    { imageUrl: '/a.png', pinned: { assetBaseUrl: 'https://service.example/' } },
  ]);
  const without = { ...scope, content: { ...scope.content, assetBaseUrl: undefined } };
  await expect(createReady(without, { variants })).rejects.toMatchObject({
    code: 'CONTENT_INVALID',
    path: 'variants[0].web.content.imageUrl',
  });
});

test.each(['http://cdn.example/', 'cdn.example', 'javascript:alert(1)', 'x'.repeat(600)])(
  '%.30s is no base',
  async (base) => {
    const scope = await organization();
    await expect(updateOrganizationSettings(scope, { assetBaseUrl: base })).rejects.toMatchObject({
      code: 'CAMPAIGN_INVALID_SETTINGS',
      path: 'assetBaseUrl',
    });
  },
);
