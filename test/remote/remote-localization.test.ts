import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { startCampaign } from '../../src/campaign/start-campaign';
import { readConfig } from '../../src/config';
import { importContacts } from '../../src/contact/contact-import';
import { isRenderedEmail } from '../../src/content/rendered-content';
import { workChunk } from '../../src/delivery/chunk-work';
import { Pace } from '../../src/delivery/pace';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { openSliceRenderer } from '../../src/delivery/slice-rendering';
import { expandStep } from '../../src/dispatch/expand';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { Localizer } from '../../src/localization/localizer';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { contentPreview } from '../../src/preview/content-preview';
import { openPreviewRenderer } from '../../src/preview/preview-renderer';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import { RemoteService } from '../../src/remote/remote-service';
import { createScope, type Scope } from '../../src/scope';
import type { Answer, OutgoingMessage } from '../../src/transports/transport';
import { createReady, openWorld, readyScope, type World } from '../campaign/campaign-world';
import { testSender } from '../delivery/test-sender';
import { cut, hang, inTurn, json, type Play, type RemoteWorld, startRemoteWorld, status, text } from './remote-world';

let world: World;
let remote: RemoteWorld;
let scope: Scope;
let clock = new Date('2026-11-21T10:00:00Z');
const closing: (() => Promise<unknown>)[] = [];
const log = pino({ level: 'silent' });

/** Two Germans, an Austrian, and one of whom nobody knows where they are. */
const places = [
  ['ada', 'de', 'DE'],
  ['ben', 'de', 'DE'],
  ['cleo', 'de-AT', 'AT'],
  ['dora', null, null],
] as const;

beforeAll(async () => {
  world = await openWorld();
  remote = await startRemoteWorld();
});
beforeEach(async () => {
  named += 1;
  scope = await readyScope(world, `words-${named}`);
  await updateOrganizationSettings(scope, {
    quietHours: { enabled: false },
    limits: { enabled: false, runningCampaigns: 100 },
  });
  const contacts = places.map(([externalId, locale, country]) => ({
    ...{ externalId, locale, country, email: `${externalId}@example.com`, emailOptedIn: true, firstName: externalId },
  }));
  const { database, now } = world.parts;
  await importContacts({ database, orgNo: scope.viewer.organizationNo, now }, contacts);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await remote.close();
  await world.close();
});
let named = 0;

function newLocalizer(database = world.ledger): Localizer {
  const peer = createRemotePeer(remote.url, 8);
  closing.push(() => peer.close());
  const service = new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: 1_000, restMs: 1_000, clock: () => 0 }),
    retry: { tries: 2, pauseMs: 1, longestPauseMs: 1, random: () => 1 },
    patience: { firstByteMs: 200, silenceMs: 200, wholeMs: 200 },
  });
  return new Localizer({ database, service, log, now: () => clock, freshMs: 300_000 });
}

const subject =
  '{{ strings.hello | default: "Hi" }} {{ first_name }}, {{ prices.basic.formatted | default: "ask us" }}';
const html = '<p>{{ strings.shop.greeting }}</p><a href="{{ unsubscribe_url }}">stop</a>';
const draft = (content: object = { subject, html }) =>
  createReady(scope, {
    fields: { name: `Words ${named} ${Math.random()}` },
    variants: [{ name: 'A', allocation: 100, channels: [{ kind: 'email', content: { ...content } }] }],
    audiences: [{ kind: 'INCLUDE', rules: { field: 'email_opted_in', operator: 'equals', value: true } }],
  });

/** The service, for whom each language has its word and each country its price. */
const speaks =
  (words: Readonly<Record<string, string>>, price = '9.99'): Play =>
  (asked, response) => {
    const body = asked.body as {
      locales?: (string | null)[];
      locations?: { locale: string | null; country: string | null }[];
    };
    const strings = body.locales?.flatMap((locale) => {
      const word = words[locale ?? 'none'];
      return word === undefined ? [] : [{ locale, values: { hello: word, 'shop.greeting': `${word}!`, unasked: 'x' } }];
    });
    const prices = body.locations?.map(({ locale, country }) => ({
      ...{ locale, country },
      values: { basic: { amount: price, currency: 'EUR', formatted: `${price} in ${country}` } },
    }));
    json(strings ? { strings } : { prices })(asked, response);
  };
const everywhere = speaks({ de: 'Hallo', 'de-AT': 'Servus', none: 'Hello' });
const inAll = ['Hallo ada, 9.99 in DE', 'Hallo ben, 9.99 in DE', 'Hello dora, 9.99 in null', 'Servus cleo, 9.99 in AT'];

async function start(id?: string) {
  const { executionId } = await startCampaign(scope, { id: id ?? (await draft()) });
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    executionId,
  ]);
  const execNo = row?.exec_no ?? 0;
  while (!(await expandStep(world.ledger, { execNo, batch: 1_000, chunkSize: 100 })).closed);
  return execNo;
}

/** A sender process works what is open of an execution; what the provider is given. `answer`: what it says. */
async function send(execNo: number, answer: (key: string) => Answer = (key) => ({ key, outcome: 'accepted' })) {
  const config = readConfig({ DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', RENDER_THREADS: '1' });
  const renderer = openSliceRenderer(world.ledger, config, log, { localizer: newLocalizer() });
  const given: { subject: string; html: string }[] = [];
  const handOver = async (messages: readonly OutgoingMessage[]) => {
    for (const { content } of messages) if (isRenderedEmail(content)) given.push(content);
    return messages.map(({ key }) => answer(key));
  };
  const execution = await new RunningExecutions(world.ledger).get(execNo);
  if (!execution) throw new Error('no execution');
  const parts = { ...testSender(world.ledger, handOver), renderer };
  // A slice that grew old before it was rendered comes again in another chunk.
  for (let pass = 0; pass < 20 && given.length < places.length && (pass === 0 || !(await waits(execNo))); pass++) {
    const chunks = await world.ledger.query<{ chunk_no: number; fence: number }>(OPEN, [execNo]);
    for (const { chunk_no: chunkNo, fence } of chunks)
      await workChunk(parts, new Pace(100), execution, { execNo, chunkNo, fence });
  }
  await renderer.close();
  return given.map((mail) => mail.subject).toSorted();
}

const OPEN = `update campaign.chunk set lease_until = null, due_at = least(due_at, now()) where exec_no = $1 and state = 0
returning chunk_no, fence`;

async function waits(execNo: number): Promise<boolean> {
  const sql = 'select 1 from campaign.execution_words where exec_no = $1 and words is null';
  return (await world.ledger.query(sql, [execNo])).length > 0;
}

const unanswered = (key: string): Answer => ({ key, outcome: 'unanswered', reason: 'lost' });

/** As if the execution had waited for so long. */
const wait = (execNo: number, seconds: number) =>
  world.ledger.query(
    `update campaign.execution_words set asked_at = asked_at - make_interval(secs => $2) where exec_no = $1`,
    [execNo, seconds],
  );

test('each person reads the words of their language and the price of their country, asked for by place and not by person', async () => {
  remote.play = everywhere;
  remote.asked.length = 0;
  expect(await send(await start())).toEqual(inAll);
  expect(remote.asked.map(({ path, body }) => [path, body])).toEqual([
    [
      '/api/v1/strings/batch',
      { keys: ['hello', 'shop.greeting'], locales: expect.arrayContaining(['de', 'de-AT', null]) },
    ],
    [
      '/api/v1/prices/batch',
      {
        keys: ['basic'],
        locations: expect.arrayContaining([
          { locale: 'de', country: 'DE' },
          { locale: 'de-AT', country: 'AT' },
          { locale: null, country: null },
        ]),
      },
    ],
  ]);
});

test('what an execution has told once it tells to the end, on whatever machine and whatever the service says by then', async () => {
  remote.play = everywhere;
  const execNo = await start();
  expect(await send(execNo, unanswered)).toEqual(inAll);
  clock = new Date(clock.getTime() + 3_600_000);
  for (const play of [speaks({ de: 'Moin', none: 'Hey' }, '19.99'), status(500), hang]) {
    remote.play = play;
    expect(await send(execNo, unanswered)).toEqual(inAll);
  }
});

test('an answer is used again for its time by every process, and beyond it while nobody can be asked', async () => {
  remote.play = everywhere;
  await send(await start());
  remote.asked.length = 0;
  expect(await send(await start())).toEqual(inAll);
  expect(remote.asked).toEqual([]);
  clock = new Date(clock.getTime() + 300_001);
  for (const play of [
    status(503),
    cut('{"strings": [', 'application/json'),
    json({ strings: [{ values: 3 }] }),
    text('<html>'),
  ]) {
    remote.play = play;
    expect(await send(await start())).toEqual(inAll);
  }
  remote.play = everywhere;
  await send(await start());
  expect(remote.asked.length).toBeGreaterThan(0);
});

test.each([
  ['refuses', status(403)],
  ['is ill', status(500)],
  ['hangs', hang],
  ['breaks off', cut('{"strings"', 'application/json')],
  ['talks nonsense', json({ strings: 'none', prices: [{ values: { basic: { amount: {} } } }] })],
])(
  'while a service that %s has never said anything nobody is written to; after a minute, with the defaults of the template',
  async (_, play) => {
    remote.play = play;
    const execNo = await start();
    expect(await send(execNo)).toEqual([]);
    expect(await send(execNo)).toEqual([]);
    await wait(execNo, 61);
    const defaults = ['ada', 'ben', 'cleo', 'dora'].map((name) => `Hi ${name}, ask us`);
    expect(await send(execNo, unanswered)).toEqual(defaults);
    remote.play = everywhere;
    expect(await send(execNo, unanswered)).toEqual(defaults);
  },
);

test('whoever waits for a service is written to as soon as it is back', async () => {
  remote.play = status(500);
  const execNo = await start();
  expect(await send(execNo)).toEqual([]);
  remote.play = everywhere;
  expect(await send(execNo)).toEqual(inAll);
});

test('a key of which the service has nothing is no reason to wait, and a retried request is none to ask for more', async () => {
  const words = speaks({ de: 'Hallo' });
  remote.play = inTurn(status(503), words);
  expect(await send(await start())).toEqual([
    'Hallo ada, 9.99 in DE',
    'Hallo ben, 9.99 in DE',
    'Hi cleo, 9.99 in AT',
    'Hi dora, 9.99 in null',
  ]);
});

test('a content that speaks of neither asks nobody, though a service is configured', async () => {
  remote.asked.length = 0;
  const plain = { subject: 'Hello {{ first_name }}', html: '<p>x</p><a href="{{ unsubscribe_url }}">stop</a>' };
  expect((await send(await start(await draft(plain))))[0]).toBe('Hello ada');
  expect(remote.asked).toEqual([]);
});

test('a preview shows the words of where the person is, and says which are missing', async () => {
  remote.play = speaks({ de: 'Hallo' });
  const previews = openPreviewRenderer('https://shop.example');
  const localized = createScope({ ...world.parts, localizer: newLocalizer(world.parts.database) }, scope.viewer);
  const campaignId = await draft();
  const look = (userId: string, in_: Scope = localized) =>
    contentPreview(in_, previews, { content: { campaignId }, userId });
  const ada = await look('ada');
  expect(ada.content).toMatchObject({ subject: 'Hallo ada, 9.99 in DE' });
  expect(ada.warnings.filter(({ code }) => code === 'VARIABLE_MISSING')).toEqual([]);
  expect((await look('dora')).warnings.map(({ message }) => message)).toContain(
    'this person has nothing for {{ strings.hello }}',
  );
  expect((await look('ada', scope)).content).toMatchObject({ subject: 'Hi ada, ask us' });
  await previews.close();
});

test('a launch plan says how many would read nothing, and that a service cannot be asked', async () => {
  const localized = createScope(
    { ...world.parts, localizer: newLocalizer(world.parts.database), now: () => clock },
    scope.viewer,
  );
  const campaignId = await draft();
  const warnings = async (in_: Scope) =>
    (await planLaunch(in_, campaignId)).warnings
      .filter(({ code }) => /VARIABLE|LOCALIZATION/.test(code))
      .map(({ code, message, people, of }) => [code, /\{\{ (\S+) \}\}/.exec(message)?.[1], people, of]);
  expect(await warnings(scope)).toContainEqual(['VARIABLE_UNKNOWN', 'strings.hello', undefined, undefined]);
  remote.play = speaks({ de: 'Hallo' });
  expect(await warnings(localized)).toEqual(
    [
      ['VARIABLE_MISSING', 'strings.shop.greeting', 2, 4],
      ['VARIABLE_MISSING', 'strings.hello', 2, 4],
    ].toSorted(),
  );
  clock = new Date(clock.getTime() + 300_001);
  remote.play = status(500);
  expect(await warnings(localized)).toContainEqual(['LOCALIZATION_UNAVAILABLE', undefined, undefined, undefined]);
});
