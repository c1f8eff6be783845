import { pino } from 'pino';
import { createRemotePeer } from '../../src/adapters/remote-peer';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { createCampaign } from '../../src/campaign/create-campaign';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { Templates } from '../../src/creative/templates';
import { CircuitBreaker } from '../../src/remote/circuit-breaker';
import { RemoteService } from '../../src/remote/remote-service';
import { createScope, type Scope } from '../../src/scope';
import { openWorld, readyDraft, readyScope, type World } from '../campaign/campaign-world';
import { hang, json, type RemoteWorld, startRemoteWorld, status } from './remote-world';

let world: World;
let remote: RemoteWorld;
let scope: Scope;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await openWorld();
  remote = await startRemoteWorld();
  const peer = createRemotePeer(remote.url, 4);
  closing.push(() => peer.close());
  const service = new RemoteService({
    name: 'test',
    peer,
    breaker: new CircuitBreaker({ failures: 1_000, restMs: 1_000, clock: () => performance.now() }),
    retry: { tries: 1, pauseMs: 1, longestPauseMs: 1, random: () => 1 },
    patience: { firstByteMs: 200, silenceMs: 200, wholeMs: 200 },
  });
  const { database, now } = world.parts;
  const templates = new Templates({ database, service, now, log: pino({ level: 'silent' }) });
  scope = createScope({ ...world.parts, templates }, (await readyScope(world, 'creative')).viewer);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await remote.close();
  await world.close();
});

const template = (version: string | number, subject: string) =>
  json({ version, subject, html: '<a href="{{ unsubscribe_url }}">stop</a>', sender_name: 'Shop', text: null });
const variants = (content: Record<string, unknown>) => [
  { name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content }] },
];
const create = (content: Record<string, unknown>) => createCampaign(scope, readyDraft({ variants: variants(content) }));

async function contentOf(id: string) {
  const [row] = await world.ledger.query<{ content: Record<string, unknown>; version: number }>(
    'select h.content, c.version from campaign.channel h join campaign.campaign c using (campaign_no) where c.id = $1',
    [id],
  );
  return row;
}
const countCampaigns = async () => (await world.ledger.query('select 1 from campaign.campaign')).length;
const refused = (code: string) => ({ code, path: 'variants[0].email.templateId' });

test('a template is content like any other, pinned to its version until the campaign is saved again', async () => {
  remote.play = template(7, 'Seven {{ first_name }}');
  const id = await create({ templateId: 'tpl/1' });
  expect(remote.asked.at(-1)).toMatchObject({ method: 'GET', path: '/api/v1/templates/tpl%2F1' });
  const pinned = { subject: 'Seven {{ first_name }}', senderName: 'Shop', templateId: 'tpl/1', templateVersion: '7' };
  expect((await contentOf(id))?.content).toMatchObject(pinned);
  remote.play = template('8', 'Eight');
  const clone = await cloneCampaign(scope, { id, name: 'Its clone' });
  expect((await contentOf(clone))?.content).toMatchObject(pinned);
  const version = (await contentOf(id))?.version ?? 0;
  await editCampaign(scope, { id, version, variants: variants({ templateId: 'tpl/1' }) });
  expect((await contentOf(id))?.content).toMatchObject({ subject: 'Eight', templateVersion: '8' });
});

test('a variant may have a subject of its own over that of its template, of up to 500 characters', async () => {
  remote.play = template('1', 'The template’s');
  const long = 'x'.repeat(500);
  const id = await create({ templateId: 'over', subject: long });
  const pinned = { subject: long, senderName: 'Shop', templateId: 'over', templateVersion: '1' };
  expect((await contentOf(id))?.content).toMatchObject(pinned);
  const tooLong = { code: 'CONTENT_INVALID', path: 'variants[0].email.content.subject' };
  await expect(create({ templateId: 'over', subject: `${long}x` })).rejects.toMatchObject(tooLong);
  const own = { subject: long.slice(0, 256), html: '<a href="{{ unsubscribe_url }}">stop</a>' };
  await expect(create(own)).rejects.toMatchObject(tooLong);
  expect(await create({ ...own, subject: own.subject.slice(1) })).toMatch(/^cmp_/);
});

test('while the service is away its last copy is used; where there is none, the save is refused and nothing is written', async () => {
  remote.play = template('3', 'Three');
  await create({ templateId: 'kept' });
  const before = await countCampaigns();
  for (const play of [status(500), hang, json({ version: '4' }), json({})]) {
    remote.play = play;
    await expect(create({ templateId: 'new' })).rejects.toMatchObject(refused('CONTENT_TEMPLATE_UNAVAILABLE'));
  }
  expect(await countCampaigns()).toBe(before);
  remote.play = status(500);
  expect((await contentOf(await create({ templateId: 'kept' })))?.content).toMatchObject({ templateVersion: '3' });
});

test('what was created once is answered again under its key, though its template cannot be fetched any more', async () => {
  remote.play = template('1', 'One');
  const draft = readyDraft({ variants: variants({ templateId: 'gone' }) });
  const id = await createCampaign(scope, draft, 'once-only');
  await world.ledger.query('delete from campaign.remote_template');
  remote.play = status(500);
  const asked = remote.asked.length;
  expect(await createCampaign(scope, draft, 'once-only')).toBe(id);
  expect(remote.asked).toHaveLength(asked);
  const other = { ...draft, fields: { name: 'Another' } };
  await expect(createCampaign(scope, other, 'once-only')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

test('a template that is unknown, unnamed or not to be compiled is refused with its place', async () => {
  remote.play = status(404);
  await expect(create({ templateId: 'kept' })).rejects.toMatchObject(refused('CONTENT_TEMPLATE_UNKNOWN'));
  for (const content of [
    { templateId: ' ' },
    { templateId: '..' },
    { templateId: 'x'.repeat(101) },
    { templateId: 'a', html: 'mine' },
  ])
    await expect(create(content)).rejects.toMatchObject(refused('CONTENT_INVALID'));
  remote.play = template('1', 'Broken {{ first_name');
  await expect(create({ templateId: 'broken' })).rejects.toMatchObject({
    code: 'CONTENT_TEMPLATE',
    path: 'variants[0].email.content.subject',
  });
  const without = createScope(world.parts, scope.viewer);
  const draft = readyDraft({ variants: variants({ templateId: 'kept' }) });
  await expect(createCampaign(without, draft)).rejects.toMatchObject(refused('CONTENT_TEMPLATE_UNAVAILABLE'));
});

test('a copy is of one medium: while the service is away no other gets its words', async () => {
  const of = (kind: 'email' | 'sms') => [
    { name: 'A', allocation: 100, channels: [{ kind, content: { templateId: 'shared' } }] },
  ];
  remote.play = json({ version: '1', subject: 'Mail', html: '<a href="{{ unsubscribe_url }}">stop</a>', body: 'Text' });
  await createCampaign(scope, readyDraft({ variants: of('email') }));
  await createCampaign(scope, readyDraft({ variants: of('sms') }));
  remote.play = status(500);
  const mail = await createCampaign(scope, readyDraft({ variants: of('email') }));
  expect((await contentOf(mail))?.content).toMatchObject({ subject: 'Mail' });
  const text = await createCampaign(scope, readyDraft({ variants: of('sms') }));
  expect((await contentOf(text))?.content).toMatchObject({ body: 'Text' });
});

test("another organization's copy is not ours", async () => {
  remote.play = template('1', 'Ours');
  await create({ templateId: 'secret' });
  remote.play = status(500);
  const parts = { ...world.parts, templates: scope.templates };
  const others = createScope(parts, (await readyScope(world, 'other creatives')).viewer);
  const draft = readyDraft({ variants: variants({ templateId: 'secret' }) });
  await expect(createCampaign(others, draft)).rejects.toMatchObject(refused('CONTENT_TEMPLATE_UNAVAILABLE'));
});

test('a template of another medium is told in its words, and is content like any other', async () => {
  const told = {
    version: 'v2',
    title: 'Hi {{ first_name }}',
    body: 'Sale',
    action_url: 'https://a.example',
    icon: null,
  };
  const cases = [
    ['sms', { version: 1, body: 'Hi', max_segments: 2 }, { body: 'Hi', maxSegments: 2 }],
    ['whatsapp', { version: 1, body: 'Hi', provider_template_id: 'w' }, { body: 'Hi', providerTemplateId: 'w' }],
    ['push', { ...told, data: { a: 'b' } }, { title: told.title, actionUrl: 'https://a.example', data: { a: 'b' } }],
    ['in_app', told, { body: 'Sale', actionUrl: 'https://a.example' }],
    ['web', { ...told, image_url: 'https://a.example/i' }, { imageUrl: 'https://a.example/i' }],
  ] as const;
  for (const [kind, answer, content] of cases) {
    remote.play = json(answer);
    const channels = [{ kind, content: { templateId: `of-${kind}` } }];
    const id = await createCampaign(scope, readyDraft({ variants: [{ name: 'A', allocation: 100, channels }] }));
    const pinned = { templateId: `of-${kind}`, templateVersion: String(answer.version) };
    expect((await contentOf(id))?.content).toMatchObject({ ...content, ...pinned });
  }
});

test('a template of another medium than its channel is none, and its content is judged by its own path', async () => {
  const create = (kind: 'sms' | 'in_app') => {
    const channels = [{ kind, content: { templateId: 'odd' } }];
    return createCampaign(scope, readyDraft({ variants: [{ name: 'A', allocation: 100, channels }] }));
  };
  remote.play = template('1', 'An e-mail');
  await expect(create('sms')).rejects.toMatchObject({ code: 'CONTENT_TEMPLATE_UNAVAILABLE' });
  remote.play = json({ version: '1', title: 'T', body: '{{' });
  await expect(create('in_app')).rejects.toMatchObject({
    code: 'CONTENT_TEMPLATE',
    path: 'variants[0].inApp.content.body',
  });
});
