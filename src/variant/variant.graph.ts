import type { NounGraph } from '../graphql/noun-graph';
import { variantById } from './variant.loaders';
import { VariantResolver } from './variant.resolver';

/** What variants add to the graph. */
export const variantGraph: NounGraph = {
  resolvers: [VariantResolver],
  references: { Variant: ({ id }, { loaders }) => loaders.load(variantById, id) },
};
