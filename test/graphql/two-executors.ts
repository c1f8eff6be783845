import { ApolloServer } from '@apollo/server';
import { pino } from 'pino';
import { openBus } from '../../src/adapters/nats';
import type { CompiledDocuments } from '../../src/graphql/compiled-documents';
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
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { testNatsUrl } from '../support/local-servers';
import type { CorpusDocument } from './document-corpus';

export const schema = buildGraph();
const log = pino({ level: 'silent' });
const now = () => new Date('2026-11-21T12:00:00Z');
export const messageIds = messageIdsOf('an-id-secret-of-this-test-with-32-bytes-or-more');

/** An answer; its errors in an order of their own: two that happen at once have none. */
export interface ComparedAnswer {
  readonly data: unknown;
  readonly errors: readonly string[];
}

/** The graph over a ledger of two organizations, to be executed in more ways than one. */
export interface TwoExecutors {
  readonly database: TestDatabase;
  readonly ours: BuiltExecution;
  /** Of our organization: one who looks and one who may do anything. */
  readonly viewers: readonly [Viewer, Viewer];
  /** Compiling what these say, or interpreting all of it. */
  server(documents?: CompiledDocuments): ApolloServer<GraphContext>;
  answer(server: ApolloServer<GraphContext>, document: CorpusDocument, viewer: Viewer): Promise<ComparedAnswer>;
  close(): Promise<void>;
}

export async function openTwoExecutors(): Promise<TwoExecutors> {
  const database = await createTestDatabase();
  const bus = await openBus({ url: testNatsUrl(), name: 'test', log });
  const orm = await createOrm({ url: database.url, applicationName: 'test' });
  const parts: ContextParts = {
    ...{ database: database.app, entityManager: orm.em, now, messageIds },
    live: createLiveFeeds(listenToNudges(bus), now, log),
    messageEvents: createMessageEventFeeds(bus),
    previews: openPreviewRenderer('http://localhost:8240'),
  };
  const ours = await fillLedger(database);
  const viewer = { organizationId: ours.organizationId, organizationNo: ours.orgNo, userId: 'usr_ada' };
  return {
    ...{ database, ours },
    viewers: [
      { ...viewer, role: 'viewer' },
      { ...viewer, role: 'admin' },
    ],
    server: serverOf,
    answer: async (server, { query, variables }, who) => {
      const contextValue = createContext(parts, who, 'request');
      const { body } = await server.executeOperation({ query, variables }, { contextValue });
      if (body.kind !== 'single') throw new Error('an answer in parts');
      const { data, errors = [] } = JSON.parse(JSON.stringify(body.singleResult));
      return { data, errors: errors.map((error: unknown) => JSON.stringify(error)).sort() };
    },
    close: async () => {
      await orm.close();
      await bus.close();
      await database.close();
    },
  };
}

async function fillLedger({ dispatcher }: TestDatabase): Promise<BuiltExecution> {
  const organizationId = 'org-ours';
  const goals = [{ no: 1, eventType: 'site.visit', windowDays: 7 }];
  const ours = await buildExecution(dispatcher, { name: 'ours', people: 12, organizationId, goals });
  await buildExecution(dispatcher, { name: 'other', people: 3, organizationId, disposition: () => 'unknown' });
  await buildExecution(dispatcher, { name: 'theirs', people: 3, organizationId: 'org-theirs' });
  await dispatcher.query(variants, [ours.orgNo]);
  return ours;
}

const variants = `insert into campaign.variant (campaign_no, variant_no, id, org_no, name, is_control, allocation)
select c.campaign_no, v, replace(c.id, 'cmp', 'var') || '_' || v, $1, v::text, v = 1, 50
from campaign.campaign c, generate_series(1, 2) v where c.org_no = $1`;

const serverOf = (documents?: CompiledDocuments): ApolloServer<GraphContext> =>
  new ApolloServer<GraphContext>({
    schema,
    logger: log,
    formatError: (_, error) => maskError(error, 'request'),
    plugins: documents ? [executeCompiled(schema, documents)] : [],
  });
