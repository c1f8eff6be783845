import { decideApproval, submitForApproval } from '../../src/campaign/approve-campaign';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { refreshBlocks } from '../../src/campaign/refresh-blocks';
import { startCampaign } from '../../src/campaign/start-campaign';
import { decodeTrackingToken } from '../../src/content/tracking-token';
import { createBlock, deleteBlock, updateBlock } from '../../src/content-block/content-block-service';
import { outdatedBlocksOfCampaign } from '../../src/content-block/outdated-blocks';
import { createFromPreset, createPreset } from '../../src/preset/preset-service';
import type { Scope } from '../../src/scope';
import { messageIdKeys } from '../../src/shared/message-id';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { bring, type Made, startAndRender } from '../campaign/sent-mails';
import { emailOf } from '../content/render-jobs';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function organization(): Promise<Scope> {
  const scope = await readyScope(world, `blocks-in-${++organizations}`);
  const person = { email: 'ada@example.com', emailOptedIn: true, firstName: 'Ada', country: 'DE', timeZone: 'UTC' };
  await bring(world, scope, [{ externalId: 'ada', locale: 'de', ...person }]);
  return scope;
}

const out = '<a href="{{ unsubscribe_url }}">out</a>';
const variantsOf = (own: object) => [
  { name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content: { subject: 'Hi', ...own } }] },
];
const mailOf = ([made]: readonly Made[]) => emailOf(made?.rendered);
const campaignRow = async (scope: Scope, id: string) =>
  (
    await scope.read((tx) =>
      tx.query<{ campaign_no: number; approval: string; version: number }>(
        'select campaign_no, approval, version from campaign.campaign where id = $1',
        [id],
      ),
    )
  )[0] ?? { campaign_no: 0, approval: '', version: 0 };
const outdatedOf = async (scope: Scope, id: string) => {
  const { campaign_no: no } = await campaignRow(scope, id);
  const rows = (await scope.read((tx) => outdatedBlocksOfCampaign.read(tx, [no], scope))).get(String(no)) ?? [];
  return rows.map(({ key, pinnedVersion, presentVersion }) => `${key} ${pinnedVersion} ${presentVersion}`);
};
const html = (scope: Scope, key: string, content: string) => createBlock(scope, { key, kind: 'html', content });
const plain = (scope: Scope, key: string, content: string) => createBlock(scope, { key, kind: 'plain', content });

test('blocks stand in subject, html and languages, and their links are tracked as those of the author', async () => {
  const scope = await organization();
  await plain(scope, 'shop', 'Tom & Co, {{ first_name }}');
  await html(scope, 'footer', `<p>{{ blocks.shop }} <a href="https://shop.example/terms">terms</a></p>${out}`);
  const own = {
    subject: 'From {{ blocks.shop }}',
    html: '<h1>Hi</h1>{{ blocks.footer }}',
    preheader: '{{ blocks.shop }}',
  };
  const german = {
    subject: 'Von {{ blocks.shop }}',
    html: '<a href="https://shop.example/de">de</a>{{ blocks.footer }}',
  };
  const id = await createReady(scope, {
    variants: variantsOf({ ...own, locales: [{ locale: 'de', content: german }] }),
  });
  const mail = mailOf(await startAndRender(world, scope, id));
  expect(mail.subject).toBe('Von Tom & Co, Ada');
  expect(mail.html).toContain('<p>Tom &amp; Co, Ada <a href="http');
  expect(mail.text).toContain('Tom & Co, Ada terms');
  const keys = messageIdKeys('development-only-secret-for-tracking-links');
  const tokens = [...mail.html.matchAll(/\/t\/c\/([^"]+)"/g)].map(([, token]) =>
    decodeTrackingToken(keys, token ?? ''),
  );
  // The first link is that of the other language's footer.
  expect(tokens.map((token) => token?.link)).toEqual([2, 3]);
});

test('an edited block changes neither what was saved nor an approval; refreshing does both, once', async () => {
  const scope = await organization();
  const approver = await world.scopeOf(scope.viewer.organizationId, 'usr_eve');
  const blockId = await html(scope, 'footer', `first ${out}`);
  const id = await createReady(scope, { variants: variantsOf({ html: '{{ blocks.footer }}' }) });
  await submitForApproval(scope, { id });
  await decideApproval(approver, { id }, { approval: 'approved', comment: null });
  expect(await outdatedOf(scope, id)).toEqual([]);
  await updateBlock(scope, { id: blockId, version: 1, content: `second ${out}` });
  expect(await outdatedOf(scope, id)).toEqual(['footer 1 2']);
  expect(await campaignRow(scope, id)).toMatchObject({ approval: 'approved', version: 3 });
  const copy = await cloneCampaign(scope, { id, name: 'As it was' });
  expect(mailOf(await startAndRender(world, scope, copy)).html).toContain('first');
  await refreshBlocks(scope, { id });
  expect(await campaignRow(scope, id)).toMatchObject({ approval: 'none', version: 4 });
  expect(await outdatedOf(scope, id)).toEqual([]);
  await refreshBlocks(scope, { id });
  expect(await campaignRow(scope, id)).toMatchObject({ version: 4 });
  expect(mailOf(await startAndRender(world, scope, id)).html).toContain('second');
});

test('what runs is not refreshed, and goes on with what it has', async () => {
  const scope = await organization();
  const blockId = await html(scope, 'footer', `first ${out}`);
  const id = await createReady(scope, { variants: variantsOf({ html: '{{ blocks.footer }}' }) });
  const made = await startAndRender(world, scope, id, () =>
    updateBlock(scope, { id: blockId, version: 1, content: `second ${out}` }),
  );
  expect(mailOf(made).html).toContain('first');
  await expect(refreshBlocks(scope, { id })).rejects.toMatchObject({ code: 'CAMPAIGN_STATUS_TRANSITION' });
});

test('a block that was deleted, or made anew, is out of date; content that names one that is not there is refused', async () => {
  const scope = await organization();
  const blockId = await html(scope, 'footer', `first ${out}`);
  const content = { html: 'x\n {{ blocks.footer }}' };
  const id = await createReady(scope, { variants: variantsOf(content) });
  const presetId = await createPreset(scope, { campaignId: id, name: 'With a footer' });
  await deleteBlock(scope, { id: blockId, version: 1 });
  expect(await outdatedOf(scope, id)).toEqual(['footer 1 null']);
  const refused = {
    code: 'CONTENT_TEMPLATE',
    path: 'variants[0].email.content.html',
    message: 'there is no block footer (line 2, column 2)',
  };
  await expect(refreshBlocks(scope, { id })).rejects.toMatchObject(refused);
  await expect(createReady(scope, { variants: variantsOf(content) })).rejects.toMatchObject(refused);
  // What was saved has it in itself.
  await createFromPreset(scope, { presetId, name: 'Of the preset' });
  await startCampaign(scope, { id });
  const other = await createFromPreset(scope, { presetId, name: 'Made anew' });
  await html(scope, 'footer', `again ${out}`);
  expect(await outdatedOf(scope, other)).toEqual(['footer 1 1']);
});

test.each([
  ['{{ blocks.footer | upcase }}', 'line 1, column 1'],
  ['a {% if blocks.footer %}b{% endif %}', 'line 1, column 3'],
  ['{{ blocks }}', 'line 1, column 1'],
  ['{% for b in blocks %}{{ b }}{% endfor %}', 'line 1, column 1'],
])('%s is no use of a block', async (template, place) => {
  const scope = await organization();
  await html(scope, 'footer', 'x');
  const own = { html: `{{ blocks.footer }}${out}`, text: template };
  await expect(createReady(scope, { variants: variantsOf(own) })).rejects.toMatchObject({
    code: 'CONTENT_TEMPLATE',
    path: 'variants[0].email.content.text',
    message: expect.stringContaining(place),
  });
});
