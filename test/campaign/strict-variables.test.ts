import { defaultFields } from '../../src/campaign/campaign-fields';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { createBlock } from '../../src/content-block/content-block-service';
import { notRendered } from '../../src/delivery/settle';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import type { Scope } from '../../src/scope';
import { DISPOSITION, REASON } from '../../src/shared/ledger-codes';
import { emailOf } from '../content/render-jobs';
import { createReady, openWorld, readyScope, type World } from './campaign-world';
import { bring, type Made, startAndRender } from './sent-mails';

let world: World;
let scope: Scope;
let named = 0;
const people = [
  { externalId: 'ada', firstName: 'Ada', attributes: { tier: 'gold', shoe: { size: 38 } } },
  { externalId: 'bob', firstName: 'Bob', attributes: { tier: '' } },
  { externalId: 'cy', attributes: { tier: 'silver' } },
  { externalId: 'dan', firstName: '', attributes: {} },
];
beforeAll(async () => {
  world = await openWorld();
  scope = await readyScope(world, 'strict');
  await updateOrganizationSettings(scope, { limits: { runningCampaigns: 100 } });
  const reachable = (name: string) => ({
    email: `${name}@example.com`,
    emailOptedIn: true,
    country: 'DE',
    timeZone: 'UTC',
  });
  await bring(
    world,
    scope,
    people.map((one) => ({ ...reachable(one.externalId), ...one })),
  );
});
afterAll(() => world.close());

const out = '<a href="{{ unsubscribe_url }}">out</a>';
const variantsOf = (own: object) => [
  { name: 'A', allocation: 100, channels: [{ kind: 'email' as const, content: { subject: 'Hi', html: out, ...own } }] },
];
const delivery = { ...defaultFields.delivery, strictVariables: true };
const make = (own: object, over: object = {}) =>
  createReady(scope, { fields: { name: `Strict ${++named}`, delivery, ...over }, variants: variantsOf(own) });
const failures = (made: readonly Made[]) =>
  made.flatMap(({ user, rendered }) => (rendered.ok ? [] : [`${user}: ${rendered.reason} ${rendered.message}`])).sort();

test('an empty list is nothing to show; where all channels are used, what fails are messages of messages', async () => {
  const eve = { externalId: 'eve', country: 'FR', attributes: { tier: [] } };
  const reachable = { email: 'eve@example.com', emailOptedIn: true, phone: '+33612345678', smsOptedIn: true };
  await bring(world, scope, [{ ...eve, ...reachable, timeZone: 'UTC' }]);
  const email = { kind: 'email' as const, content: { subject: 'Hi', html: `{{ attributes.tier }}${out}` } };
  const sms = { kind: 'sms' as const, priority: 1, content: { body: '{{ attributes.tier }}' } };
  const id = await createReady(scope, {
    fields: { name: `Strict ${++named}`, delivery: { ...delivery, channelStrategy: 'ALL' } },
    audiences: [{ kind: 'INCLUDE', rules: { field: 'country', operator: 'equals', value: 'FR' } }],
    variants: [{ name: 'A', allocation: 100, channels: [email, sms] }],
  });
  const { figures, warnings } = await planLaunch(scope, id);
  expect(figures).toMatchObject({ sent: 1, messages: 2, wouldFail: 2 });
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'VARIABLE_FAILS', people: 2, of: 2 }));
});

test('who lacks what is shown gets nothing, with a reason of its own, and the plan foretells how many', async () => {
  const id = await make({ subject: 'Hello {{ first_name }}', html: `{{ attributes.tier | upcase }}${out}` });
  const { figures, warnings } = await planLaunch(scope, id);
  expect(figures).toMatchObject({ sent: 4, wouldFail: 3 });
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'VARIABLE_FAILS', people: 3, of: 4 }));
  const made = await startAndRender(world, scope, id);
  expect(failures(made)).toEqual([
    'bob: variable_missing nothing stands in the place of {{ attributes.tier }}',
    'cy: variable_missing nothing stands in the place of {{ first_name }}',
    'dan: variable_missing nothing stands in the place of {{ first_name }}',
  ]);
  const [ada] = made.filter(({ user }) => user === 'ada');
  expect(emailOf(ada?.rendered).subject).toBe('Hello Ada');
  const message = { seq: 1, attempt: 1, may_have_left: false };
  expect(notRendered(message, 'variable_missing')).toMatchObject({
    becomes: DISPOSITION.failed,
    reason: REASON.variable_missing,
  });
});

test('a default, a condition and a loop are answers to what is missing', async () => {
  const html = `{{ first_name | default: "you" }}{% if attributes.tier != blank %}{{ attributes.tier }}{% endif %}
    {% for size in attributes.shoe %}{{ size[1] }}{% endfor %}{% capture none %}{% endcapture %}{{ none }}
    {% unless attributes.shoe %}no shoe{% endunless %}${out}`;
  const id = await make({ html });
  expect((await planLaunch(scope, id)).figures.wouldFail).toBe(0);
  expect(failures(await startAndRender(world, scope, id))).toEqual([]);
});

test('what is shown by other ways is missed as well', async () => {
  const shown = [
    '{% assign name = first_name %}{{ name }}',
    '{% echo first_name %}',
    '{% liquid echo first_name %}',
    '{% for n in (1..2) %}{{ attributes.shoe.size }}{% endfor %}',
    '{{ attributes.shoe.size | plus: 1 | append: "" | slice: 0, 0 }}',
  ];
  for (const html of shown) {
    const made = await startAndRender(world, scope, await make({ html: html + out }));
    const missed = made.flatMap(({ user, rendered }) => (rendered.ok ? [] : [user]));
    expect({ html, missed: missed.includes('cy') }).toEqual({ html, missed: true });
  }
});

test('a lenient campaign sends what it always sent', async () => {
  const id = await make({ subject: 'Hello {{ first_name }}!' }, { delivery: defaultFields.delivery });
  expect((await planLaunch(scope, id)).figures.wouldFail).toBe(0);
  const made = await startAndRender(world, scope, id);
  expect(made.map(({ rendered }) => emailOf(rendered).subject).sort()).toEqual([
    'Hello !',
    'Hello !',
    'Hello Ada!',
    'Hello Bob!',
  ]);
});

test.each([
  ['variants[0].email.content.html', '{{ frist_name }} (line 2, column 3)', { html: `a\n  {{ frist_name }}${out}` }],
  [
    'variants[0].email.content.subject',
    '{{ attributes.teir }} (line 1, column 1)',
    { subject: '{{ attributes.teir }}' },
  ],
  ['variants[0].email.content.subject', '{{ attributes.shoe.colour }}', { subject: '{{ attributes.shoe.colour }}' }],
  [
    'variants[0].email.locales[0].content.subject',
    '{{ nmae }} (line 1, column 5)',
    { locales: [{ locale: 'de', content: { subject: 'Na, {{ nmae }}', html: out } }] },
  ],
  ['variants[0].email.content', 'in the block greeting, line 1, column 7', { html: `{{ blocks.greeting }}${out}` }],
  ['variants[0].email.content', 'tablerow', { html: `{% tablerow n in (1..2) %}{{ n }}{% endtablerow %}${out}` }],
])('%s: nobody ever has %s', async (path, message, own) => {
  await createBlock(scope, { key: 'greeting', kind: 'plain', content: 'Hello {{ frist_name }}' }).catch(
    () => undefined,
  );
  await expect(make(own)).rejects.toMatchObject({
    code: 'CONTENT_TEMPLATE',
    path,
    message: expect.stringContaining(message),
  });
  // The same is saved by a lenient campaign, which cannot become a strict one.
  const id = await make(own, { delivery: defaultFields.delivery });
  const refused = { code: 'CONTENT_TEMPLATE', path };
  await expect(editCampaign(scope, { id, version: 1, fields: { delivery } })).rejects.toMatchObject(refused);
});

test('a campaign becomes strict and lenient again with what it has', async () => {
  const id = await make({ subject: 'Hello {{ first_name }}' }, { delivery: defaultFields.delivery });
  await editCampaign(scope, { id, version: 1, fields: { delivery } });
  expect((await planLaunch(scope, id)).figures.wouldFail).toBe(2);
  await editCampaign(scope, { id, version: 2, fields: { delivery: defaultFields.delivery } });
  expect((await planLaunch(scope, id)).figures.wouldFail).toBe(0);
});

test('where nobody is in the directory yet, any attribute may be somebody’s', async () => {
  const empty = await readyScope(world, 'strict-empty');
  const variants = variantsOf({ subject: '{{ attributes.anything }}' });
  await createReady(empty, { fields: { name: 'Early', delivery }, variants });
});
