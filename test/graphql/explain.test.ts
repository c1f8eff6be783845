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
  while (!(await expandStep(world.ledger, { execNo: row?.exec_no ?? 0, batch: 100, chunkSize: 100 })).closed);

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
      expect(gate('consent')?.seen).toEqual({ at: expect.stringMatching(/^\d{4}-/), attempt: 1 });
    expect(gates.filter(({ result, seen }) => result === 'NOT_REACHED' && seen !== null)).toEqual([]);
    reasons.add(message.reason);
  }
  expect([...reasons].sort()).toEqual(['control', 'held_out', 'no_consent', null, 'organization_control'].sort());
});
