import { pauseCampaign } from '../../src/campaign/change-status';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { scheduleCampaign, unscheduleCampaign } from '../../src/campaign/schedule-campaign';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from './campaign-world';

let world: World;
let organizations = 0;
const begin = new Date('2026-11-21T10:00:00Z');
const minutes = (n: number) => new Date(begin.getTime() + n * 60_000);

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => {
  world.now = begin;
});
afterAll(() => world.close());

const organization = () => readyScope(world, `due-${++organizations}`);
const due = () => startDueCampaigns(world.ledger, world.parts);
const campaign = async (scope: Scope, id: string) =>
  (
    await scope.read((tx) =>
      tx.query<{ status: string; schedule: object }>('select * from campaign.campaign where id = $1', [id]),
    )
  )[0];
const executions = (scope: Scope) =>
  scope.read((tx) =>
    tx.query<{ status: string; kind: number; occurrence: string }>('select * from campaign.execution order by exec_no'),
  );
const scheduled = async (scope: Scope, at: Date) => {
  const id = await createReady(scope);
  await scheduleCampaign(scope, { id }, { at });
  return id;
};

test('a scheduled campaign starts when it is due, once, however many schedulers look', async () => {
  const scope = await organization();
  const id = await scheduled(scope, minutes(10));
  expect(await due()).toEqual([]);
  world.now = minutes(10);
  const results = (await Promise.all([due(), due(), due(), due()])).flat();
  expect(results.filter((result) => result === 'started')).toHaveLength(1);
  expect(await executions(scope)).toMatchObject([
    { status: 'running', kind: 0, occurrence: minutes(10).toISOString() },
  ]);
  expect(await campaign(scope, id)).toMatchObject({ status: 'running' });
});

test('a time less than five minutes ahead is refused', async () => {
  const scope = await organization();
  const id = await createReady(scope);
  await expect(scheduleCampaign(scope, { id }, { at: minutes(4.9) })).rejects.toMatchObject({
    code: 'SCHEDULE_TOO_SOON',
  });
  expect(await campaign(scope, id)).toMatchObject({ status: 'draft', schedule: null });
});

test('an unscheduled or paused campaign does not start', async () => {
  const scope = await organization();
  await unscheduleCampaign(scope, { id: await scheduled(scope, minutes(10)) });
  await pauseCampaign(scope, { id: await scheduled(scope, minutes(10)) });
  world.now = minutes(11);
  expect(await due()).toEqual([]);
});

test('later than its grace it is missed, visibly, and a draft again', async () => {
  const scope = await organization();
  const id = await scheduled(scope, minutes(10));
  world.now = minutes(71);
  expect(await due()).toEqual(['missed']);
  expect(await campaign(scope, id)).toMatchObject({ status: 'draft', schedule: { missed: 'late' } });
  expect(await executions(scope)).toMatchObject([{ status: 'missed' }]);
});

test('waiting for a place among the running is not lateness', async () => {
  const scope = await organization();
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1 } });
  await scheduled(scope, minutes(10));
  const second = await scheduled(scope, minutes(10));
  world.now = minutes(10);
  expect(await due()).toEqual(['started', 'waits']);
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 2 } });
  world.now = minutes(200);
  expect(await due()).toEqual(['started']);
  expect(await campaign(scope, second)).toMatchObject({ status: 'running' });
});

test('what is not ready when it is due is missed with the reason', async () => {
  const scope = await organization();
  const id = await scheduled(scope, minutes(10));
  await updateOrganizationSettings(scope, { postalAddress: null });
  world.now = minutes(10);
  expect(await due()).toEqual(['missed']);
  expect(await campaign(scope, id)).toMatchObject({ schedule: { missed: expect.stringContaining('postal address') } });
});

test('an audience that is too large when it is due is missed with the reason, and holds up nobody', async () => {
  const scope = await organization();
  await scope.write((em) =>
    em.execute(
      `insert into campaign.contact (org_no, external_id, country) select ?, 'p-' || i, 'DE' from generate_series(1, 3) i`,
      [scope.viewer.organizationNo],
    ),
  );
  const id = await scheduled(scope, minutes(10));
  const other = await organization();
  const small = await scheduled(other, minutes(11));
  world.now = minutes(12);
  expect(await startDueCampaigns(world.ledger, { ...world.parts, maxAudience: 2 })).toEqual(['missed', 'started']);
  expect(await campaign(scope, id)).toMatchObject({ schedule: { missed: expect.stringContaining('more than 2') } });
  expect(await campaign(other, small)).toMatchObject({ status: 'running' });
});
