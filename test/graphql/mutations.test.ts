import { print } from 'graphql';
import {
  CampaignDocument,
  CreateCampaignDocument,
  ResumeCampaignDocument,
  StartCampaignDocument,
  UpdateCampaignDocument,
} from '../../schema/generated/operations';
import { codeOf, type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

describe('mutations', () => {
  const draft = (over: object = {}) => ({
    name: `Autumn ${Math.random()}`,
    variants: [
      { name: 'A', allocation: 100, email: { content: { subject: 'Hi {{ first_name }}', html: '<p>Hi</p>' } } },
    ],
    audiences: [{ rules: { field: 'country', operator: 'equals', value: 'DE' } }],
    ...over,
  });
  const create = async (token: string, over?: object) =>
    (await graph.world.post(token, print(CreateCampaignDocument), { input: draft(over) })).data.createCampaign;
  let editor: string;
  beforeAll(async () => {
    editor = await graph.world.token('org-ours', { role: 'editor' });
  });

  it('need an editor', async () => {
    const answer = await graph.world.post(graph.ourToken, print(CreateCampaignDocument), { input: draft() });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(answer.data).toBeFalsy();
  });

  it('from a stale version change nothing and say CONFLICT in the payload', async () => {
    const { campaign } = await create(editor);
    const update = (name: string) =>
      graph.world.post(editor, print(UpdateCampaignDocument), { input: { id: campaign.id, version: 1, name } });
    expect((await update('First')).data.updateCampaign).toMatchObject({ campaign: { version: 2 }, userErrors: [] });
    const stale = await update('Second');
    expect(stale.errors).toEqual([]);
    expect(stale.data.updateCampaign).toEqual({
      campaign: null,
      userErrors: [{ code: 'CONFLICT', message: expect.stringContaining('version 2'), path: 'version' }],
    });
    expect((await graph.asOurs(print(CampaignDocument), { id: campaign.id })).data.campaign).toMatchObject({
      name: 'First',
      version: 2,
    });
  });

  it('that the status does not allow name it, and change nothing', async () => {
    const { campaign } = await create(editor);
    const { data } = await graph.world.post(editor, print(ResumeCampaignDocument), { input: { id: campaign.id } });
    expect(data.resumeCampaign.userErrors).toMatchObject([{ code: 'CAMPAIGN_STATUS_TRANSITION' }]);
    expect((await graph.asOurs(print(CampaignDocument), { id: campaign.id })).data.campaign).toMatchObject({
      status: 'DRAFT',
      version: 1,
    });
  });

  it("on another organization's campaign answer as on one that does not exist", async () => {
    const { campaign } = await create(editor);
    const theirs = await graph.world.token('org-theirs', { role: 'admin' });
    const act = async (id: string) =>
      (await graph.world.post(theirs, print(StartCampaignDocument), { input: { id } })).data.startCampaign;
    const [foreign, absent] = [await act(campaign.id), await act('cmp_never')];
    expect(foreign.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(JSON.stringify(foreign).replaceAll(campaign.id, 'cmp_never')).toBe(JSON.stringify(absent));
    const query = await graph.world.post(theirs, print(CampaignDocument), { id: campaign.id });
    expect(query.data).toEqual({ campaign: null });
    expect(codeOf(query)).toBe('NOT_FOUND');
  });

  const mistakes: [string, RegExp, object][] = [
    [
      'a template that is no Liquid',
      /^CONTENT_/,
      { variants: [{ name: 'A', allocation: 100, email: { content: { subject: 'x', html: '{% if %}' } } }] },
    ],
    [
      'a field that no segment has',
      /^AUDIENCE_INVALID_RULE$/,
      { audiences: [{ rules: { field: 'shoe_size', operator: 'equals', value: 1 } }] },
    ],
    ['a name that is too long', /^CAMPAIGN_/, { name: 'x'.repeat(256) }],
  ];
  it.each(mistakes)('with %s say where it is, and make nothing', async (_, expected, over) => {
    const { campaign, userErrors } = await create(editor, over);
    expect(campaign).toBeNull();
    expect(userErrors).toEqual([
      { code: expect.stringMatching(expected), message: expect.any(String), path: expect.any(String) },
    ]);
  });
});
