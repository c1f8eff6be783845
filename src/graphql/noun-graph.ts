import type { GraphContext } from './context';

/** A representation as a gateway sends it: the type's name and its key. */
export interface Representation {
  readonly __typename: string;
  readonly id: string;
}

/** Fetches an entity by its key, as the viewer may see it; nothing when there is no such thing for them. */
export type ReferenceResolver = (
  reference: Representation,
  context: GraphContext,
) => Promise<object | null | undefined>;

/** What one noun adds to the graph. */
export interface NounGraph {
  readonly resolvers: readonly (new (...dependencies: never[]) => object)[];
  /** By name of the entity's type. They go through the same loaders as the root fields, so by the same authorization. */
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  /** Types that no root field reaches. */
  readonly orphans?: readonly (new () => object)[];
}
