import { isDeepStrictEqual } from 'node:util';
import { ApolloServer } from '@apollo/server';
import fc from 'fast-check';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { pino } from 'pino';
import { type Bus, openBus } from '../../src/adapters/nats';
import {
  type CompiledDocuments,
  createCompiledDocuments,
  type ValidOperation,
} from '../../src/graphql/compiled-documents';
import { executeCompiled } from '../../src/graphql/compiled-execution';
import { type ContextParts, createContext, type GraphContext } from '../../src/graphql/context';
import { maskError } from '../../src/graphql/errors';
import { createLiveFeeds } from '../../src/graphql/live-feeds';
import { listenToNudges } from '../../src/graphql/nudges';
import { buildGraph } from '../../src/graphql/schema';
import { createMessageEventFeeds } from '../../src/message/message-event-feeds';
import { createOrm } from '../../src/orm';
import { openPreviewRenderer } from '../../src/preview/preview-renderer';
import { messageIdsOf } from '../../src/shared/message-id';
import type { Viewer } from '../../src/shared/viewer';
import { buildExecution } from '../events/ledger-builder';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { testNatsUrl } from '../support/local-servers';
import { type CorpusDocument, type Pool, writeDocument } from './document-corpus';

/** `CORPUS_RUNS=20000 CORPUS_SEED=$RANDOM` for a night. */
const runs = Number(process.env.CORPUS_RUNS ?? 300);
const seed = Number(process.env.CORPUS_SEED ?? 1);
const schema = buildGraph();
const log = pino({ level: 'silent' });
const now = () => new Date('2026-11-21T12:00:00Z');
const messageIds = messageIdsOf('an-id-secret-of-this-test-with-32-bytes-or-more');

let database: TestDatabase;
let bus: Bus;
let orm: Awaited<ReturnType<typeof createOrm>>;
let parts: ContextParts;
let pool: Pool;
let viewers: Viewer[];

beforeAll(async () => {
  database = await createTestDatabase();
  bus = await openBus({ url: testNatsUrl(), name: 'test', log });
  orm = await createOrm({ url: database.url, applicationName: 'test' });
  const live = createLiveFeeds(listenToNudges(bus), now, log);
  const messageEvents = createMessageEventFeeds(bus);
  const previews = openPreviewRenderer('http://localhost:8240');
  parts = { database: database.app, entityManager: orm.em, now, messageIds, live, messageEvents, previews };
  const organizationId = 'org-ours';
  const goals = [{ no: 1, eventType: 'site.visit', windowDays: 7 }];
  const ours = await buildExecution(database.dispatcher, { name: 'ours', people: 12, organizationId, goals });
  await buildExecution(database.dispatcher, { name: 'other', people: 3, organizationId, disposition: () => 'unknown' });
  await buildExecution(database.dispatcher, { name: 'theirs', people: 3, organizationId: 'org-theirs' });
  await database.dispatcher.query(variants, [ours.orgNo]);
  const message = messageIds.encode(ours.execNo, 1);
  pool = poolOf(message);
  const viewer = { organizationId, organizationNo: ours.orgNo, userId: 'usr_ada' };
  viewers = [
    { ...viewer, role: 'viewer' },
    { ...viewer, role: 'admin' },
  ];
});

afterAll(async () => {
  await orm.close();
  await bus.close();
  await database.close();
});

const variants = `insert into campaign.variant (campaign_no, variant_no, id, org_no, name, is_control, allocation)
select c.campaign_no, v, replace(c.id, 'cmp', 'var') || '_' || v, $1, v::text, v = 1, 50
from campaign.campaign c, generate_series(1, 2) v where c.org_no = $1`;

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

const serverOf = (documents?: CompiledDocuments): ApolloServer<GraphContext> =>
  new ApolloServer<GraphContext>({
    schema,
    logger: log,
    formatError: (_, error) => maskError(error, 'request'),
    plugins: documents ? [executeCompiled(schema, documents)] : [],
  });

/** Data as it is, errors in an order of their own: two that happen at once have none. */
async function answerOf(server: ApolloServer<GraphContext>, { query, variables }: CorpusDocument, viewer: Viewer) {
  const contextValue = createContext(parts, viewer, 'request');
  const { body } = await server.executeOperation({ query, variables }, { contextValue });
  if (body.kind !== 'single') throw new Error('an answer in parts');
  const { data, errors = [] } = JSON.parse(JSON.stringify(body.singleResult));
  return { data, errors: errors.map((error: unknown) => JSON.stringify(error)).sort() };
}

type AnswerOfCorpus = Awaited<ReturnType<typeof answerOf>>;

/**
 * Where a failure ends an answer early, what else it tells depends on the moment, in graphql-js as well: any of its
 * answers will do, and where nothing is left but errors, one may have heard of more of them than the other.
 */
async function expectedOf(execute: () => Promise<AnswerOfCorpus>, answer: AnswerOfCorpus): Promise<AnswerOfCorpus> {
  let expected = await execute();
  for (let more = answer.errors.length > 0 ? 20 : 0; more > 0 && !isSame(expected, answer); more--)
    expected = await execute();
  return isSame(expected, answer) ? answer : expected;
}

function isSame(one: AnswerOfCorpus, other: AnswerOfCorpus): boolean {
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
  const interpreting = serverOf();
  const compiling = serverOf((operation) => {
    const run = documents(operation);
    compiled = run !== undefined;
    return run && broken ? broken(run) : run;
  });
  const compare = async (document: CorpusDocument, viewer: Viewer) => {
    compiled = false;
    const answer = await answerOf(compiling, document, viewer);
    tally.documents += 1;
    if (answer.errors.length > 0) tally.withErrors += 1;
    else if (compiled) tally.compiled += 1;
    const expected = await expectedOf(() => answerOf(interpreting, document, viewer), answer);
    expect({ document, ...answer }).toEqual({ document, ...expected });
  };
  const property = fc.asyncProperty(fc.gen(), fc.nat({ max: 2 }), async (gen, who) => {
    const document = writeDocument(schema, (sides) => gen(fc.nat, { max: sides - 1 }), pool);
    await compare(document, viewers[Math.min(who, 1)] as Viewer);
  });
  await fc.assert(property, { numRuns, seed, endOnFailure: true });
  return tally;
}

describe('compiled execution', () => {
  test('answers a generated corpus of documents as graphql-js does', async () => {
    const { documents, compiled, withErrors } = await compareCorpus(runs);
    // A corpus that is never compiled, or never fails, would prove nothing.
    expect({ documents, compiled: compiled > runs / 4, withErrors: withErrors > runs / 20 }).toEqual({
      documents: runs,
      compiled: true,
      withErrors: true,
    });
  }, 300_000);

  test('what one viewer asked is compiled for all, and gives nobody more than their right', async () => {
    const server = serverOf(createCompiledDocuments(schema));
    const document = { query: 'query ($n: Int!) { auditLog(first: $n) { edges { cursor } } }', variables: { n: 3 } };
    const [viewer, admin] = viewers as [Viewer, Viewer];
    for (let time = 0; time < 5; time++)
      expect(await answerOf(server, document, admin)).toEqual({ data: { auditLog: { edges: [] } }, errors: [] });
    const { data, errors } = await answerOf(server, document, viewer);
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
      const run = documents(operationOf(source, { variables: { more } }));
      return run && (await run(undefined, {}, { more }));
    };
    expect(await data(true)).toEqual({ data: { __typename: 'Query', other: 'Query' } });
    expect(await data(false)).toEqual({ data: { __typename: 'Query' } });
  });
});
