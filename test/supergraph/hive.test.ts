import { externalId } from '../events/ledger-builder';
import { connectClient } from '../graphql/ws-client';
import { until } from '../support/until';
import { type RunningGateway, startGateway } from './gateway-process';
import {
  eventsSubscription,
  joinedQuery,
  notificationQuery,
  progressSubscription,
  standingQuery,
  userQuery,
} from './joined-documents';
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

  it('a person leads to what a campaign would do about them, and why not', async () => {
    const variables = { id: externalId('joined', 1), campaign: world.execution.campaignId };
    const { data, errors } = await ask(standingQuery, variables);
    expect(errors).toEqual([]);
    expect(data.user).toMatchObject({
      name: 'Person 1',
      // The built campaign has no audience of its own.
      eligibility: { wouldBeSent: false, reason: 'not_in_audience' },
      suppressions: [{ reason: 'COMPLAINED', channel: null }],
    });
  });

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

  it('a stranger sees nothing of it, and nobody is refused by us', async () => {
    const joined = await ask(joinedQuery, { id: world.execution.campaignId }, world.strangersToken);
    expect(joined.data.campaign).toBeNull();
    expect(joined.errors[0]?.extensions.code).toBe('NOT_FOUND');
    const nobody = await world.ask(gateway.url, '{ campaigns { edges { cursor } } }', {}, '');
    expect(nobody.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
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
