import { estimateAudience } from '../../src/campaign/audience-estimation';
import { archiveCampaign, cancelCampaign } from '../../src/campaign/change-status';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { scheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { createFromPreset, createPreset } from '../../src/preset/preset-service';
import type { Scope } from '../../src/scope';
import type { Rule } from '../../src/segment/rule.types';
import { archiveSegment, createSegment, updateSegment } from '../../src/segment/segment-service';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const organization = () => readyScope(world, `archive-${++organizations}`);
const rules = { field: 'country', operator: 'equals', value: 'DE' } as const;
const germans = (scope: Scope, name = 'Germans') => createSegment(scope, { name, rules });
const campaignOf = (scope: Scope, segmentId: string, name = 'Autumn') =>
  createReady(scope, {
    fields: { name },
    audiences: [
      { kind: 'INCLUDE', rules },
      { kind: 'EXCLUDE', segmentId },
    ],
  });
const segmentRow = async (scope: Scope, id: string) => {
  const sql = 'select version, name, archived_at, updated_at from campaign.segment where id = $1';
  return (await scope.read((tx) => tx.query<{ version: number; archived_at: Date | null }>(sql, [id])))[0];
};

test('an archived segment is changed no more, and leaves its name to another', async () => {
  const scope = await organization();
  const id = await germans(scope);
  await expect(archiveSegment(scope, { id, version: 2 })).rejects.toMatchObject({ code: 'CONFLICT', path: 'version' });
  await expect(archiveSegment(await organization(), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await archiveSegment(scope, { id, version: 1 });
  expect(await segmentRow(scope, id)).toMatchObject({ version: 2, archived_at: world.now });
  await expect(archiveSegment(scope, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(updateSegment(scope, { id, version: 2, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await germans(scope, 'GERMANS');
  await expect(germans(scope)).rejects.toMatchObject({ code: 'AUDIENCE_SEGMENT_NAME_TAKEN', path: 'name' });
});

test('a segment stays while a campaign that is not over has it, and the refusal names a few of them', async () => {
  const scope = await organization();
  const id = await germans(scope);
  const [first = '', ...others] = await Promise.all(
    ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven'].map((name) => campaignOf(scope, id, name)),
  );
  await scheduleCampaign(scope, { id: first }, { at: new Date(world.now.getTime() + 3_600_000) });
  const crowded = await archiveSegment(scope, { id }).catch((error: unknown) => error);
  expect(crowded).toMatchObject({ code: 'AUDIENCE_SEGMENT_IN_USE', path: 'id' });
  expect((crowded as Error).message).toMatch(/: (\w+ \(cmp_\w+\)(, )?){5} and 2 more$/);
  for (const other of others) await archiveCampaign(scope, { id: other });
  await expect(archiveSegment(scope, { id })).rejects.toMatchObject({
    message: `campaigns that are not over have it as an audience: One (${first})`,
  });
  await cancelCampaign(scope, { id: first }, 'over');
  await archiveSegment(scope, { id });
});

test('nobody can give a campaign an archived segment, nor estimate one', async () => {
  const scope = await organization();
  const segmentId = await germans(scope);
  await archiveSegment(scope, { id: segmentId });
  const refused = {
    code: 'AUDIENCE_SEGMENT_ARCHIVED',
    message: `the segment Germans (${segmentId}) is archived: choose another audience`,
    path: 'audiences[1].segmentId',
  };
  await expect(campaignOf(scope, segmentId)).rejects.toMatchObject(refused);
  const audiences = [
    { kind: 'INCLUDE', rules },
    { kind: 'EXCLUDE', segmentId },
  ] as const;
  const id = await createReady(scope);
  await expect(editCampaign(scope, { id, version: 1, audiences })).rejects.toMatchObject(refused);
  await expect(estimateAudience(scope, { audiences })).rejects.toMatchObject(refused);
});

test('copies of a campaign that is over tell which of their segments is archived, and start with another audience', async () => {
  const scope = await organization();
  const segmentId = await germans(scope);
  const source = await campaignOf(scope, segmentId, 'Source');
  const presetId = await createPreset(scope, { campaignId: source, name: 'Kept' });
  await cancelCampaign(scope, { id: source }, 'over');
  await archiveSegment(scope, { id: segmentId });
  const refused = { code: 'AUDIENCE_SEGMENT_ARCHIVED', path: 'audiences[1].segmentId' };
  const clone = await cloneCampaign(scope, { id: source, name: 'Clone' });
  const ofPreset = await createFromPreset(scope, { presetId, name: 'Of a preset' });
  const at = new Date(world.now.getTime() + 3_600_000);
  for (const id of [clone, ofPreset]) {
    await expect(startCampaign(scope, { id })).rejects.toMatchObject(refused);
    await expect(scheduleCampaign(scope, { id }, { at })).rejects.toMatchObject(refused);
    await expect(estimateAudience(scope, { campaignId: id })).rejects.toMatchObject(refused);
    expect((await planLaunch(scope, id)).refusals).toMatchObject([refused]);
    await editCampaign(scope, { id, version: 1, audiences: [{ kind: 'INCLUDE', rules }] });
    await startCampaign(scope, { id });
  }
});

test('whoever archives a segment while it is given to a campaign comes before or after, never between', async () => {
  const scope = await organization();
  for (let round = 0; round < 15; round++) {
    const id = await germans(scope, `Raced ${round}`);
    const both = await Promise.allSettled([campaignOf(scope, id, `Raced ${round}`), archiveSegment(scope, { id })]);
    const codes = both.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'));
    expect([
      ['done', 'AUDIENCE_SEGMENT_IN_USE'],
      ['AUDIENCE_SEGMENT_ARCHIVED', 'done'],
    ]).toContainEqual(codes);
  }
});

test('a change that changes nothing makes no version and leaves no trace', async () => {
  const scope = await organization();
  const nested: Rule = { all: [rules, { field: 'attributes.age', operator: 'greater_than', value: 18 }] };
  const id = await createSegment(scope, { name: 'Grown up', rules: nested });
  const before = await segmentRow(scope, id);
  world.now = new Date(world.now.getTime() + 1_000);
  await updateSegment(scope, { id, version: 1 });
  await updateSegment(scope, { id, version: 1, name: ' Grown up ', rules: structuredClone(nested) });
  expect(await segmentRow(scope, id)).toEqual(before);
  const audit = `select count(*)::int as n from campaign.audit_entry where object_id = $1`;
  expect(await scope.read((tx) => tx.query(audit, [id]))).toEqual([{ n: 1 }]);
  await expect(updateSegment(scope, { id, version: 2 })).rejects.toMatchObject({ code: 'CONFLICT' });
  await updateSegment(scope, { id, version: 1, rules });
  expect(await segmentRow(scope, id)).toMatchObject({ version: 2 });
});
