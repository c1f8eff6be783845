import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { estimateAudience } from '../../src/campaign/audience-estimation';
import { startDueCampaigns } from '../../src/campaign/due-campaigns';
import { scheduleCampaign } from '../../src/campaign/schedule-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importContacts } from '../../src/contact/contact-import';
import { expandStep } from '../../src/dispatch/expand';
import { keepLedger } from '../../src/dispatch/ledger-upkeep';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { judgementByKey } from '../../src/message/eligibility-reader';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import { RemoteService } from '../../src/remote/remote-service';
import { ListWriter } from '../../src/remote-list/list-writer';
import { RemoteLists } from '../../src/remote-list/remote-lists';
import { readRule } from '../../src/remote-list/rule-reading';
import { readSegment } from '../../src/remote-list/segment-reading';
import { createScope, type Scope, type ScopeParts } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { until } from '../support/until';
import { cut, hang, inTurn, json, lines, type RemoteWorld, startRemoteWorld, status } from './remote-world';

let world: World;
let remote: RemoteWorld;
let scope: Scope;
let parts: ScopeParts;
const told: { msg: string; failure: string }[] = [];
const closing: (() => Promise<unknown>)[] = [];
const germans = { kind: 'INCLUDE', rules: { field: 'country', operator: 'equals', value: 'DE' } } as const;

function readersOver(url: string) {
  const database = world.parts.database;
  const peer = createRemotePeer(url, 4);
  closing.push(() => peer.close());
  const patience = { firstByteMs: 500, silenceMs: 300, wholeMs: 5_000 };
  const service = new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: 1_000, restMs: 1_000, clock: () => performance.now() }),
    retry: { tries: 2, pauseMs: 1, longestPauseMs: 5, random: () => 1 },
    patience,
  });
  const reading = { database, service, now: world.parts.now, patience, mostIds: 30_000 };
  return {
    SEGMENT: { service: 'test', read: (owner, id) => readSegment(reading, owner, id) },
    RULE: { service: 'test', read: (owner, id) => readRule({ ...reading, wholeMs: 5_000 }, owner, id) },
  } satisfies ConstructorParameters<typeof RemoteLists>[0]['readers'];
}

beforeAll(async () => {
  world = await openWorld();
  remote = await startRemoteWorld();
  const { viewer } = await readyScope(world, 'remote');
  const log = pino({ level: 'error' }, { write: (line: string) => told.push(JSON.parse(line)) });
  const { database, now } = world.parts;
  const remoteLists = new RemoteLists({ database, now, log, readers: readersOver(remote.url), freshMs: 300_000 });
  parts = { ...world.parts, remoteLists };
  scope = createScope(parts, viewer);
  const contacts = Array.from({ length: 300 }, (_, index) => ({
    externalId: `c-${index}`,
    email: `c-${index}@example.com`,
    emailOptedIn: true,
    country: index % 2 === 0 ? 'DE' : 'FR',
  }));
  await importContacts({ database, orgNo: viewer.organizationNo, now }, contacts);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await parts.remoteLists?.settled();
  await remote.close();
  await world.close();
});

let named = 0;
/** Each test has segments of its own: nothing was read of them before. */
const segment = () => `segment/${++named} é`;
const include = (remoteSegmentId: string) => ({ kind: 'INCLUDE', remoteSegmentId }) as const;
const exclude = (remoteSegmentId: string) => ({ kind: 'EXCLUDE', remoteSegmentId }) as const;
const people = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `c-${from + n}`);

/** Answers by the segment that is asked for. */
const keep = (segments: Readonly<Record<string, readonly string[]>>) => {
  remote.play = (asked, response) => {
    const id = decodeURIComponent(asked.path.split('/')[4] ?? '');
    lines(segments[id] ?? [])(asked, response);
  };
};

async function peopleOf(executionId: string | null): Promise<string[]> {
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 17, chunkSize: 10 })).closed);
  const rows = await world.ledger.query<{ external_id: string }>(
    `select external_id from campaign.message join campaign.contact using (contact_no)
     where exec_no = $1 order by length(external_id), external_id`,
    [execNo],
  );
  return rows.map(({ external_id }) => external_id);
}
const numberOf = async (table: string) =>
  (await world.ledger.query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n;

test('an execution gets to exactly the people that the services named, as the estimate said; strangers are told', async () => {
  const [vip, left] = [segment(), segment()];
  const vips = [...people(0, 101), 'stranger', '', 'c-1', 'c-1', 'x'.repeat(300), 'stranger'];
  keep({ [vip]: vips, [left]: people(90, 200) });
  const id = await createReady(scope, { audiences: [germans, include(vip), exclude(left)] });
  const estimate = await estimateAudience(scope, { campaignId: id });
  expect(estimate).toMatchObject({ people: 45, sent: 45, perAudience: [150, 101, 110] });
  expect(estimate.lists).toMatchObject([
    { id: vip, people: 101, unknown: 3 },
    { id: left, people: 110, unknown: 0 },
  ]);
  const { executionId } = await startCampaign(scope, { id });
  expect(await peopleOf(executionId)).toEqual(people(0, 90).filter((_, index) => index % 2 === 0));
});

test('what is meant is asked for with the organization, as an id however it is written', async () => {
  const odd = 'a/../b?c#d é';
  remote.asked.length = 0;
  remote.play = json({ user_ids: ['c-1'] });
  await estimateAudience(scope, { audiences: [include(odd)] });
  expect(remote.asked).toMatchObject([
    {
      method: 'POST',
      path: `/api/v1/segments/${encodeURIComponent(odd)}/resolve`,
      headers: { 'x-organization-id': 'remote' },
    },
  ]);
});

test('pages are read to the last; one that follows itself is refused', async () => {
  const paged = segment();
  remote.play = inTurn(
    json({ user_ids: people(0, 5), next_cursor: 'two' }),
    status(500),
    json({ user_ids: people(4, 10), next_cursor: null }),
  );
  const estimate = await estimateAudience(scope, { audiences: [include(paged)] });
  expect(estimate.lists).toMatchObject([{ people: 10, unknown: 0 }]);
  expect(remote.asked.at(-1)?.body).toEqual({ cursor: 'two' });
  remote.play = json({ user_ids: [], next_cursor: 'two' });
  const endless = estimateAudience(scope, { audiences: [include(segment())] });
  await expect(endless).rejects.toMatchObject({ code: 'AUDIENCE_REMOTE_UNAVAILABLE', path: 'audiences[0]' });
});

test('a later page that breaks off leaves nothing behind either: all pages are read again', async () => {
  const paged = segment();
  const torn = [...people(100, 200), ...people(1_000, 16_000)].map((id) => JSON.stringify(id));
  const first = json({ user_ids: people(0, 5), next_cursor: 'two' });
  remote.asked.length = 0;
  remote.play = inTurn(
    first,
    cut(`${torn.join('\n')}\n`),
    json({ user_ids: ['c-9'] }),
    first,
    json({ user_ids: ['c-6'] }),
  );
  const estimate = await estimateAudience(scope, { audiences: [include(paged)] });
  expect(estimate).toMatchObject({ people: 6, lists: [{ people: 6, unknown: 0 }] });
  expect(remote.asked.map(({ body }) => body)).toEqual([
    {},
    { cursor: 'two' },
    { cursor: 'two' },
    {},
    { cursor: 'two' },
  ]);
  remote.play = (asked, response) =>
    (JSON.stringify(asked.body) === '{}' ? first : cut(`${torn.join('\n')}\n`))(asked, response);
  const hopeless = estimateAudience(scope, { audiences: [include(segment())] });
  await expect(hopeless).rejects.toMatchObject({ code: 'AUDIENCE_REMOTE_UNAVAILABLE' });
});

test('an answer that breaks off leaves nothing behind: what counts is the whole one of the next try', async () => {
  const broken = segment();
  // So many that a batch is written before the end does not come.
  const first = [...people(100, 200), ...people(1_000, 16_000)].map((id) => JSON.stringify(id));
  remote.play = inTurn(cut(`${first.join('\n')}\n`), lines(people(0, 7)));
  const estimate = await estimateAudience(scope, { audiences: [include(broken)] });
  expect(estimate).toMatchObject({ people: 7, lists: [{ people: 7, unknown: 0 }] });
  expect(remote.asked.length).toBeGreaterThan(1);
});

test('without a list and without its service a start is refused, and nothing is half done', async () => {
  const before = [await numberOf('campaign.execution'), await numberOf('campaign.remote_list')];
  const id = await createReady(scope, { audiences: [germans, exclude(segment())] });
  for (const play of [status(500), cut('"c-1"\n'), hang, lines([1]), status(404)]) {
    remote.play = play;
    await expect(startCampaign(scope, { id })).rejects.toMatchObject({
      code: 'AUDIENCE_REMOTE_UNAVAILABLE',
      path: 'audiences[1]',
    });
  }
  expect([await numberOf('campaign.execution'), await numberOf('campaign.remote_list')]).toEqual(before);
  const nobodys = await world.scopeOf('remote');
  await expect(startCampaign(nobodys, { id })).rejects.toMatchObject({ code: 'AUDIENCE_REMOTE_UNAVAILABLE' });
  await expect(estimateAudience(nobodys, { campaignId: id })).rejects.toMatchObject({
    code: 'AUDIENCE_REMOTE_UNAVAILABLE',
  });
  const [campaign] = await world.ledger.query('select status from campaign.campaign where id = $1', [id]);
  expect(campaign).toEqual({ status: 'draft' });
});

test('the last good list stands in for a service that fails, with its age, and somebody is told', async () => {
  const ill = segment();
  keep({ [ill]: people(0, 10) });
  const id = await createReady(scope, { audiences: [include(ill)] });
  await estimateAudience(scope, { campaignId: id });
  expect((await planLaunch(scope, id)).warnings.map(({ code }) => code)).not.toContain('REMOTE_LIST_STALE');
  const readAt = world.now;
  world.now = new Date(world.now.getTime() + 3_600_000);
  remote.play = status(500);
  const { warnings } = await planLaunch(scope, id);
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'REMOTE_LIST_STALE', people: 10 }));
  told.length = 0;
  const { executionId } = await startCampaign(scope, { id });
  expect(told).toMatchObject([{ failure: 'fault', remoteId: ill, listReadAt: readAt.toISOString() }]);
  expect(await peopleOf(executionId)).toEqual(people(0, 10));
});

test('a segment that is gone is no service that failed: its old list is not used', async () => {
  const gone = segment();
  keep({ [gone]: people(0, 10) });
  const id = await createReady(scope, { audiences: [include(gone)] });
  await estimateAudience(scope, { campaignId: id });
  world.now = new Date(world.now.getTime() + 3_600_000);
  remote.play = status(404);
  await expect(startCampaign(scope, { id })).rejects.toMatchObject({ code: 'AUDIENCE_REMOTE_UNAVAILABLE' });
});

test('a start asks anew; an execution under way keeps the list that it started with', async () => {
  const moving = segment();
  keep({ [moving]: people(0, 10) });
  const id = await createReady(scope, { audiences: [include(moving)] });
  await estimateAudience(scope, { campaignId: id });
  world.now = new Date(world.now.getTime() + 60_000);
  keep({ [moving]: people(5, 20) });
  const { executionId } = await startCampaign(scope, { id });
  world.now = new Date(world.now.getTime() + 3_600_000);
  keep({ [moving]: people(100, 110) });
  await estimateAudience(scope, { audiences: [include(moving)] });
  expect(await peopleOf(executionId)).toEqual(people(5, 20));
});

test('what is due too late is missed without a question about its audience', async () => {
  const id = await createReady(scope, { audiences: [germans, include(segment())] });
  const at = new Date(world.now.getTime() + 600_000);
  await scheduleCampaign(scope, { id }, { at });
  remote.asked.length = 0;
  const late = { ...parts, now: () => new Date(at.getTime() + 3 * 3_600_000) };
  expect(await startDueCampaigns(world.ledger, late)).toEqual(['missed']);
  expect(remote.asked).toEqual([]);
});

test('what is due waits while its audience comes in, and then starts; without one it is missed and says why', async () => {
  const [slow, dead] = [segment(), segment()];
  const [first, second] = await Promise.all(
    [slow, dead].map((one) => createReady(scope, { audiences: [include(one)] })),
  );
  const at = new Date(world.now.getTime() + 600_000);
  for (const id of [first, second]) await scheduleCampaign(scope, { id: id ?? '' }, { at });
  world.now = new Date(at.getTime() + 1_000);
  let release = () => undefined as unknown;
  remote.play = (asked, response) => {
    if (decodeURIComponent(asked.path).includes(dead)) return status(500)(asked, response);
    release = () => lines(people(0, 3))(asked, response);
  };
  expect(await startDueCampaigns(world.ledger, parts)).toEqual(['waits', 'waits']);
  const results = new Set<string>();
  await until('the dead one to be missed', async () => {
    for (const result of await startDueCampaigns(world.ledger, parts)) results.add(result);
    return results.has('missed');
  });
  expect(results.has('started')).toBe(false);
  release();
  await until('the slow one to start', async () => (await startDueCampaigns(world.ledger, parts)).includes('started'));
  const rows = await world.ledger.query<{ status: string; reason: string | null }>(
    `select e.status, e.reason from campaign.execution e join campaign.campaign using (campaign_no)
     where campaign.id = any($1) order by e.status`,
    [[first, second]],
  );
  expect(rows).toMatchObject([{ status: 'missed', reason: expect.stringContaining(dead) }, { status: 'running' }]);
});

test('many who want the same list at once have it read once', async () => {
  const shared = segment();
  keep({ [shared]: people(0, 4) });
  remote.asked.length = 0;
  const audiences = [include(shared)];
  const estimates = await Promise.all(Array.from({ length: 5 }, () => estimateAudience(scope, { audiences })));
  expect(estimates.map((one) => one.people)).toEqual([4, 4, 4, 4, 4]);
  expect(remote.asked).toHaveLength(1);
});

test('a segment with more ids than are taken is refused', async () => {
  remote.play = lines(Array.from({ length: 40_000 }, (_, n) => `x-${n}`));
  const many = estimateAudience(scope, { audiences: [include(segment())] });
  await expect(many).rejects.toMatchObject({ message: expect.stringContaining('more than 30000 ids') });
});

test('a rules engine judges everybody by their facts, and is told no name and no address', async () => {
  remote.asked.length = 0;
  remote.play = (asked, response) => {
    const { users } = asked.body as { users: { user_id: string; country: string }[] };
    const matched = users.filter(({ country }) => country === 'FR').map(({ user_id }) => user_id);
    json({ matched })(asked, response);
  };
  const estimate = await estimateAudience(scope, { audiences: [{ kind: 'INCLUDE', remoteRuleId: 'rule-7' }] });
  expect(estimate).toMatchObject({ people: 150, lists: [{ source: 'RULE', id: 'rule-7', people: 150 }] });
  expect(remote.asked[0]?.path).toBe('/api/v1/rules/rule-7/evaluate');
  expect(JSON.stringify(remote.asked)).not.toContain('@example.com');
  remote.play = json({ matched: ['somebody-else'] });
  const wrong = estimateAudience(scope, { audiences: [{ kind: 'INCLUDE', remoteRuleId: 'rule-8' }] });
  await expect(wrong).rejects.toMatchObject({ code: 'AUDIENCE_REMOTE_UNAVAILABLE' });
});

test("another organization's list of the same id is not ours", async () => {
  const same = segment();
  keep({ [same]: people(0, 10) });
  await estimateAudience(scope, { audiences: [include(same)] });
  const { viewer } = await readyScope(world, 'others');
  keep({ [same]: ['nobody'] });
  const theirs = await estimateAudience(createScope(parts, viewer), { audiences: [include(same)] });
  expect(theirs).toMatchObject({ people: 0, lists: [{ people: 0, unknown: 1 }] });
});

test('a list whose reading died counts for nobody, and is dropped after a day; the others stay until they are followed', async () => {
  const dying = segment();
  const owner = { organizationId: 'remote', organizationNo: scope.viewer.organizationNo };
  const writer = await ListWriter.open(world.parts.database, owner, { source: 'SEGMENT', id: dying }, world.now);
  await writer.add(people(0, 50));
  remote.play = status(500);
  const estimate = estimateAudience(scope, { audiences: [include(dying)] });
  await expect(estimate).rejects.toMatchObject({ code: 'AUDIENCE_REMOTE_UNAVAILABLE' });
  const lists = () =>
    world.ledger.query<{ no: number; id: string }>(
      'select list_no as no, remote_id as id from campaign.remote_list order by list_no',
    );
  const before = await lists();
  await keepLedger(world.ledger, new Date(world.now.getTime() + 25 * 3_600_000));
  const after = await lists();
  expect(after.map(({ id }) => id)).not.toContain(dying);
  expect(new Set(after.map(({ id }) => id)).size).toBe(new Set(before.map(({ id }) => id)).size - 1);
  expect(await numberOf(`campaign.remote_member where list_no = ${writer.listNo}`)).toBe(0);
});

test('a person is judged by the list, and an audience is too large by what its lists hold together', async () => {
  const [few, many] = [segment(), segment()];
  keep({ [few]: people(0, 3), [many]: people(0, 300) });
  const id = await createReady(scope, { audiences: [include(few)] });
  const keys = ['c-1', 'c-7'].map((userId) => ({ campaignId: id, userId }));
  const judged = await judgementByKey.gather(scope, keys);
  expect([...judged.values()].map(({ reason }) => reason)).toEqual([null, 'not_in_audience']);
  const narrow = createScope({ ...parts, maxAudience: 10 }, scope.viewer);
  const large = await createReady(scope, { audiences: [include(many)] });
  await expect(startCampaign(narrow, { id: large })).rejects.toMatchObject({ code: 'AUDIENCE_TOO_LARGE' });
  const both = await createReady(scope, { audiences: [include(many), include(few)] });
  expect(await startCampaign(narrow, { id: both })).toMatchObject({ executionId: expect.stringMatching(/^exe_/) });
});

test.each(['', ' ', '.', '..', 'x'.repeat(256), 'a\0b'])('no service is asked for the id %j', async (id) => {
  remote.asked.length = 0;
  for (const audience of [include(id), { kind: 'INCLUDE', remoteRuleId: id } as const]) {
    const asked = estimateAudience(scope, { audiences: [audience] });
    await expect(asked).rejects.toMatchObject({
      code: 'AUDIENCE_INVALID',
      path: expect.stringContaining('audiences[0].remote'),
    });
  }
  expect(remote.asked).toEqual([]);
});
