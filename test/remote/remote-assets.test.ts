import { pino } from 'pino';
import { openAssets } from '../../src/asset/open-assets';
import { defaultFields } from '../../src/campaign/campaign-fields';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { createCampaign } from '../../src/campaign/create-campaign';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { refreshBlocks } from '../../src/campaign/refresh-blocks';
import { readConfig } from '../../src/config';
import { createBlock, updateBlock } from '../../src/content-block/content-block-service';
import { openTemplates } from '../../src/creative/open-templates';
import { createFromPreset, createPreset } from '../../src/preset/preset-service';
import { contentPreview } from '../../src/preview/content-preview';
import { openPreviewRenderer } from '../../src/preview/preview-renderer';
import type { ThoughtContent } from '../../src/preview/previewed-content';
import { createScope, type Scope } from '../../src/scope';
import { Stack } from '../../src/shared/lifecycle';
import type { ChannelDraft } from '../../src/variant/variant-draft';
import { openWorld, readyDraft, readyScope, type World } from '../campaign/campaign-world';
import { bring, startAndRender } from '../campaign/sent-mails';
import { emailOf } from '../content/render-jobs';
import { until } from '../support/until';
import { cut, hang, json, type Play, type RemoteWorld, startRemoteWorld, status, text } from './remote-world';

let world: World;
let storage: RemoteWorld;
let media: RemoteWorld;
let creative: RemoteWorld;
let organizations = 0;
/** Both services, and each of them alone. */
let scope: Scope;
let storing: Scope;
let optimizing: Scope;
const stack = new Stack();
const previews = openPreviewRenderer('https://shop.example');
const log = pino({ level: 'silent' });

beforeAll(async () => {
  world = await openWorld();
  [storage, media, creative] = [await startRemoteWorld(), await startRemoteWorld(), await startRemoteWorld()];
});
beforeEach(async () => {
  const { viewer } = await readyScope(world, `media-${++organizations}`);
  const person = { email: 'ada@example.com', emailOptedIn: true, country: 'DE', timeZone: 'UTC' };
  await bring(world, await readyScope(world, viewer.organizationId), [{ externalId: 'ada', ...person }]);
  const of = (settings: object) => createScope({ ...world.parts, assets: open(settings) }, viewer);
  storing = of({ STORAGE_SERVICE_URL: storage.url });
  optimizing = of({ MEDIA_SERVICE_URL: media.url });
  scope = of({ STORAGE_SERVICE_URL: storage.url, MEDIA_SERVICE_URL: media.url });
  storage.play = stored({ hero: 'https://cdn.example/hero.png?v=1&w=2' });
  media.play = optimized;
  storage.asked.length = 0;
  media.asked.length = 0;
});
afterAll(async () => {
  await stack.stop();
  await previews.close();
  await storage.close();
  await media.close();
  await creative.close();
  await world.close();
});

function open(settings: object) {
  const patience = { REMOTE_TRIES: '1', REMOTE_TIMEOUT_MS: '300', REMOTE_ASSET_PATIENCE_MS: '2000' };
  const servers = { DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x' };
  const config = readConfig({ ...servers, ...patience, REMOTE_BREAKER_FAILURES: '1000', ...settings });
  return openAssets(config, world.parts.database, log, stack);
}

/** A storage service with these assets. */
const stored =
  (addresses: Readonly<Record<string, unknown>>): Play =>
  (asked, response) => {
    const { assets } = asked.body as { assets: string[] };
    const told = assets.filter((id) => id in addresses).map((id) => ({ id, url: addresses[id] }));
    json({ assets: told })(asked, response);
  };

/** A media service that has a smaller picture for each that is not `strange`. */
const optimized: Play = (asked, response) => {
  const { images } = asked.body as { images: { url: string; width?: number }[] };
  const told = images
    .filter(({ url }) => !url.includes('strange'))
    .map(({ url, width }) => ({
      url,
      optimized_url: `https://img.example/${width ?? 'all'}/${new URL(url).pathname}`,
    }));
  json({ images: told })(asked, response);
};

const out = '<a href="{{ unsubscribe_url }}">out</a>';
const mail = (html: string, over: object = {}): ChannelDraft => ({
  kind: 'email',
  content: { subject: 'Hi', html: html + out, ...over },
});
const of = (...channels: ChannelDraft[]) => [{ name: 'A', allocation: 100, channels }];
const create = (by: Scope, ...channels: ChannelDraft[]) =>
  createCampaign(by, readyDraft({ variants: of(...channels) }));
/** The mail that Ada gets. */
async function sent(id: string): Promise<string> {
  const [made] = await startAndRender(world, scope, id);
  return emailOf(made?.rendered).html;
}
const versionOf = async (id: string) => {
  const sql = 'select version from campaign.campaign where id = $1';
  return (await world.ledger.query<{ version: number }>(sql, [id]))[0]?.version ?? 0;
};
const contentsOf = async (id: string) => {
  const sql = `select h.content from campaign.channel h join campaign.campaign c using (campaign_no) where c.id = $1
    order by h.kind`;
  const rows = await world.ledger.query<{ content: Record<string, unknown> }>(sql, [id]);
  return rows.map(({ content }) => content);
};
const age = () => world.ledger.query(`update campaign.remote_address set answered_at = answered_at - interval '1 day'`);
const asked = (remote: RemoteWorld) => remote.asked.map(({ body }) => body);

/** In every way that a service can fail. */
const failures: readonly (readonly [string, Play])[] = [
  ['status 500', status(500)],
  ['status 404', status(404)],
  ['status 302', status(302, { location: 'https://cdn.example' })],
  ['silence', hang],
  ['half an answer', cut('{"assets": [', 'application/json')],
  ['no JSON', text('<html>')],
  ['other JSON', json({ hero: 'https://cdn.example/hero.png' })],
];

describe('an asset in content', () => {
  test('is asked for in one question for all that is saved, and its address stands in the mail', async () => {
    storage.play = stored({
      hero: 'https://cdn.example/hero.png?v=1&w=2',
      'shop/terms.pdf': 'https://cdn.example/t.pdf',
    });
    const html =
      '<img src="asset:hero"><td background=asset://hero><a href="asset:shop/terms.pdf">terms</a><b style="background:url(asset:hero)">';
    const push = {
      kind: 'push' as const,
      content: { title: 'Hi', body: 'x', icon: 'asset:hero', actionUrl: 'asset:hero' },
    };
    const web = { kind: 'web' as const, content: { title: 'Hi', imageUrl: 'asset:hero' } };
    const id = await create(storing, mail(html), push, web);
    expect(storage.asked).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/assets/resolve',
        headers: { 'x-organization-id': scope.viewer.organizationId },
        body: { assets: ['hero', 'shop/terms.pdf'] },
      },
    ]);
    // Kept as it was written, with the address beside it.
    expect(await contentsOf(id)).toMatchObject([
      { html: html + out, pinned: { assets: { 'asset:hero': 'https://cdn.example/hero.png?v=1&w=2' } } },
      { icon: 'asset:hero', pinned: { assets: expect.any(Object) } },
      { imageUrl: 'asset:hero', pinned: { assets: expect.any(Object) } },
    ]);
    // The sender asks nobody.
    storage.play = status(500);
    const got = await sent(id);
    expect(got).toContain('<img src="https://cdn.example/hero.png?v=1&amp;w=2">');
    expect(got).toContain('<td background=https://cdn.example/hero.png?v=1&amp;w=2>');
    expect(got).toContain('<b style="background:url(https://cdn.example/hero.png?v=1&amp;w=2)">');
    expect(got).not.toContain('asset:');
    expect(storage.asked).toHaveLength(1);
  });

  test('may be one of several that Liquid chooses from, and stand in a block or another language', async () => {
    storage.play = stored({ a: 'https://cdn.example/a', b: 'https://cdn.example/b', logo: 'https://cdn.example/logo' });
    await createBlock(storing, { key: 'head', kind: 'html', content: '<img src="asset:logo">' });
    const html = '{{ blocks.head }}<img src="{% if first_name == "x" %}asset:a{% else %}asset:b{% endif %}">';
    const locales = [{ locale: 'de', content: { subject: 'Hallo', html: `<img src="asset:a">${out}` } }];
    const id = await create(storing, mail(html, { locales }));
    expect(asked(storage)).toEqual([{ assets: ['logo', 'a', 'b'] }]);
    expect(await sent(id)).toContain('<img src="https://cdn.example/logo"><img src="https://cdn.example/b">');
  });

  test('may come with a template of the creative service, and be where a tracked link leads', async () => {
    const servers = { DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', ISA_CREATIVE_URL: creative.url };
    const templates = openTemplates(readConfig(servers), world.parts.database, log, stack);
    creative.play = json({
      version: '7',
      subject: 'Hi',
      html: `<img src="asset:hero"><a href="asset:hero">see</a>${out}`,
    });
    const id = await create({ ...storing, templates }, { kind: 'email', content: { templateId: 'spring' } });
    const got = await sent(id);
    expect(got).toContain('<img src="https://cdn.example/hero.png?v=1&amp;w=2">');
    expect(got).toMatch(/<a href="[^"]+\/t\/c\/[^"]+">see<\/a>/);
    const links = await world.ledger.query<{ url: string }>(
      `select l ->> 'url' as url from campaign.content c cross join jsonb_array_elements(c.compiled -> 'links') l
       where c.org_no = $1`,
      [scope.viewer.organizationNo],
    );
    expect(links).toEqual([{ url: 'https://cdn.example/hero.png?v=1&w=2' }]);
  });

  test.each(failures)('is at its last known address while the storage service answers with %s', async (_, play) => {
    await create(storing, mail('<img src="asset:hero">'));
    await age();
    storage.play = play;
    const id = await create(storing, mail('<b></b><img src="asset:hero">'));
    expect(storage.asked).toHaveLength(2);
    expect(await sent(id)).toContain('<img src="https://cdn.example/hero.png?v=1&amp;w=2">');
    const unheard = create(storing, mail('<img src="asset:hero"><img src="asset:new">'));
    await expect(unheard).rejects.toMatchObject({
      code: 'CONTENT_ASSET_UNAVAILABLE',
      message: expect.stringContaining('asset new'),
      path: 'variants[0].email.content.html',
    });
  });

  test('is not asked for again while what was said is fresh', async () => {
    await create(storing, mail('<img src="asset:hero">'));
    await create(storing, mail('<p>New</p><img src="asset:hero">'));
    expect(storage.asked).toHaveLength(1);
  });

  test('that the service does not know is refused with its place, whatever it said before; when it knows it, it is sent', async () => {
    await create(storing, mail('<img src="asset:hero">'));
    await age();
    for (const play of [stored({}), stored({ hero: null })]) {
      storage.play = play;
      const icon = { kind: 'push' as const, content: { title: 'Hi', body: 'x', icon: 'asset:hero' } };
      await expect(create(storing, icon)).rejects.toMatchObject({
        code: 'CONTENT_ASSET_UNKNOWN',
        path: 'variants[0].push.content.icon',
      });
    }
    // What it said before is forgotten: it would lead nowhere.
    storage.play = status(500);
    await expect(create(storing, mail('<img src="asset:hero">'))).rejects.toMatchObject({
      code: 'CONTENT_ASSET_UNAVAILABLE',
    });
    storage.play = stored({ hero: 'https://cdn.example/again.png' });
    expect(await sent(await create(storing, mail('<img src="asset:hero">')))).toContain('/again.png');
  });

  test.each([
    'http://cdn.example/hero.png',
    'javascript:alert(1)',
    '//cdn.example/hero.png',
    'https://user@cdn.example/',
    'https://:secret@cdn.example/',
    'https://cdn.example/a b',
    'https://cdn.example/\u0000',
    `https://cdn.example/${'x'.repeat(2_000)}`,
    'hero.png',
    17,
    ['https://cdn.example/'],
  ])('whose address is %j has none', async (address) => {
    storage.play = stored({ hero: address });
    await expect(create(storing, mail('<img src="asset:hero">'))).rejects.toMatchObject({
      code: 'CONTENT_ASSET_UNAVAILABLE',
    });
  });

  test('whose address would be Liquid or end its quotes is written so that it is only an address', async () => {
    storage.play = stored({ hero: `https://cdn.example/{{ first_name }}'"><script>`.replaceAll(' ', '') });
    const got = await sent(await create(storing, mail(`<img src='asset:hero'><img src=asset:hero>`)));
    const address = 'https://cdn.example/%7B%7Bfirst_name%7D%7D%27%22%3E%3Cscript%3E';
    expect(got).toContain(`<img src='${address}'><img src=${address}>`);
  });

  test.each([
    'asset:',
    'asset:a b',
    'asset:{{ first_name }}',
    'asset:hero-{{ first_name }}',
    `asset:${'x'.repeat(201)}`,
  ])('%.40s is no asset', async (named) => {
    const refused = { code: 'CONTENT_INVALID', path: 'variants[0].email.content.html' };
    await expect(create(storing, mail(`<img src="${named}">`))).rejects.toMatchObject(refused);
    expect(storage.asked).toHaveLength(0);
  });

  test('needs a storage service', async () => {
    for (const by of [optimizing, { ...scope, assets: {} }])
      await expect(create(by, mail('<img src="asset:hero">'))).rejects.toMatchObject({
        code: 'CONTENT_ASSET_UNAVAILABLE',
        message: 'no storage service is configured',
        path: 'variants[0].email.content.html',
      });
  });

  test('is one of at most so many in one save, asked for by the hundred', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `a${index}`);
    storage.play = stored(Object.fromEntries(ids.map((id) => [id, `https://cdn.example/${id}`])));
    const html = ids.map((id) => `<img src="asset:${id}">`).join('');
    await create(storing, mail(html));
    expect(storage.asked.map(({ body }) => (body as { assets: string[] }).assets.length)).toEqual([100, 100, 50]);
    const fewer = { ...storing, content: { ...storing.content, assets: 249 } };
    await expect(create(fewer, mail(html))).rejects.toMatchObject({ code: 'CONTENT_INVALID' });
  });

  test('that is told of too late for one save is there for the next', async () => {
    const hurried = { ...storing, assets: open({ STORAGE_SERVICE_URL: storage.url, REMOTE_ASSET_PATIENCE_MS: '1' }) };
    let answer: () => void = () => undefined;
    storage.play = (asked, response) => {
      answer = () => stored({ hero: 'https://cdn.example/late.png' })(asked, response);
    };
    await expect(create(hurried, mail('<img src="asset:hero">'))).rejects.toMatchObject({
      code: 'CONTENT_ASSET_UNAVAILABLE',
    });
    await until('question', () => storage.asked.length === 1);
    answer();
    const kept = `select 1 from campaign.remote_address where address = 'https://cdn.example/late.png'`;
    await until('answer', async () => (await world.ledger.query(kept)).length === 1);
    expect(await sent(await create(hurried, mail('<img src="asset:hero">')))).toContain('late.png');
    expect(storage.asked).toHaveLength(1);
  });

  test("of another organization is not at that one's last known address", async () => {
    await create(storing, mail('<img src="asset:hero">'));
    storage.play = status(500);
    const { viewer } = await readyScope(world, `${scope.viewer.organizationId}-other`);
    const other = createScope({ ...world.parts, assets: storing.assets }, viewer);
    await expect(create(other, mail('<img src="asset:hero">'))).rejects.toMatchObject({
      code: 'CONTENT_ASSET_UNAVAILABLE',
    });
  });
});

describe('what was pinned', () => {
  test('stays in clones and presets, and is looked up anew when the content is saved again', async () => {
    const id = await create(scope, mail('<img src="asset:hero">'));
    storage.play = stored({ hero: 'https://cdn.example/two.png' });
    await age();
    const questions = storage.asked.length + media.asked.length;
    const clone = await cloneCampaign(scope, { id, name: `Clone ${id}` });
    const presetId = await createPreset(scope, { campaignId: id, name: `Preset ${id}` });
    const made = await createFromPreset(scope, { presetId, name: `Made ${id}` });
    await editCampaign(scope, {
      id: made,
      version: 1,
      fields: { delivery: { ...defaultFields.delivery, strictVariables: true } },
    });
    expect(storage.asked.length + media.asked.length).toBe(questions);
    for (const copy of [clone, made]) expect(await sent(copy)).toContain('https://img.example/all//hero.png');
    await editCampaign(scope, { id, version: 1, variants: of(mail('<img src="asset:hero">')) });
    expect(await sent(id)).toContain('https://img.example/all//two.png');
  });

  test('is looked up anew with the blocks that are out of date, of the version that is changed', async () => {
    storage.play = stored({ hero: 'https://cdn.example/one.png', foot: 'https://cdn.example/foot.png' });
    const block = await createBlock(storing, { key: 'foot', kind: 'html', content: '<img src="asset:hero">' });
    const id = await create(storing, mail('{{ blocks.foot }}'));
    await updateBlock(storing, { id: block, version: 1, content: '<img src="asset:foot">' });
    const stale = refreshBlocks(storing, { id, version: 7 });
    await expect(stale).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(storage.asked).toHaveLength(1);
    await refreshBlocks(storing, { id, version: await versionOf(id) });
    expect(await sent(id)).toContain('<img src="https://cdn.example/foot.png">');
  });

  test('answers the same key again, though nobody can be asked any more', async () => {
    const draft = readyDraft({ variants: of(mail('<img src="asset:hero">')) });
    const id = await createCampaign(scope, draft, `once-${organizations}`);
    await world.ledger.query('delete from campaign.remote_address');
    storage.play = status(500);
    expect(await createCampaign(scope, draft, `once-${organizations}`)).toBe(id);
    expect(storage.asked).toHaveLength(1);
  });
});

describe('a picture', () => {
  test('is sent as the media service has it, asked for in one question for all that is saved', async () => {
    const html =
      '<img src="asset:hero" width="600"><img src="https://a.example/b.png"><img src="https://a.example/strange.png">' +
      '<img src="c.png">';
    const based = { ...scope, content: { ...scope.content, assetBaseUrl: 'https://base.example/' } };
    const id = await create(based, mail(html), {
      kind: 'web',
      content: { title: 'Hi', imageUrl: 'https://a.example/b.png' },
    });
    expect(media.asked).toMatchObject([{ method: 'POST', path: '/api/v1/images/optimize' }]);
    expect(asked(media)).toEqual([
      {
        images: [
          { url: 'https://cdn.example/hero.png?v=1&w=2', width: 600 },
          { url: 'https://a.example/b.png' },
          { url: 'https://a.example/strange.png' },
          { url: 'https://base.example/c.png' },
        ],
      },
    ]);
    media.play = status(500);
    const got = await sent(id);
    for (const address of [
      'https://img.example/600//hero.png',
      'https://img.example/all//b.png',
      'https://a.example/strange.png',
      'https://img.example/all//c.png',
    ])
      expect(got).toContain(`<img src="${address}"`);
    expect(media.asked).toHaveLength(1);
  });

  test.each(failures)('is the original while the media service answers with %s', async (_, play) => {
    media.play = play;
    const id = await create(optimizing, mail('<img src="https://a.example/b.png">'));
    expect(media.asked).toHaveLength(1);
    expect(await sent(id)).toContain('<img src="https://a.example/b.png">');
  });

  test('is what the media service had last, where it is away', async () => {
    await create(optimizing, mail('<img src="https://a.example/b.png">'));
    await age();
    media.play = status(500);
    const id = await create(optimizing, mail('<p></p><img src="https://a.example/b.png">'));
    expect(await sent(id)).toContain('<img src="https://img.example/all//b.png">');
  });

  test('that counts, that is written out, or that depends on the person stays as it is', async () => {
    const html =
      '<img src="https://a.example/o.gif" width="1" height="1"><img src="data:image/png;base64,AAAA"><img src="cid:a">' +
      '<img src="https://a.example/{{ first_name }}.png"><a href="https://a.example/b.png">b</a>';
    const id = await create(optimizing, mail(html));
    expect(media.asked).toHaveLength(0);
    expect(await contentsOf(id)).toEqual([expect.not.objectContaining({ pinned: expect.anything() })]);
    expect(await sent(id)).toContain('<img src="https://a.example/o.gif" width="1" height="1">');
  });

  test('with an address that cannot be stored is refused where it stands', async () => {
    await expect(create(optimizing, mail('<img src="https://a.example/\0.png">'))).rejects.toMatchObject({
      code: 'CONTENT_INVALID',
      path: 'variants[0].email.content.html',
    });
    expect(media.asked).toHaveLength(0);
  });

  test('whose other address is none, or would make the mail too long to be saved, stays as it is', async () => {
    media.play = json({ images: [{ url: 'https://a.example/b.png', optimized_url: 'http://img.example/' }] });
    const id = await create(optimizing, mail('<img src="https://a.example/b.png">'));
    expect(await sent(id)).toContain('<img src="https://a.example/b.png">');
    const long = `https://img.example/${'x'.repeat(1_900)}`;
    media.play = json({ images: [{ url: 'https://a.example/b.png', optimized_url: long }] });
    const many = await create(optimizing, mail('<img src="https://a.example/b.png">'.repeat(200)));
    expect(await sent(many)).not.toContain(long);
  });
});

test('a preview warns of an asset that is named where none is looked up', async () => {
  const variables = { attributes: { image: 'asset:hero' } };
  const look = async (content: ThoughtContent) =>
    (await contentPreview(scope, previews, { content, variables })).warnings.filter(
      ({ code }) => code === 'ASSET_UNRESOLVED',
    );
  const page = '<img src="{{ attributes.image }}"><object data="asset:film"></object><p>an asset:x in words</p>';
  const icon = { title: 'Hi', body: 'x', icon: '{{ attributes.image }}' };
  expect(await look({ kind: 'email', content: { subject: 'Hi', html: page } })).toMatchObject([
    { message: expect.stringContaining('asset:hero leads nowhere') },
    { message: expect.stringContaining('asset:film leads nowhere') },
  ]);
  expect(await look({ kind: 'push', content: icon })).toHaveLength(1);
  expect(await look({ kind: 'push', content: { ...icon, icon: 'asset:hero' } })).toEqual([]);
});

test('a preview shows the addresses that would be sent, and says what is wrong with them', async () => {
  const look = (html: string) =>
    contentPreview(scope, previews, { content: { kind: 'email', content: { subject: 'Hi', html } } });
  const { content } = await look('<img src="asset:hero" width="300">');
  expect(content).toMatchObject({ html: expect.stringContaining('<img src="https://img.example/300//hero.png"') });
  await expect(look('<img src="asset:strange">')).rejects.toMatchObject({
    code: 'CONTENT_ASSET_UNKNOWN',
    path: 'email.html',
  });
});
