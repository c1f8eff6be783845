import { codeOf, type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

describe('a fault', () => {
  it('says nothing but the id of its request', async () => {
    await graph.world.ledger.query(
      `update campaign.execution set kind = 99, plan = '{"goals": 7}' where id = 'exe_theirs'`,
    );
    const answer = await graph.world.post(graph.theirToken, '{ execution(id: "exe_theirs") { metrics { sent } } }');
    expect(codeOf(answer)).toBe('INTERNAL_SERVER_ERROR');
    expect(answer.errors[0]?.message).toBe('something went wrong');
    expect(answer.errors[0]?.extensions.requestId).toBeTruthy();
    expect(JSON.stringify(answer)).not.toMatch(/jsonb|select|stack|postgres/i);
  });
});
