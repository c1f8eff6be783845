import type { NounGraph } from '../graphql/noun-graph';
import { contentBlockById } from './content-block.loaders';
import { ContentBlockResolver } from './content-block.resolver';

/** What content blocks add to the graph. */
export const contentBlockGraph: NounGraph = {
  resolvers: [ContentBlockResolver],
  references: { ContentBlock: ({ id }, { loaders }) => loaders.load(contentBlockById, id) },
};
