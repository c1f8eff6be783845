import type { NounGraph } from '../graphql/noun-graph';
import { audienceById } from './audience.loaders';
import { AudienceResolver } from './audience.resolver';

/** What audiences add to the graph. */
export const audienceGraph: NounGraph = {
  resolvers: [AudienceResolver],
  references: { Audience: ({ id }, { loaders }) => loaders.load(audienceById, id) },
};
