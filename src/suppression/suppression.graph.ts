import type { NounGraph } from '../graphql/noun-graph';
import { SuppressionResolver } from './suppression.resolver';

/** What suppressions add to the graph. */
export const suppressionGraph: NounGraph = { resolvers: [SuppressionResolver], references: {} };
