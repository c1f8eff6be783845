import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import fastifyApollo from '@as-integrations/fastify';
import fastify from 'fastify';
import { type GraphQLFieldResolver, parse } from 'graphql';
import { type Caller, readCaller } from './caller';
import { readSdl } from './subgraph-sdl';

export interface SubgraphContext {
  readonly caller: Caller | undefined;
}

/** By type, then by field; `__resolveReference` takes an entity's key. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A resolver of a root field. */
export type RootResolver<Args = unknown> = GraphQLFieldResolver<unknown, SubgraphContext, Args>;

export interface RunningSubgraph {
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves `schema/<name>.graphql` on a free port. */
export async function serveSubgraph(name: string, resolvers: Resolvers, secret: string): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(readSdl(name)), resolvers: resolvers as never }]);
  const apollo = new ApolloServer<SubgraphContext>({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  await apollo.start();
  const app = fastify();
  await app.register(fastifyApollo(apollo), {
    context: async ({ headers }) => ({ caller: await readCaller(headers.authorization, secret) }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    stop: async () => {
      await app.close();
      await apollo.stop();
    },
  };
}
