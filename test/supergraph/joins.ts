import { externalId } from '../events/ledger-builder';
import { readCollection } from '../graphql/collection';
import type { Answer } from '../graphql/graph-world';
import { goldenQueries } from './golden-queries';
import { joinedQuery, notificationQuery, ownQueries, standingQuery, userQuery } from './joined-documents';
import type { SupergraphWorld } from './supergraph-world';

type Ask = (query: string, variables?: object, token?: string) => Promise<Answer>;

const variablesOf: Readonly<Record<string, object>> = {
  CampaignRecipients: { id: 'cmp_joined' },
  PersonInCampaigns: { id: externalId('joined', 1), campaignId: 'cmp_joined' },
  NotificationOrigin: { id: 'ntf_1' },
};

/** What any gateway must answer, generated queries as far as they suit it; `world` and `ask` are there once the tests run. */
export function itJoins(world: () => SupergraphWorld, ask: Ask, suits: (query: string) => boolean = () => true): void {
  it.each([...readCollection('supergraph').values()])('the collection asks for $name', async ({ name, text }) => {
    const { data, errors } = await ask(text, variablesOf[name]);
    expect(errors).toEqual([]);
    expect(Object.values(data)).toEqual([expect.objectContaining({})]);
  });

  it('a campaign leads to its messages, their recipients and their notifications', async () => {
    const { data, errors } = await ask(joinedQuery, { id: world().execution.campaignId });
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

  it('a person leads to what a campaign would do about them, and why not', async () => {
    const variables = { id: externalId('joined', 1), campaign: world().execution.campaignId };
    const { data, errors } = await ask(standingQuery, variables);
    expect(errors).toEqual([]);
    expect(data.user).toMatchObject({
      name: 'Person 1',
      // The built campaign has no audience of its own.
      eligibility: { wouldBeSent: false, reason: 'not_in_audience' },
      suppressions: [{ reason: 'COMPLAINED', channel: null }],
    });
  });

  it('a notification leads to its message and that message to its recipient', async () => {
    const { data, errors } = await ask(notificationQuery, { id: 'ntf_1' });
    expect(errors).toEqual([]);
    expect(data.notification.campaignMessage).toMatchObject({ status: 'SENT', recipient: { name: 'Person 0' } });
  });

  it.each(ownQueries)('what is ours alone is answered as by ourselves: %s', async (query) => {
    const [through, direct] = [await ask(query), await world().ask(world().campaigns.url, query)];
    expect(direct.errors).toEqual([]);
    expect(through).toMatchObject({ data: direct.data, errors: [] });
  });

  it('a hundred generated queries are answered as by ourselves', async () => {
    const { campaigns, ask: askAt } = world();
    const wish = { count: 100, suits };
    const golden = await goldenQueries(wish, ({ query, variables }) => askAt(campaigns.url, query, variables));
    expect(golden).toHaveLength(100);
    for (const { document, data } of golden) {
      const through = await ask(document.query, document.variables);
      expect({ ...document, ...through, status: 200 }).toEqual({ ...document, data, errors: [], status: 200 });
    }
  });

  it('a stranger sees nothing of it, and nobody is refused by us', async () => {
    const joined = await ask(joinedQuery, { id: world().execution.campaignId }, world().strangersToken);
    expect(joined.data.campaign).toBeNull();
    expect(joined.errors[0]?.extensions.code).toBe('NOT_FOUND');
    const nobody = await ask('{ campaigns { edges { cursor } } }', {}, '');
    expect(nobody.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
}
