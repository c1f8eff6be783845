import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import type { CampaignDraft } from '../../src/campaign/create-campaign';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { scheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { workChunk } from '../../src/delivery/chunk-work';
import { Pace } from '../../src/delivery/pace';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { expandStep } from '../../src/dispatch/expand';
import { layAside } from '../../src/dispatch/lay-aside';
import { cancelChunk, complete, findCancelledChunks, findFinished } from '../../src/dispatch/sweep';
import { retryFailed } from '../../src/execution/retry-failed';
import { openWorkOf, waitingFor } from '../../src/execution/waiting';
import { findDifferences } from '../../src/operations/check-invariants';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { createScope, type Scope } from '../../src/scope';
import { endWaits, findWaiting } from '../../src/session/login-wait-ends';
import { takeSessions } from '../../src/session/take-sessions';
import type { Answer, OutgoingMessage } from '../../src/transports/transport';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { testSender } from '../delivery/test-sender';

let world: World;
let organizations = 0;
// A Saturday.
const begin = new Date('2026-11-21T10:00:00Z');
const hours = (n: number) => new Date(begin.getTime() + n * 3_600_000);

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => {
  world.now = begin;
});
// The next test moves the same clock.
afterEach(() => world.ledger.query('update campaign.campaign set archived_at = created_at'));
afterAll(() => world.close());

const inApp: Partial<CampaignDraft> = {
  variants: [
    {
      name: 'A',
      allocation: 100,
      channels: [{ kind: 'in_app', content: { title: 'Hello', body: '{{ first_name }}' } }],
    },
  ],
};

async function organizationOf(people: number): Promise<Scope> {
  const scope = await readyScope(world, `aside-${++organizations}`);
  await world.ledger.query(
    `insert into campaign.contact (org_no, external_id, country) select $1, 'p-' || i, 'DE' from generate_series(1, $2::int) i`,
    [scope.viewer.organizationNo, people],
  );
  return scope;
}

/** What the dispatcher does, with nobody there to send. */
async function dispatch(): Promise<void> {
  const open = await world.ledger.query<{ exec_no: number }>(
    "select exec_no from campaign.execution where status = 'running' and not audience_closed",
  );
  for (const { exec_no: execNo } of open)
    await expandStep(world.ledger, { execNo, now: world.now, batch: 100, chunkSize: 10 });
  const waiting = await findWaiting(world.ledger, world.now);
  for (const one of waiting) if (one.ended) await endWaits(world.ledger, one, world.now);
  await layAside(
    world.ledger,
    waiting.flatMap(({ execNo, onlyWaits }) => (onlyWaits ? [execNo] : [])),
  );
  for (const chunk of await findCancelledChunks(world.ledger)) await cancelChunk(world.ledger, chunk, world.now);
  await complete(world.ledger, await findFinished(world.ledger), world.now);
}

const refuse = ({ key }: OutgoingMessage): Answer => ({ key, outcome: 'refused', reason: 'no', permanent: true });

/** A sender works on what is due; who is there refuses. */
async function work(scope: Scope): Promise<void> {
  const chunks = await world.ledger.query<{ exec_no: number; chunk_no: number; fence: number }>(
    'select exec_no, chunk_no, fence from campaign.chunk where org_no = $1 and state = 0 order by 1, 2',
    [scope.viewer.organizationNo],
  );
  const parts = { ...testSender(world.ledger, async (messages) => messages.map(refuse)), clock: () => world.now };
  for (const { exec_no: execNo, chunk_no: chunkNo, fence } of chunks) {
    const execution = await new RunningExecutions(world.ledger).get(execNo);
    if (execution) await workChunk(parts, new Pace(100), execution, { execNo, chunkNo, fence, channel: 'in_app' });
  }
}

const due = () => startDueCampaigns(world.ledger, world.parts);
const login = (scope: Scope, n: number) => {
  const { organizationId, organizationNo: orgNo } = scope.viewer;
  const event = { organizationId, orgNo, externalId: `p-${n}`, kind: 'started', at: world.now.getTime() } as const;
  return world.ledger.transaction((tx) => takeSessions(tx, [event], { now: world.now, minutes: 30 }));
};
const executions = async (scope: Scope) =>
  (
    await world.ledger.query<{ status: string; aside: boolean; reason: string | null }>(
      'select status, aside, reason from campaign.execution where org_no = $1 order by exec_no',
      [scope.viewer.organizationNo],
    )
  ).map(({ status, aside, reason }) => [status, aside, reason]);
const statusOf = async (id: string) =>
  (await world.ledger.query<{ status: string }>('select status from campaign.campaign where id = $1', [id]))[0]?.status;
const versionOf = async (id: string) =>
  (await world.ledger.query<{ version: number }>('select version from campaign.campaign where id = $1', [id]))[0]
    ?.version ?? 0;
const dispositions = async (scope: Scope) =>
  world.ledger.query<{ disposition: number; n: number }>(
    'select disposition, count(*)::int as n from campaign.message where org_no = $1 group by 1 order by 1',
    [scope.viewer.organizationNo],
  );

async function waits(scope: Scope): Promise<{ reason?: string; inHours?: number }> {
  const [row] = await world.ledger.query<{ exec_no: number }>(
    'select exec_no from campaign.execution where org_no = $1 order by exec_no desc limit 1',
    [scope.viewer.organizationNo],
  );
  const reading = createScope(world.parts, scope.viewer);
  const found = await reading.read((tx) => openWorkOf.read(tx, [row?.exec_no ?? 0], reading));
  const work = found.get(String(row?.exec_no));
  const { reason, until } = (work && waitingFor(work, world.now)) ?? {};
  return {
    ...(reason && { reason }),
    ...(until && { inHours: Math.round((until.getTime() - world.now.getTime()) / 3_600_000) }),
  };
}

test('an execution says that it waits for logins, and until when; a pause counts for nothing', async () => {
  const scope = await organizationOf(3);
  const id = await createReady(scope, inApp);
  await startCampaign(scope, { id });
  await dispatch();
  expect(await waits(scope)).toEqual({ reason: 'LOGIN', inHours: 72 });
  world.now = hours(10);
  await pauseCampaign(scope, { id });
  expect(await waits(scope)).toEqual({ reason: 'PAUSE' });
  world.now = hours(80);
  await dispatch();
  await resumeCampaign(scope, { id });
  expect(await waits(scope)).toEqual({ reason: 'LOGIN', inHours: 62 });
  await dispatch();
  expect(await dispositions(scope)).toEqual([{ disposition: 0, n: 3 }]);
  world.now = hours(70 + 72);
  await dispatch();
  expect(await waits(scope)).toEqual({});
  expect(await findDifferences(world.ledger)).toEqual([]);
});

test('a login in a pause that is longer than the wait finds its message alive when the campaign goes on', async () => {
  // The resume moves what is due by the clock of the database.
  const start = Date.now() - 82 * 3_600_000;
  const at = (n: number) => new Date(start + n * 3_600_000);
  world.now = at(0);
  const scope = await organizationOf(2);
  const id = await createReady(scope, inApp);
  await startCampaign(scope, { id });
  await dispatch();
  world.now = at(10);
  await pauseCampaign(scope, { id });
  world.now = at(80);
  expect(await login(scope, 1)).toBe(1);
  world.now = at(81);
  await resumeCampaign(scope, { id });
  world.now = at(82 + 20);
  await login(scope, 1);
  await work(scope);
  expect(await dispositions(scope)).toEqual([
    { disposition: 0, n: 1 },
    { disposition: 4, n: 1 },
  ]);
});

test('a campaign that only waits for logins leaves its place to the next one, and ends with the last of them', async () => {
  const scope = await organizationOf(1);
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1 } });
  const [first, second] = [await createReady(scope, inApp), await createReady(scope, inApp)];
  await startCampaign(scope, { id: first });
  await startCampaign(scope, { id: second });
  expect(await statusOf(second)).toBe('scheduled');
  await dispatch();
  expect(await due()).toEqual(['started']);
  expect([await statusOf(first), await statusOf(second)]).toEqual(['running', 'running']);
  // Asked for again, the start answers the execution that waits.
  const [row] = await world.ledger.query<{ id: string }>(
    'select e.id from campaign.execution e join campaign.campaign c using (campaign_no) where c.id = $1',
    [first],
  );
  expect(await startCampaign(scope, { id: first })).toEqual({ campaignId: first, executionId: row?.id });
});

test('a recurring campaign goes on to its next occurrence, and each occurrence waits for itself', async () => {
  const scope = await organizationOf(2);
  const id = await createReady(scope, { ...inApp, type: 'RECURRING' });
  await scheduleCampaign(scope, { id }, { recurrence: { cron: '0 12 * * *', timeZone: 'UTC', count: 2 } });
  world.now = hours(2);
  expect(await due()).toEqual(['started']);
  await dispatch();
  expect(await statusOf(id)).toBe('scheduled');
  world.now = hours(26);
  expect(await due()).toEqual(['started']);
  await dispatch();
  // No time is left: it runs until nobody waits any more.
  expect(await statusOf(id)).toBe('running');
  expect(await executions(scope)).toEqual([
    ['running', true, null],
    ['running', true, null],
  ]);
  world.now = hours(2 + 72);
  await dispatch();
  await work(scope);
  await dispatch();
  expect([await statusOf(id), (await executions(scope)).map(([status]) => status)]).toEqual([
    'running',
    ['completed', 'running'],
  ]);
  world.now = hours(26 + 72);
  await dispatch();
  await work(scope);
  await dispatch();
  expect(await statusOf(id)).toBe('completed');
});

test('a calendar that ends while people of an occurrence wait leaves a campaign that can be stopped', async () => {
  const scope = await organizationOf(2);
  const id = await createReady(scope, { ...inApp, type: 'RECURRING' });
  await scheduleCampaign(scope, { id }, { recurrence: { cron: '0 12 * * *', timeZone: 'UTC', count: 2 } });
  world.now = hours(2);
  await due();
  await dispatch();
  await pauseCampaign(scope, { id });
  world.now = hours(30);
  // Its last occurrence passed in the pause.
  await resumeCampaign(scope, { id });
  expect(await statusOf(id)).toBe('running');
  await dispatch();
  expect([await statusOf(id), await due()]).toEqual(['running', []]);
  world.now = hours(30 + 72);
  await dispatch();
  await work(scope);
  await dispatch();
  expect(await statusOf(id)).toBe('completed');
});

test('one that goes on to its next occurrence is edited as one whose occurrences are over', async () => {
  const scope = await organizationOf(2);
  const id = await createReady(scope, { ...inApp, type: 'RECURRING' });
  await scheduleCampaign(scope, { id }, { recurrence: { cron: '0 12 * * *', timeZone: 'UTC' } });
  world.now = hours(2);
  await due();
  await dispatch();
  await pauseCampaign(scope, { id });
  expect(await executions(scope)).toEqual([['paused', true, null]]);
  await editCampaign(scope, { id, version: await versionOf(id), fields: { holdoutHundredths: 1_000 } });
  await resumeCampaign(scope, { id });
  expect(await executions(scope)).toEqual([['running', true, null]]);
});

test('the failed that are sent again wait for the next login', async () => {
  const scope = await organizationOf(2);
  const { executionId } = await startCampaign(scope, { id: await createReady(scope, inApp) });
  await dispatch();
  await login(scope, 1);
  await work(scope);
  expect(await dispositions(scope)).toEqual([
    { disposition: 0, n: 1 },
    { disposition: 4, n: 1 },
  ]);
  world.now = hours(10);
  expect(await retryFailed(scope, executionId ?? '')).toMatchObject({ messages: 1 });
  await work(scope);
  expect(await waits(scope)).toEqual({ reason: 'LOGIN', inHours: 72 });
  expect(await login(scope, 1)).toBe(1);
});

test('a cancelled campaign cancels those who wait for their login, and a login wakes none of them', async () => {
  const scope = await organizationOf(3);
  const id = await createReady(scope, inApp);
  await startCampaign(scope, { id });
  await dispatch();
  await cancelCampaign(scope, { id }, 'a mistake');
  expect(await login(scope, 1)).toBe(1);
  await dispatch();
  expect(await dispositions(scope)).toEqual([{ disposition: 8, n: 3 }]);
  expect(await findDifferences(world.ledger)).toEqual([]);
});
