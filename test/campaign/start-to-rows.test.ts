import { estimateAudience } from '../../src/campaign/audience-estimation';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import { DISPOSITION, dispositionName, REASON } from '../../src/shared/ledger-codes';
import { createReady, email, openWorld, readyScope, type World } from './campaign-world';

let world: World;
let scope: Scope;
const fields = { holdoutHundredths: 1_250 };
const variants = [
  { name: 'A', allocation: 33.34, channels: [email('A')] },
  { name: 'B', allocation: 33.33, channels: [email('B')] },
  { name: 'None', allocation: 33.33, isControl: true },
];

beforeAll(async () => {
  world = await openWorld();
  scope = await readyScope(world, 'rows');
  const contacts = Array.from({ length: 600 }, (_, index) => ({
    externalId: `c-${index}`,
    email: index % 7 === 0 ? null : `c-${index}@example.com`,
    emailOptedIn: index % 5 !== 0,
    country: index % 3 === 0 ? 'FR' : 'DE',
  }));
  await importContacts(
    { database: world.parts.database, orgNo: scope.viewer.organizationNo, now: world.parts.now },
    contacts,
  );
});
afterAll(() => world.close());

const execNoOf = async (id: string | null) =>
  (await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [id]))[0]
    ?.exec_no ?? 0;
const step = (execNo: number) => expandStep(world.ledger, { execNo, now: world.now, batch: 150, chunkSize: 40 });
const expandAll = async (execNo: number): Promise<void> => {
  while (!(await step(execNo)).closed);
};
const rowsBy = async (execNo: number) => {
  const rows = await world.ledger.query<{ disposition: number; n: number }>(
    'select disposition, count(*) as n from campaign.message where exec_no = $1 group by 1',
    [execNo],
  );
  return Object.fromEntries(rows.map(({ disposition, n }) => [dispositionName.get(disposition), n]));
};

test('an execution finds exactly the people that the estimate counted', async () => {
  const id = await createReady(scope, { fields: { ...fields, name: 'Counted' }, variants });
  const estimate = await estimateAudience(scope, { campaignId: id });
  const execNo = await execNoOf((await startCampaign(scope, { id })).executionId);
  await expandAll(execNo);
  const skipped = estimate.skipped.reduce((sum, { count }) => sum + count, 0);
  expect(estimate.people).toBe(400);
  expect(await rowsBy(execNo)).toEqual({
    queued: estimate.sent,
    control: estimate.control,
    held_out: estimate.heldOut,
    skipped,
  });
  const [event] = await world.ledger.query<{ payload: unknown }>(
    `select payload from campaign.outbox where exec_no = $1 and kind = 'campaign.started'`,
    [execNo],
  );
  expect(event?.payload).toMatchObject({ audienceSize: 400 });
});

test('pausing between two steps of expansion and resuming changes nobody', async () => {
  const plain = await createReady(scope, { fields: { name: 'Plain' } });
  const paused = await createReady(scope, { fields: { name: 'Paused' } });
  const plainNo = await execNoOf((await startCampaign(scope, { id: plain })).executionId);
  await expandAll(plainNo);
  const pausedNo = await execNoOf((await startCampaign(scope, { id: paused })).executionId);
  await step(pausedNo);
  await pauseCampaign(scope, { id: paused });
  expect(await step(pausedNo)).toMatchObject({ judged: 0 });
  await resumeCampaign(scope, { id: paused });
  await expandAll(pausedNo);
  const contacts = (execNo: number) =>
    world.ledger.query('select contact_no, disposition from campaign.message where exec_no = $1 order by 1', [execNo]);
  expect(await contacts(pausedNo)).toEqual(await contacts(plainNo));
});

test('a cancelled execution judges nobody any more', async () => {
  const id = await createReady(scope, { fields: { name: 'Cancelled' } });
  const execNo = await execNoOf((await startCampaign(scope, { id })).executionId);
  const first = await step(execNo);
  await cancelCampaign(scope, { id }, 'a mistake');
  expect(await step(execNo)).toMatchObject({ judged: 0, closed: true });
  const [row] = await world.ledger.query<{ n: number }>(
    'select count(*) as n from campaign.message where exec_no = $1',
    [execNo],
  );
  expect(row?.n).toBe(first.judged);
});

test('an audience above the limit is refused at the start, with what to do, and nothing is started', async () => {
  const id = await createReady(scope, { fields: { ...fields, name: 'Too large' }, variants });
  await expect(startCampaign({ ...scope, maxAudience: 399 }, { id })).rejects.toMatchObject({
    code: 'AUDIENCE_TOO_LARGE',
    message: expect.stringContaining('MAX_AUDIENCE'),
  });
  const [row] = await world.ledger.query<{ status: string; executions: number }>(
    `select status, (select count(*) from campaign.execution e where e.campaign_no = c.campaign_no) as executions
     from campaign.campaign c where id = $1`,
    [id],
  );
  expect(row).toEqual({ status: 'draft', executions: 0 });
  await expect(startCampaign({ ...scope, maxAudience: 400 }, { id })).resolves.toMatchObject({ campaignId: id });
});

test('the control group of the organization is the same people in each of its campaigns, and nobody writes to them', async () => {
  await updateOrganizationSettings(scope, { controlGroupPercentage: 10, limits: { runningCampaigns: 100 } });
  const spared = async (name: string): Promise<unknown[]> => {
    const id = await createReady(scope, { fields: { ...fields, name }, variants });
    const estimate = await estimateAudience(scope, { campaignId: id });
    const execNo = await execNoOf((await startCampaign(scope, { id })).executionId);
    await expandAll(execNo);
    expect((await rowsBy(execNo)).held_out).toBe(estimate.heldOut);
    return world.ledger.query(
      `select contact_no, disposition from campaign.message where exec_no = $1 and gate = ${REASON.organization_control} order by 1`,
      [execNo],
    );
  };
  const first = await spared('First of two');
  expect(await spared('Second of two')).toEqual(first);
  // Of 400 people a tenth, more or less; all of them held out.
  expect(first.length).toBeGreaterThan(20);
  expect(first.length).toBeLessThan(60);
  expect(first).toEqual(first.map((row) => ({ ...(row as object), disposition: DISPOSITION.held_out })));
  await updateOrganizationSettings(scope, { controlGroupPercentage: 0 });
});
