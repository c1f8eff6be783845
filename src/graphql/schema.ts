import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, lexicographicSortSchema, parse } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray, type PubSub } from 'type-graphql';
import { guardEntities } from './entities';
import type { NounGraph } from './noun-graph';
import { nouns } from './nouns';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n`;

/** The executable federated schema: the very same object serves HTTP, WebSocket and the tests. */
export function buildGraph(graphs: readonly NounGraph[] = nouns): GraphQLSchema {
  const schema = buildTypes(graphs);
  const resolvers = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  const references = Object.assign({}, ...graphs.map((graph) => graph.references));
  for (const [type, resolve] of Object.entries(references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  const subgraph = buildSubgraphSchema([{ typeDefs: parse(printGraph(schema)), resolvers: resolvers as never }]);
  return guardEntities(subgraph, new Set(Object.keys(references)));
}

/** The subgraph's SDL as it is composed, in an order that does not depend on the code's. */
export function printSubgraph(graphs: readonly NounGraph[] = nouns): string {
  return `${printGraph(buildTypes(graphs))}\n`;
}

const printGraph = (schema: GraphQLSchema): string => link + printSchemaWithDirectives(lexicographicSortSchema(schema));

function buildTypes(graphs: readonly NounGraph[]): GraphQLSchema {
  return buildSchemaSync({
    resolvers: graphs.flatMap((graph) => graph.resolvers) as unknown as NonEmptyArray<() => object>,
    orphanedTypes: graphs.flatMap((graph) => graph.orphans ?? []) as unknown as (() => object)[],
    skipCheck: true,
    // Input is checked by the services, in the domain's words; a second check here would speak another language.
    validate: false,
    pubSub,
  });
}

// Every subscription brings its own `subscribe`; TypeGraphQL insists on one of these all the same.
const pubSub: PubSub = {
  publish: () => {
    throw new Error('nothing is published through the schema');
  },
  subscribe: () => {
    throw new Error('a subscription without its own subscribe function');
  },
};
