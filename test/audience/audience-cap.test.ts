import { settleAudience } from '../../src/audience/audience-size';
import { presentPlan } from '../../src/campaign/audience-estimation';
import { pauseCampaign } from '../../src/campaign/change-status';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { createScope, type Scope } from '../../src/scope';
import { hashBucket } from '../../src/shared/hash-bucket';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function addPeople(scope: Scope, ids: readonly string[], country = 'DE'): Promise<void> {
  const intake = { database: world.parts.database, orgNo: scope.viewer.organizationNo, now: world.parts.now };
  await importContacts(
    intake,
    ids.map((externalId) => ({ externalId, email: `${externalId}@example.com`, emailOptedIn: true, country })),
  );
}

const capped = (scope: Scope, audienceCap: number): Promise<string> =>
  createReady(scope, { fields: { name: `Capped ${crypto.randomUUID()}`, audienceCap } });

async function started(scope: Scope, id: string): Promise<number> {
  const { executionId } = await startCampaign(scope, { id });
  const sql = 'select exec_no from campaign.execution where id = $1';
  const [row] = await world.ledger.query<{ exec_no: number }>(sql, [executionId]);
  return row?.exec_no ?? 0;
}

async function peopleOf(execNo: number): Promise<string[]> {
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 4, chunkSize: 10 })).closed);
  const rows = await world.ledger.query<{ id: string }>(
    `select c.external_id as id from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1 order by m.contact_no`,
    [execNo],
  );
  return rows.map(({ id }) => id);
}

test('of people with the same hash those with the lower numbers are in', async () => {
  const scope = await readyScope(world, 'cap-ties');
  const id = await capped(scope, 2);
  const [first = ''] = Array.from({ length: 1 }, () => 'p-0');
  const bucket = hashBucket(`cap:${id}:`, first);
  const same: string[] = [first];
  for (let n = 1; same.length < 3; n++) if (hashBucket(`cap:${id}:`, `p-${n}`) === bucket) same.push(`p-${n}`);
  for (const one of same) await addPeople(scope, [one]);
  expect(await peopleOf(await started(scope, id))).toEqual(same.slice(0, 2));
});

test('whoever joins the audience after the draw takes the place of another: there are never more than the cap', async () => {
  const scope = await readyScope(world, 'cap-joins');
  const ids = Array.from({ length: 40 }, (_, n) => `j-${n}`);
  await addPeople(scope, ids.slice(0, 20));
  await addPeople(scope, ids.slice(20), 'FR');
  const execNo = await started(scope, await capped(scope, 10));
  await addPeople(scope, ids.slice(20));
  expect(await peopleOf(execNo)).toHaveLength(10);
});

test('whoever leaves it after the draw leaves a place empty: nobody is drawn in their stead', async () => {
  const scope = await readyScope(world, 'cap-leaves');
  const ids = Array.from({ length: 20 }, (_, n) => `l-${n}`);
  await addPeople(scope, ids);
  const id = await capped(scope, 10);
  const drawn = ids.toSorted((a, b) => hashBucket(`cap:${id}:`, a) - hashBucket(`cap:${id}:`, b)).slice(0, 10);
  const execNo = await started(scope, id);
  await addPeople(scope, drawn.slice(0, 3), 'FR');
  expect((await peopleOf(execNo)).sort()).toEqual(drawn.slice(3).sort());
});

test('it is fixed once the campaign has started, as its audiences are', async () => {
  const scope = await readyScope(world, 'cap-fixed');
  await addPeople(scope, ['f-1']);
  const id = await capped(scope, 10);
  await editCampaign(scope, { id, version: 1, fields: { audienceCap: 20 } });
  const execNo = await started(scope, id);
  await pauseCampaign(scope, { id });
  await world.ledger.query(`update campaign.execution set status = 'completed' where exec_no = $1`, [execNo]);
  const [row] = await world.ledger.query<{ version: number }>('select version from campaign.campaign where id = $1', [
    id,
  ]);
  await expect(
    editCampaign(scope, { id, version: row?.version ?? 0, fields: { audienceCap: null } }),
  ).rejects.toMatchObject({ code: 'CAMPAIGN_LOCKED', path: 'audienceCap' });
});

test('an audience that is larger than an execution may have starts with a cap, and not without', async () => {
  const scope = await readyScope(world, 'cap-large');
  await addPeople(
    scope,
    Array.from({ length: 12 }, (_, n) => `x-${n}`),
  );
  const small = createScope({ ...world.parts, maxAudience: 10 }, scope.viewer);
  const plan = await presentPlan(small, await capped(small, 10));
  expect(await settleAudience(small, plan)).toMatchObject({ people: 10 });
  const { audienceCap: _, ...uncapped } = plan;
  await expect(settleAudience(small, uncapped)).rejects.toMatchObject({ code: 'AUDIENCE_TOO_LARGE' });
});
