import { type Answer, post } from './graph-world';
import { codeOf, type OurGraph, openOurGraph } from './our-graph';

let graph: OurGraph;
beforeAll(async () => {
  graph = await openOurGraph();
});
afterAll(() => graph.world.close());

describe('what an operation may cost', () => {
  const deep = `{ execution(id: "exe_ours") ${'{ campaign { executions { edges { node '.repeat(4)}{ id }${' } } } }'.repeat(4)} }`;
  const many = (n: number, field: (index: number) => string) =>
    `{ ${Array.from({ length: n }, (_, i) => field(i)).join(' ')} }`;
  const refused: [string, number, string, string][] = [
    ['of a megabyte', 413, 'QUERY_TOO_LARGE', `{ a: __typename # ${'x'.repeat(1_000_000)}\n}`],
    ['over a megabyte', 413, 'QUERY_TOO_LARGE', `{ __typename # ${'x'.repeat(2_000_000)}\n}`],
    ['of too many words', 413, 'QUERY_TOO_LARGE', many(5_000, () => '__typename')],
    ['that is too deep', 400, 'GRAPHQL_VALIDATION_FAILED', deep],
    ['of too many aliases', 400, 'GRAPHQL_VALIDATION_FAILED', many(31, (i) => `a${i}: __typename`)],
    ['of too many root fields', 400, 'GRAPHQL_VALIDATION_FAILED', many(11, () => '__typename')],
    [
      'for too long a page',
      400,
      'BAD_USER_INPUT',
      '{ execution(id: "x") { messages(first: 101) { edges { cursor } } } }',
    ],
    [
      'that spreads itself',
      400,
      'GRAPHQL_VALIDATION_FAILED',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ],
  ];

  it.each(refused)('a query %s is refused with %i %s', async (_, status, expected, query) => {
    const answer = await graph.asOurs(query);
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toBe(expected);
  });

  it('fragments count each time they are spread', async () => {
    const doubling = Array.from({ length: 12 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    );
    const answer = await graph.asOurs(`{ ...F0 } ${doubling} fragment F12 on Query { __typename }`);
    expect(codeOf(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(answer.errors[0]?.message).toContain('fields');
  });

  it('a page size in a variable and a cursor of another list are typed mistakes', async () => {
    const query =
      'query ($n: Int!, $c: String) { execution(id: "exe_ours") { messages(first: $n, after: $c) { edges { cursor } } } }';
    expect(codeOf(await graph.asOurs(query, { n: 101 }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await graph.asOurs(query, { n: 1, c: 'bm9uc2Vuc2U' }))).toBe('BAD_USER_INPUT');
    expect(
      (await graph.asOurs(query, { n: 1, c: Buffer.from('[9007199254740991]').toString('base64url') })).errors,
    ).toEqual([]);
  });

  it('a fragment that nobody spreads is measured as well: the language compares its fields', async () => {
    const unused = `fragment F on Campaign { ${'metrics { sent } '.repeat(200)} }`;
    const answer = await post(graph.world.url, graph.ourToken, JSON.stringify({ query: `{ __typename } ${unused}` }));
    expect(answer.errors.map(({ message }) => message)).toEqual([
      'the operation has more repetitions of a field than 30',
    ]);
  });

  it('an address with a byte that is no letter is read no more kindly', async () => {
    const headers = { authorization: `Bearer ${graph.ourToken}`, 'apollo-require-preflight': '1' };
    const read = async (query: string) => {
      const response = await fetch(`${graph.world.url}?query=${encodeURIComponent(query)}%FF`, { headers });
      return ((await response.json()) as Partial<Answer>).errors?.map((error) => codeOf({ errors: [error] }));
    };
    expect(await read('{ __typename } #')).toBeUndefined();
    expect(await read(`${deep} #`)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('variables that nest without end are refused', async () => {
    const body = `{"query":"{ __typename }","variables":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
    expect(await post(graph.world.url, graph.ourToken, body)).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'QUERY_TOO_LARGE' } }],
    });
  });

  it('a simple request that a browser sends by itself is refused', async () => {
    const answer = await post(graph.world.url, graph.ourToken, JSON.stringify({ query: '{ __typename }' }), {
      'content-type': 'text/plain',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.data).toBeFalsy();
  });
});
