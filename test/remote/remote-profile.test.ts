import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { defaultFields } from '../../src/campaign/campaign-fields';
import { startCampaign } from '../../src/campaign/start-campaign';
import { readConfig } from '../../src/config';
import { importContacts } from '../../src/contact/contact-import';
import { guardSlice } from '../../src/delivery/guard';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { openSliceRenderer } from '../../src/delivery/slice-rendering';
import { expandStep } from '../../src/dispatch/expand';
import { applyDirectoryEvent, parseDirectoryEvent } from '../../src/events/directory-events';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { Personalizer } from '../../src/personalization/personalizer';
import { Profiles } from '../../src/profile/profiles';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import { RemoteService } from '../../src/remote/remote-service';
import type { Scope } from '../../src/scope';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { emailOf } from '../content/render-jobs';
import { hang, json, type Play, type RemoteWorld, startRemoteWorld, status, text } from './remote-world';

const PEOPLE = 120;
let world: World;
let remote: RemoteWorld;
let scope: Scope;
let now = 0;
const closing: (() => Promise<unknown>)[] = [];
const log = pino({ level: 'silent' });

beforeAll(async () => {
  world = await openWorld();
  remote = await startRemoteWorld();
  scope = await readyScope(world, 'profiles');
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 100 } });
  const contacts = Array.from({ length: PEOPLE }, (_, index) => ({
    externalId: `c-${index}`,
    email: `c-${index}@example.com`,
    emailOptedIn: true,
    firstName: `Ada ${index}`,
    country: 'DE',
  }));
  const { database, now: clock } = world.parts;
  await importContacts({ database, orgNo: scope.viewer.organizationNo, now: clock }, contacts);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await remote.close();
  await world.close();
});

/** A sender's part of a process of its own: it remembers nothing of the others. */
function newSender() {
  const peer = createRemotePeer(remote.url, 8);
  const service = new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: 1_000, restMs: 1_000, clock: () => now }),
    retry: { tries: 1, pauseMs: 1, longestPauseMs: 1, random: () => 1 },
    patience: { firstByteMs: 200, silenceMs: 200, wholeMs: 200 },
  });
  const parts = { service, log, freshMs: 300_000, clock: () => now };
  const services = { profiles: new Profiles(parts), personalizer: new Personalizer(parts) };
  const config = readConfig({ DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', RENDER_THREADS: '1' });
  const renderer = openSliceRenderer(world.ledger, config, log, services);
  closing.push(
    () => renderer.close(),
    () => peer.close(),
  );
  return renderer;
}

const greeting = 'For {{ profile.tier | default: "everybody" }}, {{ first_name }}';
const html = '<p>x</p><a href="{{ unsubscribe_url }}">stop</a>';

async function start(subject = greeting, personalizationRuleId?: string) {
  const content = { subject, html };
  const variants = [{ name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content }] }];
  const { executionId } = await startCampaign(scope, {
    id: await createReady(scope, { variants, ...ruled(personalizationRuleId) }),
  });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 1_000, chunkSize: PEOPLE })).closed);
  const execution = await new RunningExecutions(world.ledger).get(execNo);
  if (!execution) throw new Error('no execution');
  return execution;
}

let named = 0;
/** A campaign whose people a rule makes something of. */
const ruled = (personalizationRuleId: string | undefined) =>
  personalizationRuleId === undefined
    ? {}
    : {
        fields: { name: `Ruled ${++named}`, delivery: { ...defaultFields.delivery, personalizationRuleId } },
      };

type Execution = Awaited<ReturnType<typeof start>>;

/** Prepares, guards and renders the execution's one chunk, as a sender does; its leases lapse at once. */
async function send(execution: Execution, renderer = newSender()): Promise<string[]> {
  const { execNo } = execution;
  const [chunk] = await world.ledger.query<{ chunk_no: number; fence: number }>(
    'update campaign.chunk set lease_until = null where exec_no = $1 returning chunk_no, fence',
    [execNo],
  );
  const ref = { execNo, chunkNo: chunk?.chunk_no ?? 0, fence: chunk?.fence ?? 0 };
  await renderer.prepare?.(execution, ref);
  const slice = await guardSlice(world.ledger, ref, {
    take: true,
    now: world.now,
    leaseMs: 1_000,
    rows: PEOPLE,
    takesKeys: true,
    keyWindowMs: 86_400_000,
    throttles: [],
    expiresAfterHours: 72,
  });
  const mails = await renderer.render(execution, slice?.messages ?? []);
  return mails.map((mail) => emailOf(mail).subject).toSorted();
}

const tier =
  (name: string): Play =>
  (asked, response) => {
    const { user_ids } = asked.body as { user_ids: string[] };
    json({ profiles: user_ids.map((user_id) => ({ user_id, tier: name })) })(asked, response);
  };
const subjects = (word: string) => Array.from({ length: PEOPLE }, (_, index) => `For ${word}, Ada ${index}`).toSorted();

test('a mail says what the profile service said, asked for in batches before the guard', async () => {
  remote.play = tier('gold');
  remote.asked.length = 0;
  expect(await send(await start())).toEqual(subjects('gold'));
  expect(remote.asked.map(({ path }) => path)).toEqual(Array(2).fill('/api/v1/users/profiles/batch'));
});

test('whose answer was lost is written to again with the same words, whatever the service says by then', async () => {
  const execution = await start();
  remote.play = tier('gold');
  await send(execution);
  for (const play of [tier('platinum'), status(500), hang]) {
    remote.play = play;
    expect(await send(execution)).toEqual(subjects('gold'));
  }
});

test('without an answer a mail says what the directory knows, and says the same when it is sent again', async () => {
  const garbage = [json({}), text('<html>', 'text/html'), json({ profiles: [{ tier: 'nobody' }] })];
  for (const play of [status(500), hang, ...garbage]) {
    const execution = await start();
    remote.play = play;
    expect(await send(execution)).toEqual(subjects('everybody'));
    remote.play = tier('gold');
    expect(await send(execution)).toEqual(subjects('everybody'));
  }
});

test('a profile is remembered for its time, and used beyond it only while nobody can be asked', async () => {
  const sender = newSender();
  remote.play = tier('gold');
  await send(await start(), sender);
  remote.play = tier('silver');
  expect(await send(await start(), sender)).toEqual(subjects('gold'));
  now += 300_001;
  remote.play = status(500);
  expect(await send(await start(), sender)).toEqual(subjects('gold'));
  remote.play = tier('silver');
  expect(await send(await start(), sender)).toEqual(subjects('silver'));
});

test('a profile that is too large, or cannot be stored, is none', async () => {
  remote.play = (asked, response) => {
    const { user_ids } = asked.body as { user_ids: string[] };
    const large = { tier: 'x'.repeat(20_000) };
    const profiles = user_ids.map((user_id, n) => ({ user_id, ...(n % 2 ? large : { tier: 'a\0b' }) }));
    json({ profiles })(asked, response);
  };
  expect(await send(await start())).toEqual(subjects('everybody'));
});

test('nobody is asked for a content that speaks of no profile', async () => {
  remote.asked.length = 0;
  expect((await send(await start('Hello {{ first_name }}')))[0]).toBe('Hello Ada 0');
  expect(remote.asked).toEqual([]);
});

const offer = 'Take {{ personalization.offer | default: "a look" }}, {{ first_name }}';
const offers = (word: string) => Array.from({ length: PEOPLE }, (_, index) => `Take ${word}, Ada ${index}`).toSorted();

/** A rules engine whose rule offers everybody the same. */
const offering =
  (word: string): Play =>
  (asked, response) => {
    const { users } = asked.body as { users: { user_id: string }[] };
    json({ users: users.map(({ user_id }) => ({ user_id, variables: { offer: word } })) })(asked, response);
  };

test('a mail says what a rule makes of each person, who is told of without name and address, and says so again', async () => {
  remote.play = offering('ten percent');
  remote.asked.length = 0;
  const execution = await start(offer, 'spring offers');
  expect(await send(execution)).toEqual(offers('ten percent'));
  expect(remote.asked.map(({ path }) => path)).toEqual(Array(2).fill('/api/v1/rules/spring%20offers/personalize'));
  const told = remote.asked[0]?.body as { users: object[] } | undefined;
  expect(told?.users[0]).toEqual({
    user_id: 'c-0',
    locale: null,
    country: 'DE',
    time_zone: null,
    tags: [],
    attributes: {},
  });
  for (const play of [offering('nothing'), status(500), hang]) {
    remote.play = play;
    expect(await send(execution)).toEqual(offers('ten percent'));
  }
});

test('where no rules engine answers, a mail says what its template has instead, and says the same when it is sent again', async () => {
  const garbage = [json({}), text('<html>', 'text/html'), json({ users: [{ user_id: 'c-0', variables: 'none' }] })];
  for (const play of [status(500), status(404), hang, ...garbage]) {
    const execution = await start(offer, 'away');
    remote.play = play;
    expect(await send(execution)).toEqual(offers('a look'));
    remote.play = offering('ten percent');
    expect(await send(execution)).toEqual(offers('a look'));
  }
});

test('nobody is asked for a campaign that names no rule, and its launch plan says that nothing will stand there', async () => {
  remote.asked.length = 0;
  const execution = await start(offer);
  expect((await send(execution))[0]).toBe('Take a look, Ada 0');
  expect(remote.asked).toEqual([]);
  const unknown = async (id: string) =>
    (await planLaunch(scope, id)).warnings
      .filter(({ code }) => code === 'VARIABLE_UNKNOWN')
      .map(({ message }) => message);
  expect(await unknown(execution.plan.campaignId)).toEqual([
    'no rule makes {{ personalization.offer }}: the campaign has no personalizationRuleId',
  ]);
  expect(await unknown((await start(offer, 'spring')).plan.campaignId)).toEqual([]);
});

test('one mail may speak of a profile, a rule and the directory, and both services are asked for it', async () => {
  remote.play = (asked, response) => (asked.path.includes('/rules/') ? offering('tea') : tier('gold'))(asked, response);
  const execution = await start(`${greeting}: {{ personalization.offer }}`, 'drinks');
  expect((await send(execution))[0]).toBe('For gold, Ada 0: tea');
});

test('what was kept of a person goes when the person is erased, and nothing more is kept', async () => {
  remote.play = tier('gold');
  const execution = await start();
  await send(execution);
  const kept = async () =>
    (
      await world.ledger.query<{ n: number }>('select count(*) as n from campaign.message_profile where exec_no = $1', [
        execution.execNo,
      ])
    )[0]?.n;
  expect(await kept()).toBe(PEOPLE);
  const erased = JSON.stringify({ id: 'e-1', source: 'crm', organizationId: 'profiles', data: { userId: 'c-7' } });
  const event = parseDirectoryEvent('user.deleted', erased);
  await world.ledger.transaction((tx) => applyDirectoryEvent(tx, execution.orgNo, event, world.now));
  expect(await kept()).toBe(PEOPLE - 1);
  await send(execution);
  expect(await kept()).toBe(PEOPLE - 1);
});
