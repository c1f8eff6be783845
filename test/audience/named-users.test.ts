import { listNamedUsers } from '../../src/audience/named-users';
import { estimateAudience } from '../../src/campaign/audience-estimation';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { createScope, type Scope } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
let scope: Scope;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  scope = await readyScope(world, `named-${++organizations}`);
  await addPeople(Array.from({ length: 30 }, (_, n) => `p-${n}`));
});

const addPeople = (ids: readonly string[]) =>
  importContacts(
    { database: world.parts.database, orgNo: scope.viewer.organizationNo, now: world.parts.now },
    ids.map((externalId, n) => ({
      externalId,
      email: `${externalId}@example.com`,
      emailOptedIn: true,
      country: n % 2 === 0 ? 'DE' : 'FR',
    })),
  );

const germans = { kind: 'INCLUDE', rules: { field: 'country', operator: 'equals', value: 'DE' } } as const;
const only = (...userIds: string[]) => ({ kind: 'INCLUDE', userIds }) as const;
const but = (...userIds: string[]) => ({ kind: 'EXCLUDE', userIds }) as const;
const fields = () => ({ name: `Named ${crypto.randomUUID()}` });

async function peopleOf(campaignId: string, batch = 3): Promise<string[]> {
  const { executionId } = await startCampaign(scope, { id: campaignId });
  const [row] = await world.ledger.query<{ no: number }>('select exec_no as no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch, chunkSize: 10 })).closed);
  const rows = await world.ledger.query<{ id: string }>(
    `select c.external_id as id from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1 order by c.contact_no`,
    [execNo],
  );
  return rows.map(({ id }) => id).sort();
}

test('whom a campaign names is its audience, less whom it excludes by name, as estimate and launch plan say', async () => {
  const names = ['p-9', 'p-3', 'p-4', ' p-3', 'nobody', 'p-12', 'p-1', 'p-29'];
  const audiences = [only(...names), but('p-4\t', 'nobody-either')];
  const id = await createReady(scope, { fields: fields(), audiences });
  expect(await estimateAudience(scope, { campaignId: id })).toMatchObject({ people: 5, perAudience: [6, 1] });
  expect(await estimateAudience(scope, { audiences })).toMatchObject({ people: 5, perAudience: [6, 1] });
  const { figures, excludedByAudience, warnings } = await planLaunch(scope, id);
  expect([figures.people, excludedByAudience]).toEqual([5, 1]);
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'USERS_UNKNOWN', people: 2 }));
  expect(await peopleOf(id)).toEqual(['p-1', 'p-12', 'p-29', 'p-3', 'p-9']);
});

test('names and rules are all asked for; an exclude wins over whatever includes', async () => {
  const id = await createReady(scope, {
    fields: fields(),
    audiences: [germans, only('p-2', 'p-3', 'p-4'), but('p-4')],
  });
  expect(await peopleOf(id)).toEqual(['p-2']);
  const rest = await createReady(scope, { fields: fields(), audiences: [germans, but('p-0', 'p-2')] });
  expect((await estimateAudience(scope, { campaignId: rest })).people).toBe(13);
  expect(await peopleOf(rest)).toHaveLength(13);
});

test('those whom the directory has not are told, page by page', async () => {
  const id = await createReady(scope, { fields: fields(), audiences: [germans, but('p-1', 'x-2', 'x-1', 'x-3')] });
  const [row] = await world.ledger.query<{ id: string }>(
    `select a.id from campaign.audience a join campaign.campaign c using (campaign_no) where c.id = $1 and named = 4`,
    [id],
  );
  const list = (of: Scope, isKnown: boolean | undefined, after?: string) =>
    of.read((tx) =>
      listNamedUsers(
        tx,
        { audienceId: row?.id ?? '', isKnown },
        { first: 2, after: after === undefined ? after : [after] },
      ),
    );
  const ids = async (...asked: Parameters<typeof list>) => (await list(...asked)).map(({ userId }) => userId);
  expect(await ids(scope, false)).toEqual(['x-1', 'x-2', 'x-3']);
  expect(await ids(scope, false, 'x-2')).toEqual(['x-3']);
  expect(await list(scope, true)).toEqual([{ userId: 'p-1', isKnown: true }]);
  expect(await ids(await world.scopeOf('somebody-else'), undefined)).toEqual([]);
});

test('who is named before the directory has them is meant once they come', async () => {
  const id = await createReady(scope, { fields: fields(), audiences: [only('late')] });
  expect((await estimateAudience(scope, { campaignId: id })).people).toBe(0);
  await addPeople(['late']);
  expect(await peopleOf(id)).toEqual(['late']);
});

test('names are copied with a campaign, replaced with its audiences, and fixed with them once it has started', async () => {
  const id = await createReady(scope, { fields: fields(), audiences: [only('p-1', 'p-2')] });
  const copy = await cloneCampaign(scope, { id, name: `Copy ${crypto.randomUUID()}` });
  await editCampaign(scope, { id, version: 1, audiences: [only('p-5')] });
  expect(await peopleOf(copy)).toEqual(['p-1', 'p-2']);
  expect(await peopleOf(id)).toEqual(['p-5']);
  const [row] = await world.ledger.query<{ n: number }>(
    'select count(*) as n from campaign.named_user where org_no = $1',
    [scope.viewer.organizationNo],
  );
  expect(row?.n).toBe(3);
});

test('too many, and an id that is none, are refused where they stand', async () => {
  const small = createScope({ ...world.parts, maxNamedUsers: 2 }, scope.viewer);
  const refused = (userIds: string[]) =>
    createReady(small, { fields: fields(), audiences: [germans, but(...userIds)] });
  await expect(refused(['a', 'b', 'c'])).rejects.toMatchObject({
    code: 'AUDIENCE_TOO_MANY',
    path: 'audiences[1].userIds',
  });
  await expect(refused([])).rejects.toMatchObject({ code: 'AUDIENCE_TOO_MANY' });
  await expect(refused(['a', ' '])).rejects.toMatchObject({
    code: 'AUDIENCE_INVALID',
    path: 'audiences[1].userIds[1]',
  });
});
