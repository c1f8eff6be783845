import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { createCompiledDocuments, type ValidOperation } from '../../src/graphql/compiled-documents';
import type { Viewer } from '../../src/shared/viewer';
import { type CorpusDocument, type Pool, writeDocument } from './document-corpus';
import { type ComparedAnswer, messageIds, openTwoExecutors, schema, type TwoExecutors } from './two-executors';

/** `CORPUS_RUNS=20000 CORPUS_SEED=$RANDOM` for a night. */
const runs = Number(process.env.CORPUS_RUNS ?? 300);
const seed = Number(process.env.CORPUS_SEED ?? 1);
let graph: TwoExecutors;
let pool: Pool;
beforeAll(async () => {
  graph = await openTwoExecutors();
  pool = poolOf(messageIds.encode(graph.ours.execNo, 1));
});
afterAll(() => graph.close());

const cursorAt = (key: number): string => Buffer.from(JSON.stringify([key])).toString('base64url');

const poolOf = (message: string): Pool => ({
  real: {
    ...{ campaign: 'cmp_ours', execution: 'exe_ours', message, campaignId: 'cmp_ours', executionId: 'exe_ours' },
    ...{ variantId: 'var_ours_1', userId: 'ours-1', recipientId: 'ours-1', after: cursorAt(3) },
  },
  ids: ['cmp_ours', 'cmp_ours', 'exe_ours', 'exe_ours', 'cmp_other', 'var_ours_1', 'ours-1', message, 'cmp_theirs', ''],
  cursors: [
    Buffer.from('[3]').toString('base64url'),
    Buffer.from('[9007199254740991]').toString('base64url'),
    'broken',
  ],
  references: [
    { __typename: 'Campaign', id: 'cmp_ours' },
    { __typename: 'Execution', id: 'exe_ours' },
    { __typename: 'Message', id: message },
    { __typename: 'User', id: 'ours-1' },
    { __typename: 'Campaign', id: 'cmp_theirs' },
    { __typename: 'Nothing', id: 'x' },
  ],
});

/**
 * Where a failure ends an answer early, what else it tells depends on the moment, in graphql-js as well: any of its
 * answers will do, and where nothing is left but errors, one may have heard of more of them than the other.
 */
async function expectedOf(execute: () => Promise<ComparedAnswer>, answer: ComparedAnswer): Promise<ComparedAnswer> {
  let expected = await execute();
  for (let more = answer.errors.length > 0 ? 20 : 0; more > 0 && !isSame(expected, answer); more--)
    expected = await execute();
  return isSame(expected, answer) ? answer : expected;
}

function isSame(one: ComparedAnswer, other: ComparedAnswer): boolean {
  if (one.data !== null || other.data !== null) return isDeepStrictEqual(one, other);
  const [fewer, more] = [one.errors, other.errors].sort((first, second) => first.length - second.length);
  return fewer !== undefined && fewer.length > 0 && fewer.every((error: string) => more?.includes(error));
}

interface Tally {
  documents: number;
  /** Answered by a compiled function alone. */
  compiled: number;
  withErrors: number;
}

/** Executes a corpus both ways; throws at the first document whose answers differ. */
async function compareCorpus(numRuns: number, broken?: (run: CompiledQuery['query']) => CompiledQuery['query']) {
  const documents = createCompiledDocuments(schema, { worthwhileAfter: 0 });
  const tally: Tally = { documents: 0, compiled: 0, withErrors: 0 };
  let compiled = false;
  const interpreting = graph.server();
  const compiling = graph.server((operation) => {
    const found = documents(operation);
    compiled = found !== undefined;
    return found && broken ? { ...found, run: broken(found.run) } : found;
  });
  const compare = async (document: CorpusDocument, viewer: Viewer) => {
    compiled = false;
    const answer = await graph.answer(compiling, document, viewer);
    tally.documents += 1;
    if (answer.errors.length > 0) tally.withErrors += 1;
    else if (compiled) tally.compiled += 1;
    const expected = await expectedOf(() => graph.answer(interpreting, document, viewer), answer);
    expect({ document, ...answer }).toEqual({ document, ...expected });
  };
  const property = fc.asyncProperty(fc.gen(), fc.nat({ max: 2 }), async (gen, who) => {
    const document = writeDocument(schema, (sides) => gen(fc.nat, { max: sides - 1 }), pool);
    await compare(document, graph.viewers[who === 0 ? 0 : 1]);
  });
  await fc.assert(property, { numRuns, seed, endOnFailure: true });
  return tally;
}

describe('compiled execution', () => {
  test('answers a generated corpus of documents as graphql-js does', async () => {
    const { documents, compiled, withErrors } = await compareCorpus(runs);
    // A corpus that is never compiled, or never fails, would prove nothing.
    expect({ documents, compiled: compiled > runs / 3, withErrors: withErrors > runs / 20 }).toEqual({
      documents: runs,
      compiled: true,
      withErrors: true,
    });
  }, 300_000);

  test('what one viewer asked is compiled for all, and gives nobody more than their right', async () => {
    const server = graph.server(createCompiledDocuments(schema));
    const document = { query: 'query ($n: Int!) { auditLog(first: $n) { edges { cursor } } }', variables: { n: 3 } };
    const [viewer, admin] = graph.viewers;
    for (let time = 0; time < 5; time++)
      expect(await graph.answer(server, document, admin)).toEqual({ data: { auditLog: { edges: [] } }, errors: [] });
    const { data, errors } = await graph.answer(server, document, viewer);
    expect({ data, errors: errors.map((error: string) => JSON.parse(error).extensions.code) }).toEqual({
      data: null,
      errors: ['FORBIDDEN'],
    });
  });

  test('a compiler that leaves out one value is found', async () => {
    const broken = (run: CompiledQuery['query']) =>
      (async (...args: Parameters<typeof run>) => {
        const { data } = await run(...args);
        const [first] = Object.keys(data ?? {});
        return { data: { ...data, ...(first !== undefined && { [first]: null }) } };
      }) as CompiledQuery['query'];
    await expect(compareCorpus(200, broken)).rejects.toThrow();
  }, 120_000);
});

describe('what is compiled', () => {
  const operationOf = (source: string, over: Partial<ValidOperation> = {}): ValidOperation => {
    const document = parse(source);
    const operation = getOperationAST(document) as OperationDefinitionNode;
    return { hash: source, source, document, operation, operationName: undefined, variables: {}, ...over };
  };
  const isCompiled = (source: string) =>
    createCompiledDocuments(schema, { worthwhileAfter: 0 })(operationOf(source)) !== undefined;

  test.each([
    ['a query', 'query ($id: ID!) { campaign(id: $id) { name } }', true],
    [
      'a mutation',
      'mutation ($input: CampaignActionInput!) { archiveCampaign(input: $input) { userErrors { code } } }',
      false,
    ],
    ['a look at the schema', '{ __schema { types { name } } }', false],
    ['text in the document', '{ campaign(id: "cmp_1") { name } }', false],
    ['text in a default value', 'query ($id: ID = "cmp_1") { campaign(id: $id) { name } }', false],
    ['a mark of the compiler', '{ __MAGIC_NAN__: campaigns { edges { cursor } } }', false],
  ])('%s', (_, source, expected) => {
    expect(isCompiled(source)).toBe(expected);
  });

  test('text that the compiler would take for code is never run', () => {
    const mark = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
    const source = `{ campaigns(after: "${mark}globalThis.ran = true") { edges { cursor } } }`;
    expect(isCompiled(source)).toBe(false);
    expect('ran' in globalThis).toBe(false);
  });

  test('an operation is worth it once it has come before, and is forgotten when others come', () => {
    const documents = createCompiledDocuments(schema, { kept: 2, worthwhileAfter: 1 });
    const ask = (page: number) =>
      documents(operationOf(`{ campaigns(first: ${page}) { edges { cursor } } }`)) !== undefined;
    expect([ask(1), ask(1), ask(2), ask(1), ask(3), ask(4), ask(1)]).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  test('each case of a condition has a function of its own', async () => {
    const documents = createCompiledDocuments(schema, { worthwhileAfter: 0 });
    const source = 'query ($more: Boolean!) { __typename other: __typename @include(if: $more) }';
    const data = async (more: boolean) => {
      return documents(operationOf(source, { variables: { more } }))?.run(undefined, {}, { more });
    };
    expect(await data(true)).toEqual({ data: { __typename: 'Query', other: 'Query' } });
    expect(await data(false)).toEqual({ data: { __typename: 'Query' } });
  });
});
