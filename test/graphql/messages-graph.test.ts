import { externalId } from '../events/ledger-builder';
import { type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

describe('messages', () => {
  const page = `query ($after: String, $dispositions: [Disposition!], $variantId: ID) { execution(id: "exe_ours") {
    messages(first: 12, after: $after, dispositions: $dispositions, variantId: $variantId) {
      pageInfo { hasNextPage endCursor } edges { node { id disposition status reason recipient { id } attempt channel } } } } }`;

  it('come page by page in the order of sending, each exactly once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { data } = await graph.asOurs(page, { after });
      const { edges, pageInfo } = data.execution.messages;
      seen.push(...edges.map((edge: { node: { recipient: { id: string } } }) => edge.node.recipient.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => externalId('ours', n)));
  });

  it('are narrowed by disposition and variant, and say why they were not sent', async () => {
    const { data } = await graph.asOurs(page, { dispositions: ['UNKNOWN'], variantId: 'var_ours_1' });
    const nodes = data.execution.messages.edges.map((edge: { node: object }) => edge.node);
    expect(nodes).toHaveLength(5);
    for (const node of nodes)
      expect(node).toMatchObject({ disposition: 'UNKNOWN', status: 'UNKNOWN', reason: 'answer_lost' });
  });

  it('are found by id, by recipient and by notification, and explained gate by gate', async () => {
    const [{ seq }] = (await graph.world.ledger.query<{ seq: number }>(
      `update campaign.message m set delivered_at = now(), opened_at = now() from campaign.contact c
       where c.contact_no = m.contact_no and c.external_id = $1 returning m.seq`,
      [externalId('ours', 3)],
    )) as [{ seq: number }];
    await graph.world.ledger.query('insert into campaign.message_notification values ($1, $2, $3, $4, 1, 1)', [
      graph.ours.orgNo,
      'ntf_3',
      graph.ours.execNo,
      seq,
    ]);
    const { data, errors } = await graph.asOurs(
      `query ($refs: [_Any!]!, $user: ID!) {
         explain(campaignId: "cmp_ours", userId: $user) { message { id status } gates { gate result } }
         _entities(representations: $refs) {
           ... on User { id campaignMessages { edges { node { id notification { id } execution { id } } } } }
           ... on Notification { campaignMessage { id recipient { id } } } } }`,
      {
        user: externalId('ours', 3),
        refs: [
          { __typename: 'User', id: externalId('ours', 3) },
          { __typename: 'Notification', id: 'ntf_3' },
        ],
      },
    );
    expect(errors).toEqual([]);
    const [explained] = data.explain;
    expect(explained.message.status).toBe('OPENED');
    expect(explained.gates.every((gate: { result: string }) => gate.result === 'PASSED')).toBe(true);
    const [user, notification] = data._entities;
    expect(user.campaignMessages.edges).toEqual([
      { node: { id: explained.message.id, notification: { id: 'ntf_3' }, execution: { id: 'exe_ours' } } },
    ]);
    expect(notification.campaignMessage).toEqual({
      id: explained.message.id,
      recipient: { id: externalId('ours', 3) },
    });
    expect(
      (await graph.asOurs('query ($id: ID!) { message(id: $id) { id } }', explained.message)).data.message,
    ).toEqual({
      id: explained.message.id,
    });
  });
});
