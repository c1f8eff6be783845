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

describe('null where there must be a value', () => {
  const ask = (query: string, variables: object) => graph.world.post(graph.theirToken, query, variables);

  it.each([
    ['an argument', 'query ($n: Int) { campaigns(first: $n) { edges { node { id } } } }'],
    [
      'one further down',
      'query ($n: Int) { campaigns(first: 1) { edges { node { executions(first: $n) { edges { node { id } } } } } } }',
    ],
    ['a part of an input', 'query ($n: Int) { schedulePreview(input: { first: $n }) { userErrors { code } } }'],
    [
      'one of a fragment',
      'query ($n: Int) { ...Some } fragment Some on Query { segments(first: $n) { edges { node { id } } } }',
    ],
  ])('is the mistake of the caller: %s', async (_, query) => {
    const answer = await ask(query, { n: null });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toBe(
      'Variable "$n" is null where a value is needed: leave it out to have the default',
    );
    expect((await ask(query, {})).errors).toEqual([]);
  });

  it('is none where null is a value', async () => {
    const query =
      'query ($a: String, $f: CampaignFilterInput) { campaigns(after: $a, filter: $f) { edges { cursor } } }';
    expect((await ask(query, { a: null, f: null })).errors).toEqual([]);
  });
});

describe('a time out of our era', () => {
  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-05:00'])(
    'is the mistake of the caller: %s',
    async (at) => {
      const query = 'query ($at: DateTimeISO) { schedulePreview(input: { after: $at }) { userErrors { code } } }';
      const written = `{ schedulePreview(input: { after: "${at}" }) { userErrors { code } } }`;
      expect(codeOf(await graph.world.post(graph.theirToken, query, { at }))).toBe('BAD_USER_INPUT');
      expect(codeOf(await graph.world.post(graph.theirToken, written))).toBe('GRAPHQL_VALIDATION_FAILED');
    },
  );
});
