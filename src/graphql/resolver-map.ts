import type { GraphQLResolverMap } from '@apollo/subgraph';
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import type { GraphContext } from './context';

export type ResolverMap = GraphQLResolverMap<GraphContext>;

/** The resolvers and scalars of a schema, to be put on its SDL. Values of enums are their names and need nothing. */
export function resolverMapOf(schema: GraphQLSchema): ResolverMap {
  const map: ResolverMap = {};
  for (const type of Object.values(schema.getTypeMap()).filter(isOurs)) {
    if (isObjectType(type)) map[type.name] = resolversOf(type);
    else if (isScalarType(type)) map[type.name] = type;
  }
  return map;
}

const isOurs = (type: GraphQLNamedType): boolean => !isSpecifiedScalarType(type) && !type.name.startsWith('__');

const resolversOf = (type: GraphQLObjectType) =>
  Object.fromEntries(
    Object.values(type.getFields()).map(({ name, resolve, subscribe }) => [
      name,
      { ...(resolve && { resolve }), ...(subscribe && { subscribe }) },
    ]),
  );
