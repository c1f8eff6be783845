import { externalId } from '../events/ledger-builder';
import { type RunningGateway, startGateway } from './gateway-process';
import { joinedQuery, notificationQuery, userQuery } from './joined-documents';
import { openSupergraphWorld, type SupergraphWorld } from './supergraph-world';

let world: SupergraphWorld;
let gateway: RunningGateway;

beforeAll(async () => {
  world = await openSupergraphWorld();
  gateway = await startGateway(world.supergraph);
  world.stack.add(() => gateway.stop());
});
afterAll(() => world.stack.stop());

const ask = (query: string, variables?: object, token?: string) => world.ask(gateway.url, query, variables, token);

describe('through Hive Gateway', () => {
  it('a campaign leads to its messages, their recipients and their notifications', async () => {
    const { data, errors } = await ask(joinedQuery, { id: world.execution.campaignId });
    expect(errors).toEqual([]);
    const messages = data.campaign.executions.edges[0].node.messages.edges;
    expect(messages).toHaveLength(12);
    expect(messages[0].node).toMatchObject({
      status: 'SENT',
      recipient: { id: externalId('joined', 0), name: 'Person 0', email: 'p0@example.com' },
      notification: { id: 'ntf_1', carrier: 'a mail service', receiver: { name: 'Person 0' } },
    });
    expect(messages[11].node).toMatchObject({ recipient: { name: 'Person 11' }, notification: null });
  });

  it('a person leads to the messages that campaigns had for them', async () => {
    const { data, errors } = await ask(userQuery, { id: externalId('joined', 3) });
    expect(errors).toEqual([]);
    expect(data.user).toMatchObject({
      name: 'Person 3',
      campaignMessages: { edges: [{ node: { status: 'SENT', execution: { id: 'exe_joined' } } }] },
    });
  });

  it('a notification leads to its message and that message to its recipient', async () => {
    const { data, errors } = await ask(notificationQuery, { id: 'ntf_1' });
    expect(errors).toEqual([]);
    expect(data.notification.campaignMessage).toMatchObject({ status: 'SENT', recipient: { name: 'Person 0' } });
  });
});
