import { externalId } from '../events/ledger-builder';
import { connectClient } from '../graphql/ws-client';
import { until } from '../support/until';
import { type RunningGateway, startGateway } from './gateway-process';
import { isPlain } from './golden-queries';
import { eventsSubscription, progressSubscription } from './joined-documents';
import { itJoins } from './joins';
import { followBySse } from './sse-client';
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
  itJoins(() => world, ask, isPlain);

  it('a mutation changes what it says, and the caller is who the token says', async () => {
    const create = `mutation ($input: CreateCampaignInput!) {
      createCampaign(input: $input) { campaign { id name createdBy } userErrors { code } } }`;
    const { data, errors } = await ask(create, { input: { name: 'Made through the gateway' } });
    expect(errors).toEqual([]);
    expect(data.createCampaign).toEqual({
      campaign: {
        id: expect.stringMatching(/^cmp_/),
        name: 'Made through the gateway',
        createdBy: externalId('joined', 0),
      },
      userErrors: [],
    });
    expect((await ask('{ me { name } }')).data.me).toEqual({ name: 'Person 0' });
  });
});

describe('subscriptions through Hive Gateway', () => {
  const execution = { execution: 'exe_joined' };
  const sent = (n: number) => ({
    kind: 'SENT',
    message: expect.objectContaining({ recipient: { name: `Person ${n}` } }),
  });

  it('over graphql-ws: every event has the names of people beside it', async () => {
    const client = connectClient(gateway.url, world.token);
    const events = client.follow(eventsSubscription, execution);
    expect((await events.next()).data.messageEvents).toEqual({ skipped: 0, events: [] });
    await world.happen('sent', [1, 5]);
    const { events: told } = (await events.next()).data.messageEvents;
    expect(told).toEqual([sent(0), sent(4)]);
    expect(told[0].message.notification).toEqual({ carrier: 'a mail service' });
    const progress = client.follow(progressSubscription, execution);
    const names = (await progress.next()).data.executionProgress.execution.messages.edges;
    expect(names[1].node.recipient).toEqual({ id: externalId('joined', 1), name: 'Person 1' });
    await world.open(1);
    const opened = async () => (await progress.next()).data.executionProgress;
    const now = await until('the figure', async () => {
      const state = await opened();
      return state.metrics.opened === 1 && state;
    });
    expect(now.execution.messages.edges[0].node.recipient.name).toBe('Person 0');
    await client.close();
  });

  it('over server-sent events: the same', async () => {
    const events = followBySse(gateway.url, world.token, eventsSubscription, execution);
    expect((await events.next()).value.data.messageEvents).toEqual({ skipped: 0, events: [] });
    await world.happen('clicked', [3]);
    expect((await events.next()).value.data.messageEvents.events).toEqual([{ ...sent(2), kind: 'CLICKED' }]);
    await events.return(undefined);
    const progress = followBySse(gateway.url, world.token, progressSubscription, execution);
    const { status, execution: state } = (await progress.next()).value.data.executionProgress;
    expect(status).toBe('RUNNING');
    expect(state.messages.edges[0].node.recipient.name).toBe('Person 0');
    await progress.return(undefined);
  });

  it("a stranger's token is refused at the source", async () => {
    const client = connectClient(gateway.url, world.strangersToken);
    const answer = await client.follow(eventsSubscription, execution).next();
    expect(JSON.stringify(answer)).toContain('NOT_FOUND');
    await client.close();
  });

  it('end at the source when the client goes', async () => {
    await until('the end of every feed', () => world.campaigns.live.open === 0);
  });
});
