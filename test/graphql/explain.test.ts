import { guardSlice } from '../../src/delivery/guard';
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
