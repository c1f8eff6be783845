import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { GraphContext } from './context';
import { queryLimits } from './limits';

type Entities = GraphQLFieldResolver<
  unknown,
  GraphContext,
  { representations: { __typename?: unknown; id?: unknown }[] }
>;

/**
 * Bounds `_entities`, and makes a type that is no entity of ours look like an entity that does not exist: what the
 * schema holds is not for a caller to probe.
 */
export function guardEntities(schema: GraphQLSchema, entityTypes: ReadonlySet<string>): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve as Entities | undefined;
  if (field === undefined || resolve === undefined) return schema;
  const guarded: Entities = async (source, { representations }, context, info) => {
    refuseTooMany(representations.length);
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

function refuseTooMany(count: number): void {
  if (count <= queryLimits.entityRepresentations) return;
  throw new GraphQLError(`at most ${queryLimits.entityRepresentations} representations at once, not ${count}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
