import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { itJoins } from '../supergraph/joins';
import { openSupergraphWorld, type SupergraphWorld } from '../supergraph/supergraph-world';
import type { Answer } from './graph-world';

interface Caller {
  readonly authorization?: string;
}

/** Passes the caller's token on. */
class TokenBearer extends RemoteGraphQLDataSource<Caller> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Caller>['willSendRequest']>>[0]) {
    if (context.authorization) request.http?.headers.set('authorization', context.authorization);
  }
}

let world: SupergraphWorld;
let server: ApolloServer<Caller>;

beforeAll(async () => {
  world = await openSupergraphWorld();
  const gateway = new ApolloGateway({
    supergraphSdl: world.supergraph,
    buildService: ({ url }) => new TokenBearer({ url }),
  });
  server = new ApolloServer<Caller>({ gateway });
  await server.start();
  world.stack.add(() => server.stop());
});
afterAll(() => world.stack.stop());

async function ask(query: string, variables: object = {}, token = world.token): Promise<Answer> {
  const contextValue = token ? { authorization: `Bearer ${token}` } : {};
  const { body, http } = await server.executeOperation({ query, variables: { ...variables } }, { contextValue });
  if (body.kind !== 'single') throw new Error('an answer in pieces');
  // Through text, as a client gets it.
  const { data, errors = [] } = JSON.parse(JSON.stringify(body.singleResult));
  return { status: http.status ?? 200, data, errors };
}

describe('through @apollo/gateway', () => {
  itJoins(() => world, ask);
});
