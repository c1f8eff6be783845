import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { scheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { expandStep } from '../../src/dispatch/expand';
import { complete, findFinished } from '../../src/dispatch/sweep';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { previewSchedule } from '../../src/schedule/schedule-preview';
import type { Scope } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from './campaign-world';

let world: World;
let organizations = 0;
// A Saturday.
const begin = new Date('2026-11-21T10:00:00Z');
const hours = (n: number) => new Date(begin.getTime() + n * 3_600_000);
const daily = { cron: '0 12 * * *', timeZone: 'UTC' };

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => {
  world.now = begin;
});
// The next test moves the same clock.
afterEach(() => world.ledger.query('update campaign.campaign set archived_at = created_at'));
afterAll(() => world.close());

const due = () => startDueCampaigns(world.ledger, world.parts);
const rows = <Row extends object>(scope: Scope, sql: string, values: unknown[] = []) =>
  scope.read((tx) => tx.query<Row>(sql, values));
const campaign = async (scope: Scope, id: string) =>
  (
    await rows<{ status: string; schedule: Record<string, unknown>; version: number }>(
      scope,
      'select * from campaign.campaign where id = $1',
      [id],
    )
  )[0];
const executions = async (scope: Scope) =>
  (
    await rows<{ occurrence: string; status: string; reason: string | null }>(
      scope,
      'select occurrence, status, reason from campaign.execution order by exec_no',
    )
  ).map(({ occurrence, status, reason }) => [occurrence.slice(5, 16), status, reason]);

/** What the dispatcher does with an audience of nobody: all of it. */
async function finish(): Promise<void> {
  const open = await world.ledger.query<{ exec_no: number }>(
    "select exec_no from campaign.execution where status = 'running' and not audience_closed",
  );
  for (const { exec_no: execNo } of open)
    await expandStep(world.ledger, { execNo, now: world.now, batch: 100, chunkSize: 10 });
  await complete(world.ledger, await findFinished(world.ledger), world.now);
}

async function recurring(over: { count?: number; endAt?: Date } = {}) {
  const scope = await readyScope(world, `recur-${++organizations}`);
  const { count, endAt = null } = over;
  const id = await createReady(scope, { type: 'RECURRING', fields: { name: `Daily ${organizations}`, endAt } });
  await scheduleCampaign(scope, { id }, { recurrence: { ...daily, ...(count && { count }) } });
  return { scope, id };
}

test('it goes back to scheduled after each execution, until its count is reached', async () => {
  const { scope, id } = await recurring({ count: 2 });
  expect(await campaign(scope, id)).toMatchObject({ schedule: { at: hours(2).toISOString(), passed: 0 } });
  world.now = hours(2);
  expect(await due()).toEqual(['started']);
  expect(await campaign(scope, id)).toMatchObject({ status: 'running', schedule: { at: hours(26).toISOString() } });
  await finish();
  expect(await campaign(scope, id)).toMatchObject({ status: 'scheduled', schedule: { passed: 1 } });
  world.now = hours(26);
  await due();
  await finish();
  expect(await campaign(scope, id)).toMatchObject({ status: 'completed' });
  expect(await executions(scope)).toEqual([
    ['11-21T12:00', 'completed', null],
    ['11-22T12:00', 'completed', null],
  ]);
});

test('an occurrence that falls due while the one before is under way is missed for the overlap', async () => {
  const { scope, id } = await recurring();
  world.now = hours(2);
  await due();
  world.now = hours(26);
  expect((await Promise.all([due(), due(), due()])).flat().filter((one) => one === 'missed')).toHaveLength(1);
  expect(await executions(scope)).toEqual([
    ['11-21T12:00', 'running', null],
    ['11-22T12:00', 'missed', 'overlap'],
  ]);
  await finish();
  expect(await campaign(scope, id)).toMatchObject({
    status: 'scheduled',
    schedule: { at: hours(50).toISOString(), missed: 'overlap' },
  });
});

test('what falls due during a pause is missed and never caught up, whether or not a scheduler looked', async () => {
  const { scope, id } = await recurring();
  await pauseCampaign(scope, { id });
  world.now = hours(3);
  expect(await due()).toEqual(['missed']);
  world.now = hours(60);
  await resumeCampaign(scope, { id });
  expect(await executions(scope)).toEqual([
    ['11-21T12:00', 'missed', 'paused'],
    ['11-22T12:00', 'missed', 'paused'],
    ['11-23T12:00', 'missed', 'paused'],
  ]);
  expect(await due()).toEqual([]);
  expect(await campaign(scope, id)).toMatchObject({ status: 'scheduled', schedule: { at: hours(74).toISOString() } });
});

test('a pause that outlasts the calendar ends in a completed campaign', async () => {
  const { scope, id } = await recurring({ count: 1 });
  await pauseCampaign(scope, { id });
  world.now = hours(3);
  await resumeCampaign(scope, { id });
  expect(await campaign(scope, id)).toMatchObject({ status: 'completed' });
});

test('one that is late, or not ready, is missed alone; the next is held', async () => {
  const { scope, id } = await recurring();
  world.now = hours(3.5);
  expect(await due()).toEqual(['missed']);
  await updateOrganizationSettings(scope, { postalAddress: null });
  world.now = hours(26);
  expect(await due()).toEqual(['missed']);
  await updateOrganizationSettings(scope, { postalAddress: 'Main Street 1' });
  world.now = hours(50);
  expect(await due()).toEqual(['started']);
  expect(await executions(scope)).toEqual([
    ['11-21T12:00', 'missed', 'late'],
    ['11-22T12:00', 'missed', expect.stringContaining('postal address')],
    ['11-23T12:00', 'running', null],
  ]);
  expect(await campaign(scope, id)).toMatchObject({ status: 'running' });
});

test('its end date ends it, between two occurrences as well, and also when it comes to be known during a pause', async () => {
  const { scope, id } = await recurring({ endAt: hours(30) });
  world.now = hours(2);
  await due();
  await finish();
  await pauseCampaign(scope, { id });
  await editCampaign(scope, { id, version: (await campaign(scope, id))?.version ?? 0, fields: { endAt: hours(10) } });
  await resumeCampaign(scope, { id });
  expect(await campaign(scope, id)).toMatchObject({ status: 'completed' });
  const other = await recurring({ endAt: hours(30) });
  world.now = hours(26);
  await due();
  await finish();
  expect(await campaign(other.scope, other.id)).toMatchObject({ status: 'completed' });
});

test('its end is told once, though a round of retries ends together with the last execution', async () => {
  const { scope, id } = await recurring({ count: 2 });
  world.now = hours(2);
  await due();
  await finish();
  world.now = hours(26);
  await due();
  await world.ledger.query(
    `update campaign.execution set status = 'running', round = 2, completed_at = null
     where status = 'completed' and campaign_no = (select campaign_no from campaign.campaign where id = $1)`,
    [id],
  );
  await finish();
  expect(await campaign(scope, id)).toMatchObject({ status: 'completed' });
  const told = await rows<{ kind: string }>(scope, "select kind from campaign.outbox where kind like '%.completed'");
  expect(told.map(({ kind }) => kind).sort()).toEqual([
    'campaign.completed',
    'execution.completed',
    'execution.completed',
    'execution.completed',
  ]);
});

test('a start by hand is one occurrence more, and leaves the calendar as it is', async () => {
  const { scope, id } = await recurring();
  await startCampaign(scope, { id });
  await finish();
  expect(await campaign(scope, id)).toMatchObject({
    status: 'scheduled',
    schedule: { at: hours(2).toISOString(), passed: 0 },
  });
  world.now = hours(2);
  expect(await due()).toEqual(['started']);
});

test('the preview tells the very times at which it is held', async () => {
  const { scope, id } = await recurring({ count: 3 });
  const { occurrences } = await previewSchedule(scope, { campaignId: id, first: 10 });
  for (const at of occurrences) {
    world.now = at;
    expect(await due()).toEqual(['started']);
    await finish();
  }
  expect(occurrences).toEqual([hours(2), hours(26), hours(50)]);
  expect((await executions(scope)).map(([, status]) => status)).toEqual(['completed', 'completed', 'completed']);
});

test('a calendar is foretold from any later time on, however many times lie between', async () => {
  const { scope, id } = await recurring();
  const { occurrences } = await previewSchedule(scope, { campaignId: id, after: hours(24 * 200), first: 2 });
  expect(occurrences).toEqual([hours(24 * 200 + 2), hours(24 * 201 + 2)]);
});

test('a calendar that is counted is foretold beyond its first hundred times, up to the last of them', async () => {
  const { scope, id } = await recurring({ count: 150 });
  const from = (day: number) => previewSchedule(scope, { campaignId: id, after: hours(24 * day), first: 3 });
  expect((await from(120)).occurrences).toEqual([120, 121, 122].map((day) => hours(24 * day + 2)));
  expect((await from(148)).occurrences).toEqual([148, 149].map((day) => hours(24 * day + 2)));
  expect((await from(150)).occurrences).toEqual([]);
});

test('a draft that is to recur and has no calendar is not held once by hand: it is to be scheduled', async () => {
  const scope = await readyScope(world, `recur-${++organizations}`);
  const id = await createReady(scope, { type: 'RECURRING' });
  await expect(startCampaign(scope, { id })).rejects.toMatchObject({ code: 'SCHEDULE_INVALID', path: 'recurrence' });
  expect(await campaign(scope, id)).toMatchObject({ status: 'draft' });
  expect(await executions(scope)).toEqual([]);
});

test('each kind is scheduled in its own way, and nothing else', async () => {
  const scope = await readyScope(world, `recur-${++organizations}`);
  const once = await createReady(scope);
  const often = await createReady(scope, { type: 'RECURRING' });
  const refused = { code: 'SCHEDULE_INVALID' };
  await expect(scheduleCampaign(scope, { id: once }, { recurrence: daily })).rejects.toMatchObject(refused);
  await expect(scheduleCampaign(scope, { id: once }, {})).rejects.toMatchObject(refused);
  await expect(scheduleCampaign(scope, { id: often }, { at: hours(1) })).rejects.toMatchObject(refused);
  await expect(scheduleCampaign(scope, { id: often }, { recurrence: { cron: 'x' } })).rejects.toMatchObject(refused);
});

test('a cancelled one is never due again', async () => {
  const { scope, id } = await recurring();
  await cancelCampaign(scope, { id }, 'enough');
  world.now = hours(26);
  expect(await due()).toEqual([]);
});

test('a start beyond the places waits for one as a scheduled campaign, however often it is asked for', async () => {
  const scope = await readyScope(world, `recur-${++organizations}`);
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1 } });
  const first = await createReady(scope);
  const second = await createReady(scope);
  await startCampaign(scope, { id: first });
  const waits = { campaignId: second, executionId: null };
  expect(await startCampaign(scope, { id: second }, 'key')).toEqual(waits);
  expect(await startCampaign(scope, { id: second }, 'key')).toEqual(waits);
  expect(await startCampaign(scope, { id: second })).toEqual(waits);
  expect(await campaign(scope, second)).toMatchObject({
    status: 'scheduled',
    version: 2,
    schedule: { at: begin.toISOString(), waitsForPlace: true },
  });
  world.now = hours(5);
  expect(await due()).toEqual(['waits']);
  await finish();
  expect(await due()).toEqual(['started']);
  expect(await campaign(scope, second)).toMatchObject({ status: 'running' });
});

test('a start that waits for a place is no occurrence: neither a pause nor a refusal uses it up', async () => {
  const scope = await readyScope(world, `recur-${++organizations}`);
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1 } });
  await startCampaign(scope, { id: await createReady(scope) });
  const id = await createReady(scope);
  await startCampaign(scope, { id });
  await pauseCampaign(scope, { id });
  world.now = hours(30);
  expect(await due()).toEqual([]);
  await resumeCampaign(scope, { id });
  expect(await due()).toEqual(['waits']);
  await updateOrganizationSettings(scope, { postalAddress: null });
  expect(await due()).toEqual(['missed']);
  expect(await campaign(scope, id)).toMatchObject({ status: 'draft' });
});
