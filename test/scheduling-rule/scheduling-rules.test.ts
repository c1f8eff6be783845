import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { defaultFields } from '../../src/campaign/campaign-fields';
import { type DueResult, startDueCampaigns } from '../../src/campaign/due-campaigns';
import { scheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import { RemoteService } from '../../src/remote/remote-service';
import type { RuleFallback } from '../../src/scheduling-rule/rule-question';
import { SchedulingRules } from '../../src/scheduling-rule/scheduling-rules';
import type { Scope } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import * as remotely from '../remote/remote-world';
import { until } from '../support/until';

let world: World;
let remote: remotely.RemoteWorld;
const begin = new Date('2026-11-21T10:00:00Z');
const minutes = (n: number) => new Date(begin.getTime() + n * 60_000);
const log = pino({ level: 'silent' });
const peers: { close(): Promise<void> }[] = [];
const changed: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  remote = await remotely.startRemoteWorld();
});
beforeEach(() => {
  world.now = begin;
  remote.asked.length = 0;
});
// The next test moves the same clock.
afterEach(() => world.ledger.query('update campaign.campaign set archived_at = created_at'));
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.close()));
  await remote.close();
  await world.close();
});

/** A dispatcher's part that asks; patient for a fifth of a second. */
function asker(fallback: RuleFallback = 'WAIT', tries = 1): SchedulingRules {
  const peer = createRemotePeer(remote.url, 8);
  peers.push(peer);
  const service = new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: 1_000, restMs: 1_000, clock: () => 0 }),
    retry: { tries, pauseMs: 1, longestPauseMs: 1, random: () => 1 },
    patience: { firstByteMs: 200, silenceMs: 200, wholeMs: 200 },
  });
  const { ledger } = world;
  return new SchedulingRules({
    ...{ ledger, service, fallback, log, now: () => world.now, changed: (id) => changed.push(id) },
  });
}

/** What a dispatcher does in a second: it asks, and starts what may start. */
async function look(rules: SchedulingRules): Promise<readonly DueResult[]> {
  await rules.round();
  await rules.settled();
  return startDueCampaigns(world.ledger, world.parts);
}

interface Question {
  readonly now: string;
  readonly campaigns: readonly { readonly campaign_id: string; readonly rule_id: string; readonly due_at: string }[];
}

/** An engine that says the same of every campaign, or something of each. */
const says =
  (said: object | ((rule: string) => object | undefined)): remotely.Play =>
  (asked, response) => {
    const { campaigns } = asked.body as Question;
    const decided = campaigns.flatMap(({ campaign_id, rule_id }) => {
      const own = typeof said === 'function' ? said(rule_id) : said;
      return own ? [{ campaign_id, ...own }] : [];
    });
    remotely.json({ campaigns: decided })(asked, response);
  };

let organizations = 0;
const organization = () => readyScope(world, `ruled-${++organizations}`);
let named = 0;

async function ruled(scope: Scope, schedulingRuleId = 'open', recurrence?: { cron: string; timeZone: string }) {
  const fields = { name: `Ruled ${++named}`, delivery: { ...defaultFields.delivery, schedulingRuleId } };
  const id = await createReady(scope, { fields, ...(recurrence && { type: 'RECURRING' as const }) });
  await scheduleCampaign(scope, { id }, recurrence ? { recurrence } : { at: minutes(10) });
  return id;
}

const campaign = async (id: string) => {
  const sql = 'select status, schedule, version from campaign.campaign where id = $1';
  const [row] = await world.ledger.query<{ status: string; schedule: Record<string, unknown>; version: number }>(sql, [
    id,
  ]);
  return row;
};
const executions = async (id: string) =>
  (
    await world.ledger.query<{ status: string; reason: string | null }>(
      `select e.status, e.reason from campaign.execution e join campaign.campaign c using (campaign_no)
       where c.id = $1 order by exec_no`,
      [id],
    )
  ).map(({ status, reason }) => [status, reason]);
const answer = async (id: string) => {
  const sql = `select a.decision, a.answered, a.reason, a.until, a.ask_again_at from campaign.scheduling_answer a
    join campaign.campaign c using (campaign_no) where c.id = $1`;
  const [row] = await world.ledger.query<{ decision: string; reason: string; ask_again_at: Date }>(sql, [id]);
  return row;
};

test('all campaigns of an organization that are due are asked about in one question, and start when it says so', async () => {
  const [one, other] = [await organization(), await organization()];
  const ids = [await ruled(one, 'a'), await ruled(one, 'b')];
  const theirs = await ruled(other, 'c');
  remote.play = says({ decision: 'start' });
  const rules = asker();
  expect(await look(rules)).toEqual([]);
  expect(remote.asked).toEqual([]);
  world.now = minutes(10);
  // Without an answer nothing starts, whatever the number of schedulers.
  expect(await startDueCampaigns(world.ledger, world.parts)).toEqual([]);
  await rules.round();
  await rules.settled();
  const all = await Promise.all([1, 2, 3].map(() => startDueCampaigns(world.ledger, world.parts)));
  expect(all.flat().filter((result) => result === 'started')).toHaveLength(3);
  for (const id of [...ids, theirs]) expect(await executions(id)).toEqual([['running', null]]);
  const questions = remote.asked.map(({ method, path, headers, body }) => ({
    ...{ method, path, organization: headers['x-organization-id'] },
    rules: (body as Question).campaigns.map(({ rule_id, due_at }) => [rule_id, due_at]),
  }));
  const asked = { method: 'POST', path: '/api/v1/rules/schedule' };
  const at = minutes(10).toISOString();
  expect(questions).toHaveLength(2);
  expect(questions).toEqual(
    expect.arrayContaining([
      {
        ...asked,
        organization: one.viewer.organizationId,
        rules: [
          ['a', at],
          ['b', at],
        ],
      },
      { ...asked, organization: other.viewer.organizationId, rules: [['c', at]] },
    ]),
  );
  expect(changed).toEqual(expect.arrayContaining([...ids, theirs]));
});

test('one that is to wait is asked about each minute, and waits for hours without being late', async () => {
  const id = await ruled(await organization());
  const { version } = (await campaign(id)) ?? {};
  remote.play = says({ decision: 'WAIT', until: minutes(200).toISOString(), reason: 'stock is out' });
  const rules = asker();
  for (let minute = 10; minute < 200; minute += 1) {
    world.now = minutes(minute);
    expect(await look(rules)).toEqual([]);
    // In between nobody is asked.
    world.now = new Date(minutes(minute).getTime() + 30_000);
    expect(await look(rules)).toEqual([]);
  }
  expect(remote.asked).toHaveLength(190);
  expect(await answer(id)).toMatchObject({ decision: 'WAIT', reason: 'stock is out', until: minutes(200) });
  // Nobody's edit is out of date for it.
  expect(await campaign(id)).toMatchObject({ status: 'scheduled', version });
  remote.play = says({ decision: 'START' });
  world.now = minutes(200);
  expect(await look(rules)).toEqual(['started']);
});

test('it is asked again at the time until which it is to wait, if that comes sooner', async () => {
  const id = await ruled(await organization());
  remote.play = says({ decision: 'WAIT', until: new Date(minutes(10).getTime() + 20_000).toISOString() });
  world.now = minutes(10);
  await look(asker());
  expect(await answer(id)).toMatchObject({ ask_again_at: new Date(minutes(10).getTime() + 20_000) });
});

test('what it has skipped is missed with its reason; a calendar goes on', async () => {
  const scope = await organization();
  const [once, daily] = [await ruled(scope), await ruled(scope, 'daily', { cron: '10 10 * * *', timeZone: 'UTC' })];
  remote.play = says((rule) => ({ decision: 'SKIP', ...(rule === 'daily' && { reason: 'a holiday' }) }));
  world.now = minutes(10);
  expect(await look(asker())).toEqual(['missed', 'missed']);
  expect(await executions(once)).toEqual([['missed', 'rule_skipped']]);
  expect(await campaign(once)).toMatchObject({ status: 'draft', schedule: { missed: 'rule_skipped' } });
  expect(await executions(daily)).toEqual([['missed', 'rule_skipped: a holiday']]);
  expect(await campaign(daily)).toMatchObject({
    status: 'scheduled',
    schedule: { at: minutes(10 + 24 * 60).toISOString(), missed: 'rule_skipped: a holiday' },
  });
});

test.each<[string, remotely.Play]>([
  ['hangs', remotely.hang],
  ['is broken', remotely.status(500)],
  ['knows no such thing', remotely.status(404)],
  ['refuses', remotely.status(403)],
  ['leads elsewhere', remotely.status(302, { location: 'http://127.0.0.1:1/' })],
  ['breaks off', remotely.cut('{"campaigns": [', 'application/json')],
  ['is never done', remotely.drip(' ', 50)],
  ['says too much', remotely.endless('     ')],
  ['says no JSON', remotely.text('yes', 'application/json')],
  ['says something else', remotely.json({ matched: [] })],
  ['decides what there is not', says({ decision: 'PERHAPS' })],
  ['gives no time', says({ decision: 'WAIT', until: 'tomorrow' })],
  ['says nothing of it', says(() => undefined)],
])('an engine that %s has it wait and say why; it starts once there is an answer', async (_, play) => {
  const id = await ruled(await organization());
  remote.play = play;
  world.now = minutes(10);
  const rules = asker();
  expect(await look(rules)).toEqual([]);
  expect(await answer(id)).toMatchObject({
    ...{ decision: 'WAIT', answered: false, reason: expect.stringMatching(/^the rules engine /) },
    ask_again_at: new Date(minutes(10).getTime() + 15_000),
  });
  remote.play = says({ decision: 'START' });
  expect(await look(rules)).toEqual([]);
  world.now = new Date(minutes(10).getTime() + 15_000);
  expect(await look(rules)).toEqual(['started']);
});

test('a failure that passes is asked again at once', async () => {
  await ruled(await organization());
  remote.play = remotely.inTurn(remotely.status(503), says({ decision: 'START' }));
  world.now = minutes(10);
  expect(await look(asker('WAIT', 3))).toEqual(['started']);
  expect(remote.asked).toHaveLength(2);
});

test('nobody answers for an hour: it is missed, an hour after the engine was heard last', async () => {
  const scope = await organization();
  const [id, heard] = [await ruled(scope), await ruled(scope, 'heard')];
  remote.play = says((rule) => (rule === 'heard' ? { decision: 'WAIT' } : undefined));
  const rules = asker();
  world.now = minutes(10);
  await look(rules);
  remote.play = remotely.status(500);
  for (let minute = 11; minute <= 70; minute += 1) {
    world.now = minutes(minute);
    // One more minute of being heard: from then on the hour counts.
    if (minute === 11) remote.play = says((rule) => (rule === 'heard' ? { decision: 'WAIT' } : undefined));
    else remote.play = remotely.status(500);
    expect(await look(rules)).toEqual([]);
  }
  world.now = new Date(minutes(70).getTime() + 1_000);
  expect(await look(rules)).toEqual(['missed']);
  expect(await executions(id)).toEqual([['missed', 'rule_unreachable']]);
  world.now = new Date(minutes(71).getTime() + 1_000);
  expect(await look(rules)).toEqual(['missed']);
  expect(await executions(heard)).toEqual([['missed', 'rule_unreachable']]);
});

test('with the fallback START it starts at its time while nobody answers', async () => {
  const id = await ruled(await organization());
  remote.play = remotely.hang;
  world.now = minutes(10);
  expect(await look(asker('START'))).toEqual(['started']);
  expect(await executions(id)).toEqual([['running', null]]);
});

test('without an engine the fallback holds, and says so', async () => {
  const id = await ruled(await organization());
  world.now = minutes(10);
  const { ledger } = world;
  const rules = new SchedulingRules({
    ...{ ledger, service: undefined, fallback: 'WAIT', log, now: () => world.now, changed: () => undefined },
  });
  expect(await look(rules)).toEqual([]);
  expect(await answer(id)).toMatchObject({ answered: false, reason: expect.stringContaining('RULES_SERVICE_URL') });
});

test('what no scheduler looked at in time is late, and nobody is asked', async () => {
  const id = await ruled(await organization());
  remote.play = says({ decision: 'START' });
  world.now = minutes(71);
  expect(await look(asker())).toEqual(['missed']);
  expect(await executions(id)).toEqual([['missed', 'late']]);
  expect(remote.asked).toEqual([]);
});

test('an answer that comes too old is asked for again before it starts anything', async () => {
  await ruled(await organization());
  remote.play = says({ decision: 'START' });
  world.now = minutes(10);
  const rules = asker();
  await rules.round();
  await rules.settled();
  world.now = minutes(12);
  expect(await startDueCampaigns(world.ledger, world.parts)).toEqual([]);
  remote.play = says({ decision: 'WAIT' });
  expect(await look(rules)).toEqual([]);
  expect(remote.asked).toHaveLength(2);
});

test('an occurrence waits no longer than to the next one', async () => {
  const id = await ruled(await organization(), 'hourly', { cron: '10 * * * *', timeZone: 'UTC' });
  remote.play = says({ decision: 'WAIT' });
  const rules = asker();
  for (let minute = 10; minute < 70; minute += 1) {
    world.now = minutes(minute);
    expect(await look(rules)).toEqual([]);
  }
  world.now = minutes(70);
  expect(await look(rules)).toEqual(['missed']);
  expect(await executions(id)).toEqual([['missed', 'rule_waited']]);
  remote.play = says({ decision: 'START' });
  expect(await look(rules)).toEqual(['started']);
});

test('a person who starts it has decided, also where it then waits for a place', async () => {
  const scope = await organization();
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1 } });
  const [first, second] = [await ruled(scope), await ruled(scope)];
  remote.play = says({ decision: 'SKIP' });
  expect(await startCampaign(scope, { id: first })).toMatchObject({ executionId: expect.any(String) });
  expect(await startCampaign(scope, { id: second })).toMatchObject({ executionId: null });
  const rules = asker();
  world.now = minutes(1);
  expect(await look(rules)).toEqual(['waits']);
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 2 } });
  expect(await look(rules)).toEqual(['started']);
  expect(remote.asked).toEqual([]);
});

test('a process that stops while it asks has heard nothing: no fallback starts anything', async () => {
  const id = await ruled(await organization());
  remote.play = remotely.hang;
  world.now = minutes(10);
  const rules = asker('START');
  await rules.round();
  await until('the question', async () => remote.asked.length === 1);
  await rules.stop(async () => peers.at(-1)?.close());
  expect(await startDueCampaigns(world.ledger, world.parts)).toEqual([]);
  expect(await answer(id)).toBeUndefined();
});

test('what another rule said of the same time is not heeded', async () => {
  const id = await ruled(await organization());
  remote.play = says({ decision: 'SKIP' });
  world.now = minutes(10);
  const rules = asker();
  await rules.round();
  await rules.settled();
  await world.ledger.query(
    `update campaign.campaign set delivery = delivery || '{"schedulingRuleId": "other"}' where id = $1`,
    [id],
  );
  remote.play = says((rule) => ({ decision: rule === 'other' ? 'START' : 'SKIP' }));
  expect(await look(rules)).toEqual(['started']);
});

test('its launch plan says that it is asked', async () => {
  const scope = await organization();
  const { warnings } = await planLaunch(scope, await ruled(scope, 'open-hours'));
  expect(warnings).toContainEqual({ code: 'SCHEDULING_RULE', message: expect.stringContaining('open-hours') });
});

test('one whose rule agrees waits for a place and is asked about anew each minute', async () => {
  const scope = await organization();
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 1 } });
  await startCampaign(scope, { id: await createReady(scope) });
  const id = await ruled(scope);
  remote.play = says({ decision: 'START' });
  const rules = asker();
  for (let minute = 10; minute < 90; minute += 1) {
    world.now = minutes(minute);
    expect(await look(rules)).toEqual(['waits']);
  }
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 2 } });
  remote.play = says({ decision: 'SKIP' });
  world.now = minutes(90);
  expect(await look(rules)).toEqual(['missed']);
  expect(await executions(id)).toEqual([['missed', 'rule_skipped']]);
});

test('while an engine hangs others are asked and started, and no transaction waits for it', async () => {
  const [slow, quick] = [await organization(), await organization()];
  const waiting = await ruled(slow);
  const other = await ruled(quick, 'open', { cron: '15 10 * * *', timeZone: 'UTC' });
  remote.play = (asked, response) => {
    if (asked.headers['x-organization-id'] !== slow.viewer.organizationId) says({ decision: 'START' })(asked, response);
  };
  world.now = minutes(10);
  const rules = asker();
  await rules.round();
  await until('the question', async () => remote.asked.length === 1);
  const [open] = await world.ledger.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in trans%'`,
  );
  expect(open?.n).toBe(0);
  world.now = minutes(15);
  await rules.round();
  await until('the other answer', async () => (await answer(other)) !== undefined);
  expect(await startDueCampaigns(world.ledger, world.parts)).toEqual(['started']);
  await rules.settled();
  expect(await executions(waiting)).toEqual([]);
});
