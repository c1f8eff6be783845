import { createBlock, deleteBlock, updateBlock } from '../../src/content-block/content-block-service';
import type { Scope } from '../../src/scope';
import { openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const organization = () => readyScope(world, `block-${++organizations}`);
const make = (scope: Scope, key: string, content = 'Hello', kind: 'html' | 'plain' = 'plain') =>
  createBlock(scope, { key, content, kind });
const rowOf = async (scope: Scope, id: string) =>
  (
    await scope.read((tx) => tx.query<{ uses: string[] }>('select * from campaign.content_block where id = $1', [id]))
  )[0];

test('a block is made once for each key, changed from its version, and deleted', async () => {
  const scope = await organization();
  const given = { key: 'footer', kind: 'html', content: '<p>{{ first_name }}</p>' } as const;
  const ids = await Promise.all([1, 2, 3].map(() => createBlock(scope, given, 'key')));
  expect(new Set(ids).size).toBe(1);
  const [id = ''] = ids;
  await expect(createBlock(scope, given)).rejects.toMatchObject({ code: 'CONTENT_BLOCK_KEY_TAKEN', path: 'key' });
  await updateBlock(scope, { id, version: 1, content: '<p>2</p>', description: 'Second' });
  await expect(updateBlock(scope, { id, version: 1, content: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await rowOf(scope, id)).toMatchObject({ content: '<p>2</p>', description: 'Second', version: 2 });
  // What changes nothing is no version.
  await updateBlock(scope, { id, version: 2, content: '<p>2</p>' });
  await expect(deleteBlock(scope, { id, version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
  await deleteBlock(scope, { id, version: 2 });
  await expect(updateBlock(scope, { id, version: 2, content: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await make(scope, 'footer');
});

test('blocks stand in each other, and one that others hold is not deleted', async () => {
  const scope = await organization();
  const logo = await make(scope, 'logo', '<img alt="">', 'html');
  const footer = await make(scope, 'footer', '{{ blocks.logo }} {{ blocks.logo }}', 'html');
  expect((await rowOf(scope, footer))?.uses).toEqual(['logo']);
  await expect(deleteBlock(scope, { id: logo, version: 1 })).rejects.toMatchObject({
    code: 'CONTENT_BLOCK_IN_USE',
    message: 'other blocks hold it: footer',
  });
  await updateBlock(scope, { id: footer, version: 1, content: 'none' });
  await deleteBlock(scope, { id: logo, version: 1 });
});

test('a circle is refused, also when two writers would close it together', async () => {
  const scope = await organization();
  const [one, two] = [await make(scope, 'one'), await make(scope, 'two')];
  await expect(updateBlock(scope, { id: one, version: 1, content: '{{ blocks.one }}' })).rejects.toMatchObject({
    code: 'CONTENT_BLOCK_CYCLE',
    message: 'a block would hold itself: one → one',
  });
  const both = await Promise.allSettled([
    updateBlock(scope, { id: one, version: 1, content: '{{ blocks.two }}' }),
    updateBlock(scope, { id: two, version: 1, content: '{{ blocks.one }}' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONTENT_BLOCK_CYCLE' } });
});

test('three blocks stand in each other and no more, seen from above too', async () => {
  const scope = await organization();
  const third = await make(scope, 'third');
  await make(scope, 'second', '{{ blocks.third }}');
  await make(scope, 'first', '{{ blocks.second }}');
  await make(scope, 'fourth');
  const tooDeep = { code: 'CONTENT_BLOCK_DEPTH' };
  await expect(make(scope, 'zeroth', '{{ blocks.first }}')).rejects.toMatchObject(tooDeep);
  await expect(updateBlock(scope, { id: third, version: 1, content: '{{ blocks.fourth }}' })).rejects.toMatchObject(
    tooDeep,
  );
  const deeper = { ...scope, content: { ...scope.content, blockDepth: 4 } };
  await make(deeper, 'zeroth', '{{ blocks.first }}');
});

test.each([
  ['CONTENT_TEMPLATE', 'content', { content: 'a\n{{ blocks.never }}' }],
  ['CONTENT_TEMPLATE', 'content', { content: '{% if %}' }],
  ['CONTENT_TEMPLATE', 'content', { content: '{% endif %}' }],
  ['CONTENT_TEMPLATE', 'content', { content: '{{ blocks.present | upcase }}' }],
  ['CONTENT_TEMPLATE', 'content', { content: '{% if blocks.present %}x{% endif %}' }],
  ['CONTENT_TEMPLATE', 'content', { content: '{{ blocks["present"] }}' }],
  ['CONTENT_TEMPLATE', 'content', { content: '\ue000' }],
  ['CONTENT_TEMPLATE', 'content', { content: '{{ blocks.html }}' }],
  ['CONTENT_INVALID', 'content', { content: '' }],
  ['CONTENT_INVALID', 'content', { content: 'x'.repeat(64_001) }],
  ['CONTENT_INVALID', 'key', { key: 'Big' }],
  ['CONTENT_INVALID', 'key', { key: '1st' }],
  ['CONTENT_INVALID', 'key', { key: 'a'.repeat(65) }],
  ['CONTENT_INVALID', 'description', { description: 'x'.repeat(2_001) }],
])('%s at %s: %j', async (code, path, over) => {
  const scope = await organization();
  await make(scope, 'present');
  await make(scope, 'html', '<p></p>', 'html');
  const given = { key: 'wrong', kind: 'plain', content: 'x', ...over } as const;
  await expect(createBlock(scope, given)).rejects.toMatchObject({ code, path });
});

test('a foreign block is not there, and an organization has as many as it may have', async () => {
  const [scope, stranger] = [await organization(), await organization()];
  const id = await make(scope, 'mine');
  await expect(updateBlock(stranger, { id, version: 1, content: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(deleteBlock(stranger, { id, version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(make(stranger, 'theirs', '{{ blocks.mine }}')).rejects.toMatchObject({ code: 'CONTENT_TEMPLATE' });
  const few = { ...scope, content: { ...scope.content, blocks: 1 } };
  await expect(make(few, 'second')).rejects.toMatchObject({ code: 'CONTENT_BLOCK_TOO_MANY' });
});
