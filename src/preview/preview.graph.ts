import type { NounGraph } from '../graphql/noun-graph';
import { PreviewResolver } from './preview.resolver';

/** What previews add to the graph. */
export const previewGraph: NounGraph = { resolvers: [PreviewResolver], references: {} };
