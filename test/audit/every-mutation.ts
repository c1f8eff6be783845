import type { GraphQLSchema } from 'graphql';
import type { GraphWorld } from '../graphql/graph-world';

/** Executes one mutation as somebody, and answers the first id of its answer; mistakes fail the test. */
export type Mutate = (field: string, input: object, selection?: string, as?: string) => Promise<string>;

const html = '<p>Hello {{ first_name }}</p><a href="{{ unsubscribe_url }}">stop</a>';
let named = 0;
const campaignInput = () => ({
  name: `Campaign ${++named}`,
  variants: [{ name: 'A', email: { content: { subject: 'News', html } } }],
  audiences: [{ rules: { field: 'country', operator: 'equals', value: 'DE' } }],
});
const rules = { field: 'country', operator: 'equals', value: 'DE' };

/** `mutate` for an organization of the world; the document is made from the schema. */
export function mutating(world: GraphWorld, schema: GraphQLSchema, token: (as: string) => Promise<string>): Mutate {
  return async (field, input, selection = '', as = 'usr_ada') => {
    const type = schema.getMutationType()?.getFields()[field]?.args[0]?.type;
    const query = `mutation ($input: ${type}) { ${field}(input: $input) { userErrors { code message path } ${selection} } }`;
    const { data, errors } = await world.post(await token(as), query, { input });
    expect({ errors, userErrors: data?.[field]?.userErrors }).toEqual({ errors: [], userErrors: [] });
    const { userErrors, ...payload } = data[field];
    return /"id":"([^"]+)"/.exec(JSON.stringify(payload))?.[1] ?? '';
  };
}

/** How each mutation is done for once: its input, and the thing that its entry must be about. */
export const recipes: Readonly<Record<string, (mutate: Mutate) => Promise<{ input: object; about?: string }>>> = {
  createCampaign: async () => ({ input: campaignInput() }),
  updateCampaign: (mutate) => ofDraft(mutate, { version: 1, description: 'new' }),
  cloneCampaign: async (mutate) => ({ input: { id: await draft(mutate), name: `Copy ${++named}` } }),
  createCampaignPreset: async (mutate) => ({ input: { campaignId: await draft(mutate), name: `Preset ${++named}` } }),
  createCampaignFromPreset: async (mutate) => ({ input: { presetId: await preset(mutate), name: `Of it ${++named}` } }),
  updateCampaignPreset: async (mutate) => {
    const id = await preset(mutate);
    return { input: { id, version: 1, description: 'new' }, about: id };
  },
  archiveCampaignPreset: async (mutate) => {
    const id = await preset(mutate);
    return { input: { id }, about: id };
  },
  archiveCampaign: (mutate) => ofDraft(mutate),
  scheduleCampaign: (mutate) => ofDraft(mutate, { at: inAnHour() }),
  activateCampaign: async (mutate) => {
    const input = { ...campaignInput(), type: 'TRIGGERED', triggers: [{ eventType: 'order.completed' }] };
    const id = await mutate('createCampaign', input, 'campaign { id }');
    return { input: { id }, about: id };
  },
  unscheduleCampaign: (mutate) => after(mutate, 'scheduleCampaign', { at: inAnHour() }),
  startCampaign: (mutate) => ofDraft(mutate),
  pauseCampaign: (mutate) => after(mutate, 'startCampaign'),
  resumeCampaign: async (mutate) => {
    const paused = await after(mutate, 'startCampaign');
    await mutate('pauseCampaign', paused.input);
    return paused;
  },
  cancelCampaign: async (mutate) => {
    const { input, about } = await after(mutate, 'startCampaign');
    return { input: { ...input, reason: 'a test' }, about };
  },
  declareWinner: async (mutate) => {
    const { input, about } = await after(mutate, 'startCampaign');
    const variantId = await mutate('pauseCampaign', input, 'campaign { variants { id } }');
    return { input: { ...input, variantId }, about };
  },
  submitForApproval: (mutate) => ofDraft(mutate),
  approveCampaign: (mutate) => after(mutate, 'submitForApproval', {}, 'usr_eve'),
  rejectCampaign: (mutate) => after(mutate, 'submitForApproval', {}, 'usr_eve'),
  retryFailed: async (mutate) => {
    const executionId = await mutate('startCampaign', { id: await draft(mutate) }, 'execution { id }');
    return { input: { executionId }, about: executionId };
  },
  sendTest: async (mutate) => {
    const campaignId = await draft(mutate);
    return { input: { campaignId, addresses: ['tester@example.com'] }, about: campaignId };
  },
  createSegment: async () => ({ input: { name: `Segment ${++named}`, rules } }),
  updateSegment: async (mutate) => {
    const id = await mutate('createSegment', { name: `Segment ${++named}`, rules }, 'segment { id }');
    return { input: { id, version: 1, name: `Segment ${++named}` }, about: id };
  },
  archiveSegment: async (mutate) => {
    const id = await mutate('createSegment', { name: `Segment ${++named}`, rules }, 'segment { id }');
    return { input: { id, version: 1 }, about: id };
  },
  createContentBlock: async () => ({ input: blockInput() }),
  updateContentBlock: async (mutate) => {
    const id = await mutate('createContentBlock', blockInput(), 'contentBlock { id }');
    return { input: { id, version: 1, content: 'Bye' }, about: id };
  },
  deleteContentBlock: async (mutate) => {
    const id = await mutate('createContentBlock', blockInput(), 'contentBlock { id }');
    return { input: { id, version: 1 }, about: id };
  },
  refreshCampaignBlocks: async (mutate) => {
    const { key } = blockInput();
    const block = { key, kind: 'PLAIN', content: 'Hello' };
    const blockId = await mutate('createContentBlock', block, 'contentBlock { id }');
    const variants = [{ name: 'A', email: { content: { subject: 'News', html: `{{ blocks.${key} }}` } } }];
    const id = await mutate('createCampaign', { ...campaignInput(), variants }, 'campaign { id }');
    await mutate('updateContentBlock', { id: blockId, version: 1, content: 'Bye' });
    return { input: { id }, about: id };
  },
  importContacts: async () => ({ input: { contacts: [{ externalId: 'p-1', email: 'ada@example.com' }] } }),
  suppressUsers: async () => ({ input: { userIds: ['p-2'] } }),
  importSuppressions: async () => ({ input: { rows: [{ email: 'eve@example.com' }] } }),
  liftSuppressions: async () => ({ input: { userIds: ['p-2'] } }),
  updateOrganizationSettings: async () => ({ input: { approvalRequired: false } }),
};

const blockInput = () => ({ key: `block_${++named}`, kind: 'PLAIN', content: 'Hello' });
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const draft = (mutate: Mutate) => mutate('createCampaign', campaignInput(), 'campaign { id }');

async function preset(mutate: Mutate) {
  const input = { campaignId: await draft(mutate), name: `Preset ${++named}` };
  return mutate('createCampaignPreset', input, 'preset { id }');
}

async function ofDraft(mutate: Mutate, more: object = {}) {
  const id = await draft(mutate);
  return { input: { id, ...more }, about: id };
}

async function after(mutate: Mutate, earlier: string, more: object = {}, as?: string) {
  const id = await draft(mutate);
  await mutate(earlier, { id, ...more }, '', as);
  return { input: { id }, about: id };
}
