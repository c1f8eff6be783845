import { workChunk } from '../../src/delivery/chunk-work';
import { Pace } from '../../src/delivery/pace';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { expandStep } from '../../src/dispatch/expand';
import { findDifferences } from '../../src/operations/check-invariants';
import type { OutgoingMessage } from '../../src/transports/transport';
import { testSender } from '../delivery/test-sender';
import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';

let world: GraphWorld;
let organizations = 0;
beforeAll(async () => {
  world = await openGraphWorld();
});
afterAll(() => world.close());

const MINUTE_MS = 60_000;
/** Half of the people are five and a half hours ahead of the other half. */
const AHEAD = 330;
const html = '<p>Hello</p><a href="{{ unsubscribe_url }}">stop</a>';

/** The hours around the present time of UTC, and of somebody so many minutes ahead of it. */
function around(ahead = 0, [before, after] = [60, 120]) {
  const minute = Math.floor(Date.now() / MINUTE_MS) + ahead;
  const clock = (at: number) => new Date(at * MINUTE_MS).toISOString().slice(11, 16);
  return { from: clock(minute - before), until: clock(minute + after) };
}

const fields = 'campaign { id version status } userErrors { code message path }';
const mutations = {
  create: `mutation($input: CreateCampaignInput!) { result: createCampaign(input: $input) { ${fields} } }`,
  update: `mutation($input: UpdateCampaignInput!) { result: updateCampaign(input: $input) { ${fields} } }`,
  clone: `mutation($input: CloneCampaignInput!) { result: cloneCampaign(input: $input) { ${fields} } }`,
  start: `mutation($input: StartCampaignInput!) { result: startCampaign(input: $input) { execution { id } ${fields} } }`,
  pause: `mutation($input: PauseCampaignInput!) { result: pauseCampaign(input: $input) { ${fields} } }`,
  resume: `mutation($input: CampaignActionInput!) { result: resumeCampaign(input: $input) { ${fields} } }`,
  settings: `mutation($input: UpdateOrganizationSettingsInput!) {
    result: updateOrganizationSettings(input: $input) { userErrors { code message path } } }`,
  preset: `mutation($input: CreateCampaignPresetInput!) {
    result: createCampaignPreset(input: $input) { preset { id } userErrors { code message path } } }`,
  fromPreset: `mutation($input: CreateCampaignFromPresetInput!) { result: createCampaignFromPreset(input: $input) { ${fields} } }`,
};

/** An organization with ten people, and whoever administers it. */
async function open(quietHours: object = { enabled: false }) {
  const organization = `windows-${++organizations}`;
  const token = await world.token(organization, { role: 'admin' });
  const ask = async (query: string, variables: object = {}) => {
    const { data, errors } = await world.post(token, query, variables);
    expect(errors).toEqual([]);
    return data;
  };
  const run = async (name: keyof typeof mutations, input: object) => (await ask(mutations[name], { input })).result;
  await run('settings', { postalAddress: 'Main Street 1', limits: { enabled: false }, quietHours });
  await world.ledger.query(
    `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, time_zone)
     select org_no, 'c-' || n, 'c' || n || '@example.com', true, true, case when n % 2 = 0 then 'UTC' else 'Asia/Kolkata' end
     from campaign.organization, generate_series(1, 10) n where id = $1`,
    [organization],
  );
  return { organization, ask, run };
}
type Caller = Awaited<ReturnType<typeof open>>;

const mailing = (over: object = {}) => ({
  name: `Mailing ${crypto.randomUUID()}`,
  variants: [{ name: 'A', allocation: 100, email: { content: { subject: 'Hi', html } } }],
  audiences: [{ rules: { field: 'email', operator: 'exists', value: true } }],
  ...over,
});

const written = async ({ ask }: Caller, id: string) =>
  (
    await ask(
      'query($id: ID!) { campaign(id: $id) { version sendWindows { days from until } excludeWeekends localTime { at ifPast } } }',
      { id },
    )
  ).campaign;

async function created(caller: Caller, over: object): Promise<string> {
  const { campaign, userErrors } = await caller.run('create', mailing(over));
  expect(userErrors).toEqual([]);
  return campaign.id;
}

/** Starts, judges everybody, and answers what a sender and a reader need. */
async function started(caller: Caller, id: string) {
  const { execution, userErrors } = await caller.run('start', { id });
  expect(userErrors).toEqual([]);
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    execution.id,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, batch: 100, chunkSize: 3 })).closed);
  const waiting = async () => {
    const { execution: seen } = await caller.ask(
      'query($id: ID!) { execution(id: $id) { waitingFor { reason until } reconciliation { sent queued balanced } } }',
      { id: execution.id },
    );
    return seen;
  };
  return { execNo, waiting };
}

/** Works off what is due, as a sender does, and answers to whom it went. */
async function send(execNo: number, executions: RunningExecutions): Promise<string[]> {
  const taken: OutgoingMessage[] = [];
  const parts = testSender(world.ledger, async (messages) => {
    taken.push(...messages);
    return messages.map(({ key }) => ({ key, outcome: 'accepted' as const }));
  });
  const due = await world.ledger.query<{ chunk_no: number; fence: number }>(
    'select chunk_no, fence from campaign.chunk where exec_no = $1 and state = 0 and due_at <= now() order by chunk_no',
    [execNo],
  );
  for (const { chunk_no: chunkNo, fence } of due) {
    const execution = await executions.get(execNo);
    if (execution) await workChunk({ ...parts, leaseMs: 1 }, new Pace(500), execution, { execNo, chunkNo, fence });
  }
  return taken.map(({ to }) => to).sort();
}

const people = (of: readonly number[]) => of.map((n) => `c${n}@example.com`).sort();
const here = people([2, 4, 6, 8, 10]);
const ahead = people([1, 3, 5, 7, 9]);
const asleep = { days: undefined, from: '00:00', until: '24:00' };

test('windows are written, read, copied and kept in presets', async () => {
  const caller = await open();
  const sendWindows = [
    { from: '09:00', until: '12:00' },
    { days: ['FRIDAY', 'SATURDAY'], from: '22:30', until: '00:15' },
    { days: ['MONDAY'], from: '00:00', until: '24:00' },
  ];
  const id = await created(caller, { sendWindows, excludeWeekends: true, localTime: { at: '09:30' } });
  const kept = {
    localTime: { at: '09:30', ifPast: 'NEXT_DAY' },
    sendWindows: [
      { ...sendWindows[0], days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] },
      ...sendWindows.slice(1),
    ],
    excludeWeekends: true,
  };
  expect(await written(caller, id)).toMatchObject(kept);
  const { campaign: copy } = await caller.run('clone', { id, name: 'A copy' });
  expect(await written(caller, copy.id)).toMatchObject(kept);
  const { preset } = await caller.run('preset', { campaignId: id, name: 'Kept' });
  const { campaign: made } = await caller.run('fromPreset', { presetId: preset.id, name: 'Made of it' });
  expect(await written(caller, made.id)).toMatchObject(kept);
  const none = { sendWindows: null, excludeWeekends: false, localTime: null };
  const { userErrors } = await caller.run('update', { id, version: 1, ...none });
  expect(userErrors).toEqual([]);
  expect(await written(caller, id)).toMatchObject({ version: 2, ...none, sendWindows: [] });
});

test.each([
  ['sendWindows[0].from', { sendWindows: [{ from: '9:00', until: '17:00' }] }],
  ['sendWindows[1].until', { sendWindows: [asleep, { from: '09:00', until: '24:01' }] }],
  ['sendWindows[0].until', { sendWindows: [{ from: '09:00', until: '09:00' }] }],
  ['sendWindows[0].days', { sendWindows: [{ from: '09:00', until: '10:00', days: [] }] }],
  ['sendWindows[0].days', { sendWindows: [{ from: '09:00', until: '10:00', days: ['MONDAY', 'MONDAY'] }] }],
  ['sendWindows', { sendWindows: Array.from({ length: 11 }, () => ({ from: '09:00', until: '10:00' })) }],
])('what no window can be is refused at %s', async (path, over) => {
  const caller = await open();
  const { userErrors } = await caller.run('create', mailing(over));
  expect(userErrors).toMatchObject([{ code: 'CAMPAIGN_INVALID', path }]);
});

test('windows that leave no minute of a week are refused when they are saved, and when quiet hours took the last one', async () => {
  const caller = await open({ enabled: true, from: '21:00', until: '08:00' });
  const night = { sendWindows: [{ from: '21:00', until: '08:00' }] };
  const weekend = {
    sendWindows: [{ days: ['SATURDAY', 'SUNDAY'], from: '09:00', until: '12:00' }],
    excludeWeekends: true,
  };
  expect((await caller.run('create', mailing(night))).userErrors).toMatchObject([
    { code: 'CAMPAIGN_NO_SEND_TIME', path: 'sendWindows', message: expect.stringContaining('email') },
  ]);
  expect((await caller.run('create', mailing(weekend))).userErrors).toMatchObject([
    { code: 'CAMPAIGN_NO_SEND_TIME', path: 'excludeWeekends' },
  ]);
  const id = await created(caller, { sendWindows: [{ from: '20:00', until: '21:00' }] });
  const { userErrors } = await caller.run('update', { id, version: 1, ...night });
  expect(userErrors).toMatchObject([{ code: 'CAMPAIGN_NO_SEND_TIME' }]);
  await caller.run('settings', { quietHours: { from: '19:59' } });
  expect((await caller.run('start', { id })).userErrors).toMatchObject([{ code: 'CAMPAIGN_NO_SEND_TIME' }]);
  const { launchPlan } = await caller.ask('query($id: ID!) { launchPlan(campaignId: $id) { refusals { code } } }', {
    id,
  });
  expect(launchPlan.refusals).toEqual([{ code: 'CAMPAIGN_NO_SEND_TIME' }]);
});

test('nobody is written to outside of a window; who is waits until it opens, and the execution says so', async () => {
  const caller = await open();
  const id = await created(caller, { sendWindows: [around()] });
  const { execNo, waiting } = await started(caller, id);
  expect(await send(execNo, new RunningExecutions(world.ledger))).toEqual(here);
  const { waitingFor, reconciliation } = await waiting();
  expect(waitingFor.reason).toBe('WINDOW');
  // The window began an hour ago in UTC; it opens there when the clock shows that time again.
  const opens = (Math.floor(Date.now() / MINUTE_MS) - 60 + 1_440 - AHEAD) * MINUTE_MS;
  expect(Math.abs(Date.parse(waitingFor.until) - opens)).toBeLessThanOrEqual(MINUTE_MS);
  expect(reconciliation).toEqual({ sent: 5, queued: 5, balanced: false });
  expect(await findDifferences(world.ledger, execNo)).toEqual([]);
});

test('windows edited in a pause reach the open execution: whoever may go now goes, each once', async () => {
  const caller = await open();
  const id = await created(caller, { sendWindows: [around()] });
  const { execNo, waiting } = await started(caller, id);
  const executions = new RunningExecutions(world.ledger);
  expect(await send(execNo, executions)).toEqual(here);
  const { campaign: paused } = await caller.run('pause', { id });
  const locked = await caller.run('update', { id, version: paused.version, localTime: { at: '09:30' } });
  expect(locked.userErrors).toMatchObject([{ code: 'CAMPAIGN_LOCKED', path: 'localTime' }]);
  const edit = await caller.run('update', { id, version: paused.version, sendWindows: [around(AHEAD)] });
  expect(edit.userErrors).toEqual([]);
  await caller.run('resume', { id });
  // By the sender that knows the plan of before nobody is guarded; it reads anew within a second.
  expect(await send(execNo, executions)).toEqual([]);
  expect(await send(execNo, new RunningExecutions(world.ledger))).toEqual(ahead);
  expect((await waiting()).reconciliation).toMatchObject({ sent: 10, queued: 0 });
  expect(await findDifferences(world.ledger, execNo)).toEqual([]);
  const [event] = await world.ledger.query<{ payload: { changedFields: string[] } }>(
    `select e.payload from campaign.outbox e join campaign.campaign c using (campaign_no)
     where c.id = $1 and e.kind = 'campaign.updated'`,
    [id],
  );
  expect(event?.payload.changedFields).toEqual(['sendWindows']);
  const { auditLog } = await caller.ask(
    `query($id: ID!) { auditLog(filter: { objectId: $id }) { edges { node { action changes { field } } } } }`,
    { id },
  );
  const changes = auditLog.edges.map(({ node }: { node: { action: string; changes: { field: string }[] } }) => node);
  expect(changes.find(({ action }: { action: string }) => action === 'updateCampaign')?.changes).toContainEqual({
    field: 'sendWindows',
  });
});

test('a window edited to another time keeps back those who were about to go', async () => {
  const caller = await open();
  const id = await created(caller, {});
  const { execNo, waiting } = await started(caller, id);
  const { campaign: paused } = await caller.run('pause', { id });
  const later = around(0, [-60, 120]);
  await caller.run('update', { id, version: paused.version, sendWindows: [later] });
  await caller.run('resume', { id });
  expect(await send(execNo, new RunningExecutions(world.ledger))).toEqual([]);
  const { waitingFor, reconciliation } = await waiting();
  expect(waitingFor.reason).toBe('WINDOW');
  expect(Math.abs(Date.parse(waitingFor.until) - Date.now() - 60 * MINUTE_MS)).toBeLessThanOrEqual(2 * MINUTE_MS);
  expect(reconciliation).toMatchObject({ sent: 0, queued: 10 });
  const expiry = await world.ledger.query<{ hours: number }>(
    `select distinct (extract(epoch from expires_at - due_at) / 3600)::float8 as hours from campaign.chunk
     where exec_no = $1 and state = 0`,
    [execNo],
  );
  expect(expiry).toEqual([{ hours: 72 }]);
  expect(await findDifferences(world.ledger, execNo)).toEqual([]);
});

test('an edit that would leave an open execution no time is refused, and changes nothing', async () => {
  const caller = await open({ enabled: true, ...around(720) });
  const id = await created(caller, { sendWindows: [around()] });
  await started(caller, id);
  const { campaign: paused } = await caller.run('pause', { id });
  // What the organization has by now is no matter of that execution.
  await caller.run('settings', { quietHours: { enabled: false } });
  const edit = await caller.run('update', { id, version: paused.version, sendWindows: [around(720)] });
  expect(edit.userErrors).toMatchObject([{ code: 'CAMPAIGN_NO_SEND_TIME' }]);
  expect((await written(caller, id)).sendWindows).toMatchObject([around()]);
});

test('whom a window skips is told so, by the explanation too', async () => {
  const caller = await open();
  const id = await created(caller, { sendWindows: [around()], onQuietHours: 'SKIP' });
  const { execNo } = await started(caller, id);
  expect(await send(execNo, new RunningExecutions(world.ledger))).toEqual(here);
  const { explain } = await caller.ask(
    'query($id: ID!) { explain(campaignId: $id, userId: "c-1") { message { reason } gates { gate result reason seen } } }',
    { id },
  );
  expect(explain[0].message.reason).toBe('outside_window');
  const stopped = explain[0].gates.find(({ gate }: { gate: string }) => gate === 'time');
  expect(stopped).toMatchObject({
    result: 'STOPPED',
    reason: 'outside_window',
    seen: { timeZone: 'Asia/Kolkata', until: expect.any(String) },
  });
  expect(stopped.seen.sendWindows[0]).toEqual({ from: expect.stringContaining('MONDAY'), until: expect.any(String) });
  expect(await findDifferences(world.ledger, execNo)).toEqual([]);
});
