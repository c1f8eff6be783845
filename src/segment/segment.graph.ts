import type { NounGraph } from '../graphql/noun-graph';
import { segmentById } from './segment.loaders';
import { SegmentResolver } from './segment.resolver';

/** What segments add to the graph. */
export const segmentGraph: NounGraph = {
  resolvers: [SegmentResolver],
  references: { Segment: ({ id }, { loaders }) => loaders.load(segmentById, id) },
};
