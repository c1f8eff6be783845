import { activateCampaign } from '../../src/campaign/activate-campaign';
import { pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { editCampaign } from '../../src/campaign/edit-campaign';
import type { Scope } from '../../src/scope';
import type { TriggerDraft } from '../../src/trigger/trigger-draft';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const organization = () => readyScope(world, `trigger-${++organizations}`);
const triggered = (scope: Scope, triggers: readonly TriggerDraft[], over = {}) =>
  createReady(scope, { type: 'TRIGGERED', triggers, ...over });
const cart: TriggerDraft = {
  eventType: 'cart.abandoned',
  conditions: [
    { field: 'cart.total', operator: 'greater_than', value: 50 },
    { field: 'channel', operator: 'in', value: ['web', 'app'] },
    { field: 'coupon', operator: 'exists', value: false },
  ],
  delayMinutes: 60,
};
const stored = async (scope: Scope, id: string) =>
  scope.read((tx) =>
    tx.query<{ id: string; event_type: string; trigger_no: number; enabled: boolean }>(
      `select t.* from campaign.trigger t join campaign.campaign c using (campaign_no) where c.id = $1 order by position`,
      [id],
    ),
  );
const statusOf = async (scope: Scope, id: string) =>
  (
    await scope.read((tx) => tx.query<{ status: string }>('select status from campaign.campaign where id = $1', [id]))
  )[0]?.status;

test('triggers are kept with their defaults, edited as a whole, and copied', async () => {
  const scope = await organization();
  const id = await triggered(scope, [cart, { eventType: 'order.completed' }]);
  const [first, second] = await stored(scope, id);
  expect(first).toMatchObject({ event_type: 'cart.abandoned', delay_minutes: 60, conditions: cart.conditions });
  expect(second).toMatchObject({ frequency_count: 1, frequency_hours: 24, heeds_quiet_hours: true, enabled: true });
  const kept = { ...cart, id: first?.id ?? '', enabled: false };
  await editCampaign(scope, { id, version: 1, triggers: [{ eventType: 'user.created' }, kept] });
  expect(await stored(scope, id)).toMatchObject([
    { event_type: 'user.created' },
    { trigger_no: first?.trigger_no, enabled: false },
  ]);
  const copy = await cloneCampaign(scope, { id, name: 'Copy' });
  expect(await stored(scope, copy)).toMatchObject([{ event_type: 'user.created' }, { conditions: cart.conditions }]);
});

test.each([
  ['triggers[0].eventType', { eventType: 'no event' }],
  ['triggers[0].delayMinutes', { delayMinutes: 43_201 }],
  ['triggers[0].delayMinutes', { delayMinutes: -1 }],
  ['triggers[0].frequencyCount', { frequencyCount: 0 }],
  ['triggers[0].conditions[0].field', { conditions: [{ field: 'a b', operator: 'equals', value: 1 }] }],
  ['triggers[0].conditions[0].value', { conditions: [{ field: 'a', operator: 'greater_than', value: 'much' }] }],
  ['triggers[0].conditions[0].value', { conditions: [{ field: 'a', operator: 'in', value: [] }] }],
  ['triggers[0].conditions[0].value', { conditions: [{ field: 'a', operator: 'equals' }] }],
  ['triggers[0].conditions[0].value', { conditions: [{ field: 'a', operator: 'exists', value: 'yes' }] }],
  ['triggers[0].conditions[0].operator', { conditions: [{ field: 'a', operator: 'like', value: 'x' }] }],
  ['triggers[0].conditions', { conditions: Array(11).fill({ field: 'a', operator: 'exists' }) }],
])('a mistake at %s is refused, and nothing is kept', async (path, over) => {
  const scope = await organization();
  const wrong = { ...cart, ...over } as TriggerDraft;
  await expect(triggered(scope, [wrong])).rejects.toMatchObject({ code: 'CAMPAIGN_INVALID_TRIGGER', path });
  expect(await scope.read((tx) => tx.query('select 1 from campaign.campaign'))).toEqual([]);
});

test('only a triggered campaign has triggers, at most ten, and only its own keep their ids', async () => {
  const scope = await organization();
  const refused = { code: 'CAMPAIGN_INVALID_TRIGGER', path: 'triggers' };
  await expect(createReady(scope, { triggers: [cart] })).rejects.toMatchObject(refused);
  await expect(triggered(scope, Array(11).fill(cart))).rejects.toMatchObject(refused);
  const id = await triggered(scope, [cart]);
  const [other] = await stored(scope, await triggered(scope, [cart]));
  await expect(
    editCampaign(scope, { id, version: 1, triggers: [{ ...cart, id: other?.id ?? '' }] }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', path: 'triggers[0].id' });
  const [own] = await stored(scope, id);
  const same = { ...cart, id: own?.id ?? '' };
  await expect(editCampaign(scope, { id, version: 1, triggers: [same, same] })).rejects.toMatchObject({
    code: 'CAMPAIGN_INVALID_TRIGGER',
    path: 'triggers[1].id',
  });
});

test('a triggered campaign is active with one enabled trigger and not without, a transactional one needs none', async () => {
  const scope = await organization();
  const asleep = await triggered(scope, [{ ...cart, enabled: false }]);
  await expect(activateCampaign(scope, { id: asleep })).rejects.toMatchObject({ code: 'CAMPAIGN_TRIGGER_MISSING' });
  const id = await triggered(scope, [cart]);
  await activateCampaign(scope, { id });
  await pauseCampaign(scope, { id });
  await editCampaign(scope, { id, version: 3, triggers: [{ eventType: 'user.created' }] });
  await resumeCampaign(scope, { id });
  expect(await statusOf(scope, id)).toBe('active');
  const receipt = await createReady(scope, { type: 'TRANSACTIONAL' });
  await activateCampaign(scope, { id: receipt });
  expect(await statusOf(scope, receipt)).toBe('active');
  const once = await createReady(scope);
  await expect(activateCampaign(scope, { id: once })).rejects.toMatchObject({
    code: 'CAMPAIGN_STATUS_TRANSITION',
    message:
      'a draft ONE_TIME campaign does not allow activate; it allows edit, schedule, start, cancel, clone, archive',
  });
});

test('an active campaign completes at its end date', async () => {
  const scope = await organization();
  const endAt = new Date(world.now.getTime() + 3_600_000);
  const id = await triggered(scope, [cart], { fields: { name: 'Until', endAt } });
  await activateCampaign(scope, { id });
  expect(await startDueCampaigns(world.ledger, world.parts)).toEqual([]);
  world.now = endAt;
  expect(await startDueCampaigns(world.ledger, world.parts)).toEqual(['ended']);
  expect(await statusOf(scope, id)).toBe('completed');
});
