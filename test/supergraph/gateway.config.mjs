import { defineConfig } from '@graphql-hive/gateway';

/** Queries go over HTTP; subscriptions over graphql-ws, to the one subgraph that has them. */
export const gatewayConfig = defineConfig({
  supergraph: process.env.SUPERGRAPH_FILE,
  host: '127.0.0.1',
  logging: process.env.GATEWAY_LOG ?? 'warn',
  propagateHeaders: { fromClientToSubgraphs: ({ context }) => authorizationOf(context) },
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

// A socket's connection parameters stand among the headers, too.
function authorizationOf({ headers }) {
  const { authorization } = headers;
  return authorization ? { authorization } : {};
}
