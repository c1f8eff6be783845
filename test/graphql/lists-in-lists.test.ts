import { buildExecution, externalId } from '../events/ledger-builder';
import { type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
const names = Array.from({ length: 20 }, (_, n) => `listed${n}`);
beforeAll(async () => {
  graph = await openOurGraph();
  for (const name of names) await buildExecution(graph.world.ledger, { name, people: 3, organizationId: 'org-lists' });
});
afterAll(() => graph.world.close());

describe('lists within lists', () => {
  // What comes often is compiled and reads ahead, unless there is text in it.
  it.each([
    ['read when asked for', '(first: $n, filter: { nameContains: "list" })', 12],
    ['read ahead', '(first: $n)', 6],
  ])('that are %s cost as many statements for twenty campaigns as for two', async (_, asked, statements) => {
    const token = await graph.world.token('org-lists');
    const ask = async (first: number) => {
      const before = graph.world.statements();
      const query = `query ($n: Int!, $people: [_Any!]!) {
        campaigns${asked} { edges { node { name metrics { sent } executions(first: 2) {
          edges { node { reconciliation { sent } messages(first: 2) { edges { node { id } } } } } } } } }
        _entities(representations: $people) { ... on User { id campaignMessages(first: 1) { edges { node { id } } } } } }`;
      const people = names.slice(0, first).map((name) => ({ __typename: 'User', id: externalId(name, 0) }));
      const answer = await graph.world.post(token, query, { n: first, people });
      return { answer, statements: graph.world.statements() - before };
    };
    // The first request of an organization also looks up its number.
    const [, , two, twenty] = [await ask(1), await ask(1), await ask(2), await ask(20)];
    expect(twenty.answer.errors).toEqual([]);
    const campaigns: Listed[] = twenty.answer.data.campaigns.edges.map((edge: { node: Listed }) => edge.node);
    const firstOf = new Map(campaigns.map(({ name, executions }) => [name, messagesOf(executions)]));
    expect([...firstOf.values()].map((ids) => ids.length)).toEqual(names.map(() => 2));
    // Each person's own message is the first of their own campaign.
    for (const { id, campaignMessages } of twenty.answer.data._entities) {
      const own = campaignMessages.edges.map((edge: { node: { id: string } }) => edge.node.id);
      expect(own).toEqual(firstOf.get(`cmp_${id.replace('-0', '')}`)?.slice(0, 1));
    }
    expect([two.statements, twenty.statements]).toEqual([statements, statements]);
  });
});

interface Listed {
  readonly name: string;
  readonly executions: { edges: { node: { messages: { edges: { node: { id: string } }[] } } }[] };
}
const messagesOf = ({ edges }: Listed['executions']) =>
  edges.flatMap(({ node }) => node.messages.edges.map((edge) => edge.node.id));
