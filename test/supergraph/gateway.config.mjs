import { defineConfig } from '@graphql-hive/gateway';

/** Queries go over HTTP; subscriptions over graphql-ws, to the one subgraph that has them. */
export const gatewayConfig = defineConfig({
  supergraph: process.env.SUPERGRAPH_FILE,
  port: Number(process.env.GATEWAY_PORT),
  host: '127.0.0.1',
  logging: process.env.GATEWAY_LOG ?? 'warn',
  propagateHeaders: { fromClientToSubgraphs: ({ request }) => authorizationOf(request) },
  transportEntries: {
    campaign: {
      options: {
        subscriptions: {
          kind: 'ws',
          location: '/graphql',
          options: { connectionParams: { authorization: '{context.headers.authorization}' } },
        },
      },
    },
  },
});

function authorizationOf(request) {
  const authorization = request.headers.get('authorization');
  return authorization ? { authorization } : {};
}
