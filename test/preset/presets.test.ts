import { editCampaign } from '../../src/campaign/edit-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { editPreset } from '../../src/preset/edit-preset';
import { archivePreset, createFromPreset, createPreset } from '../../src/preset/preset-service';
import type { Scope } from '../../src/scope';
import { createReady, email, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const organization = () => readyScope(world, `preset-${++organizations}`);
const fields = {
  name: 'Source',
  description: 'For all',
  throttle: { perHour: 500 },
  tags: ['shoes'],
  conversionGoals: [{ eventType: 'order.completed', windowDays: 7 }],
  endAt: new Date('2026-12-24T00:00:00Z'),
  budget: { amount: '10', currency: 'EUR', costPerMessage: { email: '0.001' } },
};
const variants = [
  { name: 'A', allocation: 60, channels: [email('A')] },
  { name: 'None', allocation: 40, isControl: true },
];
const campaignRow = async (scope: Scope, id: string) =>
  (
    await scope.read((tx) => tx.query<Record<string, unknown>>('select * from campaign.campaign where id = $1', [id]))
  )[0];

test('a campaign made of a preset does what its source did then, under its own name and without its dates', async () => {
  const scope = await organization();
  const source = await createReady(scope, { fields, variants });
  const before = (await planLaunch(scope, source)).figures;
  const presetId = await createPreset(scope, { campaignId: source, name: 'Shoes' });
  await editCampaign(scope, { id: source, version: 1, fields: { tags: [], throttle: null }, variants: [] });
  const id = await createFromPreset(scope, { presetId, name: 'Spring shoes' });
  expect(await campaignRow(scope, id)).toMatchObject({
    name: 'Spring shoes',
    status: 'draft',
    version: 1,
    description: 'For all',
    throttle: fields.throttle,
    tags: fields.tags,
    budget: fields.budget,
    conversion_goals: fields.conversionGoals,
    end_at: null,
    cloned_from: null,
  });
  const plan = await planLaunch(scope, id);
  expect(plan.figures.variants.map(({ name, isControl }) => ({ name, isControl }))).toEqual([
    { name: 'A', isControl: false },
    { name: 'None', isControl: true },
  ]);
  expect(plan.figures.people).toBe(before.people);
  await expect(startCampaign(scope, { id })).resolves.toMatchObject({ campaignId: id });
});

test('the same key makes one preset and one campaign, and a name is taken once among those in use', async () => {
  const scope = await organization();
  const campaignId = await createReady(scope);
  const preset = { campaignId, name: 'Once' };
  const ids = await Promise.all([1, 2, 3].map(() => createPreset(scope, preset, 'key')));
  expect(new Set(ids).size).toBe(1);
  const [presetId = ''] = ids;
  const use = { presetId, name: 'From once' };
  const made = await Promise.all([1, 2, 3].map(() => createFromPreset(scope, use, 'use')));
  expect(new Set(made).size).toBe(1);
  await expect(createPreset(scope, { ...preset, name: 'ONCE' })).rejects.toMatchObject({
    code: 'CAMPAIGN_PRESET_NAME_TAKEN',
    path: 'name',
  });
  await expect(createFromPreset(scope, use)).rejects.toMatchObject({ code: 'CAMPAIGN_NAME_TAKEN' });
  await archivePreset(scope, presetId);
  await expect(createFromPreset(scope, { ...use, name: 'Late' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(archivePreset(scope, presetId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await createPreset(scope, preset);
});

test('what cannot be is refused, and another organization sees nothing of it', async () => {
  const scope = await organization();
  const stranger = await organization();
  const campaignId = await createReady(scope);
  const invalid = { code: 'CAMPAIGN_INVALID' };
  await expect(createPreset(scope, { campaignId, name: ' ' })).rejects.toMatchObject({ ...invalid, path: 'name' });
  await expect(createPreset(scope, { campaignId, name: 'x', description: 'x'.repeat(2_001) })).rejects.toMatchObject(
    invalid,
  );
  await expect(createPreset(stranger, { campaignId, name: 'x' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    path: 'campaignId',
  });
  const presetId = await createPreset(scope, { campaignId, name: 'Mine' });
  await expect(createFromPreset(stranger, { presetId, name: 'x' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    path: 'presetId',
  });
  await expect(archivePreset(stranger, presetId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a preset is renamed and follows a campaign anew; what was made of it before stays as it was', async () => {
  const scope = await organization();
  const campaignId = await createReady(scope, { fields: { ...fields, name: 'Followed' }, variants });
  const id = await createPreset(scope, { campaignId, name: 'First', description: 'Old' });
  const early = await createFromPreset(scope, { presetId: id, name: 'Early' });
  await editCampaign(scope, { id: campaignId, version: 1, fields: { tags: ['boots'] } });
  await editPreset(scope, { id, version: 1, name: 'Second' });
  const between = await createFromPreset(scope, { presetId: id, name: 'Between' });
  await editPreset(scope, { id, version: 2, description: null, campaignId });
  const late = await createFromPreset(scope, { presetId: id, name: 'Late' });
  const tags = (await Promise.all([early, between, late].map((one) => campaignRow(scope, one)))).map(
    (row) => row?.tags,
  );
  expect(tags).toEqual([['shoes'], ['shoes'], ['boots']]);
  const [row] = await scope.read((tx) => tx.query('select * from campaign.preset where id = $1', [id]));
  expect(row).toMatchObject({ name: 'Second', description: null, version: 3, updated_by: 'usr_ada' });
});

test('of two changes from one version the second is refused, as is a name that is taken, and a foreign preset', async () => {
  const scope = await organization();
  const campaignId = await createReady(scope);
  const id = await createPreset(scope, { campaignId, name: 'One' });
  await createPreset(scope, { campaignId, name: 'Other' });
  const both = ['Left', 'Right'].map((name) => editPreset(scope, { id, version: 1, name }));
  const told = await Promise.allSettled(both);
  expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(told.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  await expect(editPreset(scope, { id, version: 2, name: 'OTHER' })).rejects.toMatchObject({
    code: 'CAMPAIGN_PRESET_NAME_TAKEN',
  });
  const stranger = await organization();
  await expect(editPreset(stranger, { id, version: 2, name: 'Mine' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
