import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  OperationTypeNode,
  parse,
} from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { authorize, demand, unlisted } from '../identity/authorization';
import { type PermissionTable, readPermissions } from '../identity/permission-table';
import { permissions } from '../identity/permissions';
import type { GraphContext } from './context';
import { guardEntities } from './entities';
import type { NounGraph, ReferenceResolver, Representation } from './noun-graph';
import { nouns } from './nouns';
import { type ResolverMap, resolverMapOf } from './resolver-map';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n`;

/** The executable federated schema: the very same object serves HTTP, WebSocket and the tests. */
export function buildGraph(
  graphs: readonly NounGraph[] = nouns,
  table: PermissionTable = readPermissions(permissions),
): GraphQLSchema {
  const schema = buildTypes(graphs);
  const references: NounGraph['references'] = Object.assign({}, ...graphs.map((graph) => graph.references));
  const subgraph = buildSubgraphSchema([
    { typeDefs: parse(printGraph(schema)), resolvers: resolverMapOf(schema) },
    { typeDefs: nothing, resolvers: referenceMap(references, table) },
  ]);
  refuseUnlisted(subgraph, table);
  return authorize(guardEntities(subgraph, new Set(Object.keys(references))), table);
}

/** The subgraph's SDL as it is composed, in an order that does not depend on the code's. */
export function printSubgraph(graphs: readonly NounGraph[] = nouns): string {
  return `${printGraph(buildTypes(graphs))}\n`;
}

/** Of the second module, which only adds resolvers. */
const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

const printGraph = (schema: GraphQLSchema): string => link + printSchemaWithDirectives(lexicographicSortSchema(schema));

function refuseUnlisted(schema: GraphQLSchema, table: PermissionTable): void {
  const fields = unlisted(schema, table);
  if (fields.length === 0) return;
  throw new Error(`no row in src/identity/permissions.ts says who may use ${fields.join(', ')}`);
}

const referenceMap = (references: NounGraph['references'], table: PermissionTable): ResolverMap =>
  Object.fromEntries(
    Object.entries(references).map(([type, resolve]) => [
      type,
      { __resolveReference: authorized(type, resolve, table) },
    ]),
  );

/** Whether an entity exists is for those alone who may read its key. */
const authorized =
  (type: string, resolve: ReferenceResolver, table: PermissionTable) =>
  (reference: Representation, context: GraphContext) => {
    demand(context.viewer, table.rightFor(type, 'id'), type);
    return resolve(reference, context);
  };

function buildTypes(graphs: readonly NounGraph[]): GraphQLSchema {
  const [first, ...more] = graphs.flatMap((graph) => graph.resolvers);
  if (first === undefined) throw new Error('a graph needs at least one resolver');
  const schema = buildSchemaSync({
    resolvers: [first, ...more],
    orphanedTypes: graphs.flatMap((graph) => graph.orphans ?? []),
    skipCheck: true,
    // Input is checked by the services, in the domain's words; a second check here would speak another language.
    validate: false,
    pubSub,
  });
  describeRoots(schema);
  return schema;
}

const rootDescriptions: Readonly<Record<OperationTypeNode, string>> = {
  query: 'What can be asked. What belongs to another organization is answered as what does not exist.',
  mutation: 'What can be done. A mistake of the caller comes back in `userErrors`, and then nothing was done.',
  subscription: 'What can be followed, over WebSocket: the present state first, then changes.',
};

// TypeGraphQL makes the three roots by itself, and says nothing of them.
function describeRoots(schema: GraphQLSchema): void {
  for (const operation of Object.values(OperationTypeNode))
    Object.assign(schema.getRootType(operation) ?? {}, { description: rootDescriptions[operation] });
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
