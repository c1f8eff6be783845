import { guardSlice } from '../../src/delivery/guard';
import { settle } from '../../src/delivery/settle';
import { expandStep } from '../../src/dispatch/expand';
import { type GraphWorld, openGraphWorld } from './graph-world';

let world: GraphWorld;
let token: string;

beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token('org-explained', { role: 'admin' });
});
afterAll(() => world.close());

async function mutate(field: string, input: object, selection = '') {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code message path } ${selection} } }`;
  const { data, errors } = await world.post(token, mutation, { input });
  expect({ errors, userErrors: data?.[field]?.userErrors }).toEqual({ errors: [], userErrors: [] });
  return data[field];
}

const QUESTION = `query ($campaignId: ID!, $userId: ID!) { explain(campaignId: $campaignId, userId: $userId) {
  message { reason variant { id } } gates { gate result reason seen } } }`;

interface Explained {
  readonly message: { readonly reason: string | null; readonly variant: { readonly id: string } | null };
  // biome-ignore lint/suspicious/noExplicitAny: what a gate saw has any shape
  readonly gates: readonly { readonly gate: string; readonly result: string; readonly seen: any }[];
}

async function expandAll(execNo: number): Promise<void> {
  while (!(await expandStep(world.ledger, { execNo, batch: 100, chunkSize: 100 })).closed);
}

test('gates that draw tell what they drew, and one that stopped a message when', async () => {
  const people = Array.from({ length: 60 }, (_, n) => `p-${n}`);
  // Draws are by the campaign's id: of ten who have not agreed all are drawn away once in a hundred thousand runs.
  const contacts = people.map((id, n) => ({ externalId: id, email: `${id}@example.com`, emailOptedIn: n % 6 > 0 }));
  await mutate('importContacts', { contacts });
  await mutate('updateOrganizationSettings', { postalAddress: 'Road 1', controlGroupPercentage: 10 });
  const email = { content: { subject: 'Hi', html: '<a href="{{ unsubscribe_url }}">stop</a>' } };
  const input = {
    name: 'Explained',
    holdoutPercentage: 20,
    audiences: [{ rules: { field: 'email', operator: 'exists' } }],
    variants: [
      { name: 'A', allocation: 50, email },
      { name: 'B', allocation: 30, email },
      { name: 'None', allocation: 20, isControl: true },
    ],
  };
  const { campaign } = await mutate('createCampaign', input, 'campaign { id }');
  const { execution } = await mutate('startCampaign', { id: campaign.id }, 'execution { id }');
  const [row] = await world.ledger.query<{ exec_no: number }>('select exec_no from campaign.execution where id = $1', [
    execution.id,
  ]);
  await expandAll(row?.exec_no ?? 0);

  const reasons = new Set<string | null>();
  for (const userId of people) {
    const { data, errors } = await world.post(token, QUESTION, { campaignId: campaign.id, userId });
    expect(errors).toEqual([]);
    const [{ message, gates }] = data.explain as [Explained];
    const gate = (name: string) => gates.find((one) => one.gate === name);
    const drawn = gates.filter(({ seen }) => seen?.below !== undefined);
    expect(drawn.length).toBeGreaterThan(0);
    for (const { result, seen } of drawn) expect(result).toBe(seen.bucket < seen.below ? 'STOPPED' : 'PASSED');
    const variant = gate('variant');
    if (variant?.result === 'NOT_REACHED') expect(variant.seen).toBeNull();
    else {
      const { bucket, variants } = variant?.seen ?? {};
      expect(variants.find(({ below }: { below: number }) => bucket < below).variantId).toBe(message.variant?.id);
    }
    if (message.reason === 'no_consent')
      expect(gate('consent')?.seen).toEqual({
        ...{ emailOptedIn: false, inCanada: false, expressConsent: false },
        ...{ at: expect.stringMatching(/^\d{4}-/), attempt: 1 },
      });
    const early = gates.filter(({ result, seen }) => result === 'NOT_REACHED' && seen !== null);
    expect(early.map((one) => one.gate)).toEqual(message.reason === null ? ['time'] : []);
    reasons.add(message.reason);
  }
  expect([...reasons].sort()).toEqual(['control', 'held_out', 'no_consent', null, 'organization_control'].sort());
});

/** Starts a campaign by text message, then e-mail; its number, and that of its only execution. */
async function startByText(name: string): Promise<{ campaignId: string; execNo: number }> {
  const html = '<a href="{{ unsubscribe_url }}">stop</a>';
  const email = { priority: 2, content: { subject: 'Hi', html } };
  const sms = { priority: 1, content: { body: 'Hi. Reply STOP to end' } };
  const audiences = [{ rules: { field: 'tags', operator: 'has_tag', value: 'by-text' } }];
  const { campaign } = await mutate(
    'createCampaign',
    { name, audiences, variants: [{ name: 'A', email, sms }] },
    'campaign { id }',
  );
  const { execution } = await mutate('startCampaign', { id: campaign.id }, 'execution { id }');
  const [row] = await world.ledger.query<{ no: number }>('select exec_no as no from campaign.execution where id = $1', [
    execution.id,
  ]);
  await expandAll(row?.no ?? 0);
  return { campaignId: campaign.id, execNo: row?.no ?? 0 };
}

async function explained(campaignId: string, userId: string) {
  const question = `query ($campaignId: ID!, $userId: ID!) { explain(campaignId: $campaignId, userId: $userId) {
    message { reason channel } gates { gate result seen } channels { channel chosen reason seen } } }`;
  const { data, errors } = await world.post(token, question, { campaignId, userId });
  expect(errors).toEqual([]);
  const [{ message, gates, channels }] = data.explain;
  const seen = (name: string) => gates.find((one: { gate: string }) => one.gate === name).seen;
  return { message, channels, seen };
}

test('whom the guard stops after they unsubscribed: what it saw then, when, and what the start had seen', async () => {
  const phone = (n: number) => `+49151123456${10 + n}`;
  const contacts = ['fay', 'gus', 'hal'].map((id, n) => ({
    ...{ externalId: id, email: `${id}@example.com`, emailOptedIn: true, tags: ['by-text'] },
    ...{ phone: phone(n), smsOptedIn: id !== 'hal', timeZone: 'Europe/Berlin' },
  }));
  await mutate('importContacts', { contacts });
  await mutate('updateOrganizationSettings', { controlGroupPercentage: 0, limits: { enabled: false } });
  await mutate('suppressUsers', { userIds: ['hal'], channel: 'SMS', reason: 'UNSUBSCRIBED' });
  const { campaignId, execNo } = await startByText('By text');
  await mutate('suppressUsers', { userIds: ['fay'], channel: 'SMS', reason: 'UNSUBSCRIBED' });
  await world.ledger.query("update campaign.contact set sms_opted_in = false where external_id = 'gus'");
  const [chunk] = await world.ledger.query<{ no: number; due: Date }>(
    'select chunk_no as no, due_at as due from campaign.chunk where exec_no = $1 and channel = 2',
    [execNo],
  );
  const asked = { take: true, leaseMs: 5_000, rows: 10, takesKeys: true, keyWindowMs: 86_400_000, throttles: [] };
  const now = new Date((chunk?.due.getTime() ?? 0) + 1_000);
  const ref = { execNo, chunkNo: chunk?.no ?? 0, fence: 0, channel: 'sms' } as const;
  const slice = await guardSlice(world.ledger, ref, { ...asked, now, expiresAfterHours: 72, commercial: true });
  expect(slice?.messages).toEqual([]);

  const commercial = { inCanada: false, expressConsent: false };
  const fay = await explained(campaignId, 'fay');
  expect(fay.message).toEqual({ reason: 'suppressed', channel: 'SMS' });
  expect(fay.seen('suppression')).toEqual({
    suppressed: true,
    doNotSell: false,
    suppressions: [{ channel: 'SMS', reason: 'unsubscribed', since: expect.stringMatching(/^\d{4}-/) }],
    atStart: { suppressed: false, doNotSell: false },
    at: now.toISOString(),
    attempt: 1,
  });
  const gus = await explained(campaignId, 'gus');
  expect(gus.seen('consent')).toEqual({
    ...{ smsOptedIn: false, ...commercial, at: now.toISOString(), attempt: 1 },
    atStart: { smsOptedIn: true, ...commercial },
  });
  const hal = await explained(campaignId, 'hal');
  expect(hal.message).toEqual({ reason: null, channel: 'EMAIL' });
  expect(hal.seen('consent')).toEqual({ emailOptedIn: true, ...commercial });
  expect(hal.channels).toEqual([
    {
      ...{ channel: 'SMS', chosen: false, reason: 'suppressed' },
      seen: { suppressed: true, doNotSell: false, smsOptedIn: false, ...commercial, hasPhone: true, phoneValid: true },
    },
    {
      ...{ channel: 'EMAIL', chosen: true, reason: null },
      seen: {
        suppressed: false,
        doNotSell: false,
        emailOptedIn: true,
        ...commercial,
        hasEmail: true,
        emailValid: true,
      },
    },
  ]);
  expect(hal.seen('time')).toMatchObject({ dueAt: expect.stringMatching(/^\d{4}-/), waits: [] });
});

const WHY = `query ($campaignId: ID!, $userId: ID!) { explain(campaignId: $campaignId, userId: $userId) {
  message { id } asOf channels { channel chosen reason } gates { gate result reason seen } } }`;

interface Told {
  readonly result: string;
  readonly reason: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: what a gate saw has any shape
  readonly seen: any;
}

async function why(
  campaignId: string,
  userId: string,
  as = token,
): Promise<Told & { gates: string; all: readonly Told[] }> {
  const { data, errors } = await world.post(as, WHY, { campaignId, userId });
  expect(errors).toEqual([]);
  expect(data.explain).toHaveLength(1);
  const [{ message, asOf, gates }] = data.explain;
  expect([message, typeof asOf]).toEqual([null, 'string']);
  return { ...gates[0], gates: gates.map(({ result }: Told) => result[0]).join(''), all: gates };
}

describe('who has no message', () => {
  const audiences = [
    {
      rules: {
        all: [
          { field: 'tags', operator: 'has_tag', value: 'why' },
          { field: 'country', operator: 'equals', value: 'DE' },
        ],
      },
    },
    { kind: 'EXCLUDE', rules: { field: 'attributes.plan', operator: 'equals', value: 'trial' } },
    { kind: 'EXCLUDE', userIds: ['kim'] },
  ];
  const email = { content: { subject: 'Hi', html: '<a href="{{ unsubscribe_url }}">stop</a>' } };
  const create = async (over: object = {}) =>
    (
      await mutate(
        'createCampaign',
        { name: `Why ${crypto.randomUUID()}`, audiences, variants: [{ name: 'A', allocation: 100, email }], ...over },
        'campaign { id audiences { id } }',
      )
    ).campaign;
  const person = (externalId: string, over: object = {}) => ({
    ...{ externalId, email: `${externalId}@example.com`, emailOptedIn: true, tags: ['why'], country: 'DE' },
    ...over,
  });

  beforeAll(async () => {
    await mutate('importContacts', {
      contacts: [
        person('ida'),
        person('jan', { country: 'FR', attributes: { plan: 'trial' } }),
        person('kim'),
        person('leo', { emailOptedIn: false }),
      ],
    });
  });

  it('is told which include or exclude keeps them out, and rule by rule what they have', async () => {
    const { id, audiences: made } = await create();
    await mutate('startCampaign', { id });
    const [row] = await world.ledger.query<{ no: number }>(
      'select exec_no as no from campaign.execution e join campaign.campaign c using (campaign_no) where c.id = $1',
      [id],
    );
    await expandAll(row?.no ?? 0);
    const jan = await why(id, 'jan');
    expect(jan).toMatchObject({ result: 'STOPPED', reason: 'not_in_audience', gates: 'SNNNNNNNNNN' });
    expect(jan.seen).toMatchObject({ isMember: false, asOf: expect.stringMatching(/^\d{4}-/) });
    expect(jan.seen.audiences).toEqual([
      {
        ...{ audience: made[0].id, kind: 'INCLUDE', result: false, keepsOut: true },
        rules: [
          { path: '', rule: 'all of these', result: false },
          { path: 'all[0]', rule: 'tags have the tag "why"', result: true, value: ['why'] },
          { path: 'all[1]', rule: 'country is "DE"', result: false, value: 'FR' },
        ],
      },
      {
        ...{ audience: made[1].id, kind: 'EXCLUDE', result: true, keepsOut: true },
        rules: [{ path: '', rule: 'plan is "trial"', result: true, value: 'trial' }],
      },
      {
        ...{ audience: made[2].id, kind: 'EXCLUDE', result: false, keepsOut: false },
        rules: [{ path: '', rule: 'is among the 1 named', result: false }],
      },
    ]);
    const kim = await why(id, 'kim');
    expect(kim.seen.audiences.map((one: { keepsOut: boolean }) => one.keepsOut)).toEqual([false, false, true]);

    // Whoever joins after the audience was closed belongs to it, and has no message all the same.
    await mutate('importContacts', { contacts: [person('mia')] });
    expect(await why(id, 'mia')).toMatchObject({ reason: 'not_in_audience', seen: { isMember: true } });
  });

  it('is somebody whom nobody knows: that, and nothing else', async () => {
    const { id } = await create();
    expect(await why(id, 'never-heard-of')).toMatchObject({
      result: 'STOPPED',
      reason: 'not_in_directory',
      seen: null,
    });
    const stranger = await world.token('org-strangers');
    const { data, errors } = await world.post(stranger, WHY, { campaignId: id, userId: 'ida' });
    expect([data?.explain ?? null, errors.length]).toEqual([null, 1]);
  });

  it('hears of a campaign that never started what a start would do', async () => {
    const { id } = await create({ holdoutPercentage: 20 });
    const jan = await why(id, 'jan');
    expect(jan).toMatchObject({ reason: 'not_in_audience', gates: 'SNNNNNNNNNN' });
    const leo = await why(id, 'leo');
    expect(leo).toMatchObject({ result: 'PASSED', reason: null, seen: { isMember: true } });
    const consent = leo.all[4];
    if (leo.gates[2] === 'P')
      expect(consent).toMatchObject({ result: 'STOPPED', reason: 'no_consent', seen: { emailOptedIn: false } });
    expect(leo.all[2]?.seen).toEqual({ bucket: expect.any(Number), below: 2_000 });
  });

  it('is left out by a cap, and told their place in its draw', async () => {
    const { id } = await create({ audienceCap: 1 });
    const told = [await why(id, 'ida'), await why(id, 'leo'), await why(id, 'mia')];
    const inside = told.filter(({ result }) => result === 'PASSED');
    expect(inside.map(({ seen }) => seen.cap.isIn)).toEqual([true]);
    for (const { reason, seen } of told.filter((one) => !inside.includes(one))) {
      expect([reason, seen.isMember, seen.cap.isIn]).toEqual(['over_cap', false, false]);
      expect(seen.cap.bucket).toBeGreaterThanOrEqual(seen.cap.last);
    }
  });

  it('shows what people have in their profiles to editors, not to viewers', async () => {
    const { id } = await create();
    const viewer = await world.token('org-explained', { role: 'viewer' });
    const { seen } = await why(id, 'jan', viewer);
    expect(seen.audiences[0].rules[2]).toEqual({ path: 'all[1]', rule: 'country is "DE"', result: false });
    expect(JSON.stringify(seen)).not.toMatch(/"FR"|"value"/);
  });
});

test('who has a message is told by which rules, and whether their contact changed since', async () => {
  const { campaignId } = await startByText('Rules of members');
  const told = async () => (await explained(campaignId, 'gus')).seen('audience');
  expect(await told()).toMatchObject({
    ...{ isMember: true, changedSince: false },
    audiences: [
      { kind: 'INCLUDE', result: true, rules: [{ rule: 'tags have the tag "by-text"', value: ['by-text'] }] },
    ],
  });
  await world.ledger.query(
    "update campaign.contact set tags = '{}', updated_at = now() + interval '1 s' where external_id = 'gus'",
  );
  expect(await told()).toMatchObject({
    ...{ isMember: true, changedSince: true },
    audiences: [{ result: true, rules: [{ rule: 'tags have the tag "by-text"', result: true, value: [] }] }],
  });
});

test('who waits for the end of their quiet hours is told since when and until when, who was sent which limits granted it', async () => {
  await mutate('importContacts', {
    contacts: ['nia', 'oto'].map((id) => ({
      ...{ externalId: id, email: `${id}@example.com`, emailOptedIn: true, locale: 'de-AT', tags: ['waits'] },
      ...(id === 'nia' && { timeZone: 'Pacific/Auckland' }),
    })),
  });
  const email = { content: { subject: 'Hi', html: '<a href="{{ unsubscribe_url }}">stop</a>' } };
  const audiences = [{ rules: { field: 'tags', operator: 'has_tag', value: 'waits' } }];
  const { campaign } = await mutate(
    'createCampaign',
    { name: 'Waits', audiences, variants: [{ name: 'A', email }] },
    'campaign { id }',
  );
  await mutate('startCampaign', { id: campaign.id });
  const [run] = await world.ledger.query<{ no: number }>(
    'select exec_no as no from campaign.execution e join campaign.campaign c using (campaign_no) where c.id = $1',
    [campaign.id],
  );
  const execNo = run?.no ?? 0;
  await expandAll(execNo);
  // All of it comes late, in the evening of Auckland.
  const begin = new Date(Date.now() + 86_400_000);
  begin.setUTCHours(9, 30, 0, 0);
  await world.ledger.query(
    `update campaign.chunk set due_at = $2::timestamptz - interval '1 hour', expires_at = $2::timestamptz + interval '3 days' where exec_no = $1`,
    [execNo, begin],
  );
  const chunks = await world.ledger.query<{ no: number }>(
    'select chunk_no as no from campaign.chunk where exec_no = $1',
    [execNo],
  );
  for (const [turn, { no: chunkNo }] of chunks.entries()) {
    const now = new Date(begin.getTime() + turn * 5_000);
    const hours = { from: '21:00', until: '08:00', timeZone: 'UTC', skips: false };
    const throttles = [
      { scope: 'campaign:1', perMinute: 6_000 },
      { scope: 'organization:1:1', perMinute: 6_000 },
    ];
    const asked = {
      take: true,
      leaseMs: 5_000,
      rows: 10,
      takesKeys: true,
      keyWindowMs: 86_400_000,
      expiresAfterHours: 72,
    };
    const slice = await guardSlice(
      world.ledger,
      { execNo, chunkNo, fence: 0 },
      { ...asked, now, hours, throttles, commercial: true },
    );
    const { fence = 0, width = 0, putOff = [] } = slice ?? {};
    await settle(world.ledger, { execNo, chunkNo, fence }, [], {
      ...{ now, leaseMs: 0, advance: width, unanswered: [], putOff, retryAfterMs: 0, askAgainAfterMs: 0, events: [] },
    });
  }
  const { seen: niaSaw } = await explained(campaign.id, 'nia');
  const [{ because, since, until }] = niaSaw('time').waits;
  expect([because, typeof since]).toEqual(['put_off', 'string']);
  expect(new Date(until).toLocaleTimeString('en-GB', { timeZone: 'Pacific/Auckland' })).toBe('08:00:00');
  const { seen: otoSaw } = await explained(campaign.id, 'oto');
  expect(otoSaw('time').waits).toEqual([]);
  expect(otoSaw('throttle')).toEqual({
    limits: ['campaign', 'organization EMAIL'],
    grantedAt: expect.stringMatching(/T09:30:0\d/),
  });
});
