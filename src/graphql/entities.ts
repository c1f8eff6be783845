import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { GraphContext } from './context';

type Entities = GraphQLFieldResolver<
  unknown,
  GraphContext,
  { representations: { __typename?: unknown; id?: unknown }[] }
>;

/**
 * Makes a type that is no entity of ours look like an entity that does not exist: what the schema holds is not for a
 * caller to probe.
 */
export function guardEntities(schema: GraphQLSchema, entityTypes: ReadonlySet<string>): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve as Entities | undefined;
  if (field === undefined || resolve === undefined) return schema;
  const guarded: Entities = async (source, { representations }, context, info) => {
    const known = representations.filter((reference) => isKnown(reference, entityTypes));
    const found = (await resolve(source, { representations: known }, context, info)) as readonly unknown[];
    const byReference = new Map(known.map((reference, index) => [reference, found[index]]));
    return representations.map((reference) => byReference.get(reference) ?? null);
  };
  field.resolve = guarded as typeof field.resolve;
  return schema;
}

const isKnown = ({ __typename, id }: { __typename?: unknown; id?: unknown }, entityTypes: ReadonlySet<string>) =>
  typeof __typename === 'string' && entityTypes.has(__typename) && typeof id === 'string';
