import type { NounGraph } from '../graphql/noun-graph';
import { ContactResolver } from './contact.resolver';

/** What contacts add to the graph. */
export const contactGraph: NounGraph = { resolvers: [ContactResolver], references: {} };
