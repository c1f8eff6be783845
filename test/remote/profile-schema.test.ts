import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { defaultFields } from '../../src/campaign/campaign-fields';
import { createCampaign } from '../../src/campaign/create-campaign';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { ProfileSchemas, unknownToProfiles } from '../../src/profile/profile-schemas';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import { RemoteService } from '../../src/remote/remote-service';
import { createScope, type Scope } from '../../src/scope';
import { openWorld, readyDraft, readyScope, type World } from '../campaign/campaign-world';
import { json, type RemoteWorld, startRemoteWorld, status } from './remote-world';

let world: World;
let remote: RemoteWorld;
let organizations = 0;
let now = 0;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await openWorld();
  remote = await startRemoteWorld();
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await remote.close();
  await world.close();
});

/** An api's process of its own: it remembers nothing of the others. */
async function newScope(): Promise<Scope> {
  const peer = createRemotePeer(remote.url, 4);
  closing.push(() => peer.close());
  const service = new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: 1_000, restMs: 1_000, clock: () => performance.now() }),
    retry: { tries: 1, pauseMs: 1, longestPauseMs: 1, random: () => 1 },
    patience: { firstByteMs: 200, silenceMs: 200, wholeMs: 200 },
  });
  const log = pino({ level: 'silent' });
  const profileSchemas = new ProfileSchemas({ service, log, freshMs: 1_000, clock: () => now });
  const { viewer } = await readyScope(world, `schema-${++organizations}`);
  return createScope({ ...world.parts, profileSchemas }, viewer);
}

const schema = {
  type: 'object',
  properties: {
    tier: { type: 'string' },
    address: { properties: { city: {} }, additionalProperties: false },
    orders: { type: 'array', items: { properties: { total: {} } } },
    free: { type: 'object', additionalProperties: true, properties: {} },
  },
};
const variants = (subject: string) => [
  { name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content: { subject, html: 'x' } }] },
];
const delivery = { ...defaultFields.delivery, strictVariables: true };
const create = (scope: Scope, subject: string, strict = true) =>
  createCampaign(
    scope,
    readyDraft({
      fields: { name: subject, ...(strict && { delivery }) },
      variants: variants(subject),
    }),
  );
const refused = { code: 'CONTENT_TEMPLATE', path: 'variants[0].email.content.subject' };

test('a strict campaign shows what the schema has, and nothing else', async () => {
  const scope = await newScope();
  remote.play = json(schema);
  await create(
    scope,
    '{{ profile.tier }} {{ profile.address.city }} {{ profile.orders[0].total }} {{ profile.free.x }}',
  );
  expect(remote.asked.at(-1)).toMatchObject({ method: 'GET', path: '/api/v1/users/profile/schema' });
  await expect(create(scope, 'Hi {{ profile.teir }}')).rejects.toMatchObject({
    ...refused,
    message: 'nobody ever has {{ profile.teir }} (line 1, column 4)',
  });
  await expect(create(scope, '{{ profile.address.street }}')).rejects.toMatchObject(refused);
  // A lenient one may, and cannot become a strict one.
  const id = await create(scope, '{{ profile.lenient }}', false);
  await expect(editCampaign(scope, { id, version: 1, fields: { delivery } })).rejects.toMatchObject(refused);
});

test('the service is asked once for a while, and only by content that speaks of profiles', async () => {
  const scope = await newScope();
  remote.play = json(schema);
  const before = remote.asked.length;
  await create(scope, '{{ first_name }}');
  expect(remote.asked.length).toBe(before);
  await create(scope, 'One {{ profile.tier }}');
  await create(scope, 'Two {{ profile.tier }}');
  expect(remote.asked.length).toBe(before + 1);
  now += 1_001;
  await create(scope, 'Three {{ profile.tier }}');
  expect(remote.asked.length).toBe(before + 2);
});

test('where it cannot be asked, what it said last stands; where it never said anything, nothing does', async () => {
  const scope = await newScope();
  remote.play = status(500);
  await create(scope, 'Early {{ profile.any }}');
  remote.play = json(schema);
  await create(scope, 'Then {{ profile.tier }}');
  now += 1_001;
  remote.play = status(500);
  await expect(create(scope, 'Later {{ profile.any }}')).rejects.toMatchObject(refused);
  // It says that there is none any more.
  now += 1_001;
  remote.play = status(404);
  await create(scope, 'At last {{ profile.any }}');
  now += 1_001;
  remote.play = json({ hello: 'world' });
  await create(scope, 'Garbage {{ profile.any }}');
});

test.each([
  ['profile.tier', {}, false],
  ['profile.tier', { properties: {} }, true],
  ['profile.tier', { properties: {}, additionalProperties: true }, false],
  ['profile.tier.name', { properties: { tier: {} } }, false],
  ['profile.tier.name', { properties: { tier: { properties: {} } } }, true],
  ['profile.constructor', { properties: {} }, true],
  ['profile', { properties: {} }, false],
  ['first_name', { properties: {} }, false],
])('%s by %j: unknown %s', (variable, given, isUnknown) => {
  expect(unknownToProfiles(given, [variable])).toEqual(isUnknown ? [variable] : []);
});
