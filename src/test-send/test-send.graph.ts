import type { NounGraph } from '../graphql/noun-graph';
import { TestSendResolver } from './test-send.resolver';

/** What test sends add to the graph. */
export const testSendGraph: NounGraph = { resolvers: [TestSendResolver], references: {} };
