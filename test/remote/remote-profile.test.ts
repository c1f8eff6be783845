import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { startCampaign } from '../../src/campaign/start-campaign';
import { readConfig } from '../../src/config';
import { importContacts } from '../../src/contact/contact-import';
import { guardSlice } from '../../src/delivery/guard';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { openSliceRenderer } from '../../src/delivery/slice-rendering';
import { expandStep } from '../../src/dispatch/expand';
import { applyDirectoryEvent, parseDirectoryEvent } from '../../src/events/directory-events';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
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
  const profiles = new Profiles({ service, log, freshMs: 300_000, clock: () => now });
  const config = readConfig({ DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', RENDER_THREADS: '1' });
  const renderer = openSliceRenderer(world.ledger, config, log, { profiles });
  closing.push(
    () => renderer.close(),
    () => peer.close(),
  );
  return renderer;
}

const greeting = 'For {{ profile.tier | default: "everybody" }}, {{ first_name }}';
const html = '<p>x</p><a href="{{ unsubscribe_url }}">stop</a>';

async function start(subject = greeting) {
  const content = { subject, html };
  const variants = [{ name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content }] }];
  const { executionId } = await startCampaign(scope, { id: await createReady(scope, { variants }) });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, now: world.now, batch: 1_000, chunkSize: PEOPLE })).closed);
  const execution = await new RunningExecutions(world.ledger).get(execNo);
  if (!execution) throw new Error('no execution');
  return execution;
}

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
