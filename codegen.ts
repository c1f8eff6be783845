import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents for tests and demo, from the subgraph's SDL as it is checked in. */
const config: CodegenConfig = {
  schema: ['schema/campaign.graphql', 'schema/federation.graphql'],
  documents: 'schema/operations/*.graphql',
  generates: {
    'schema/generated/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        immutableTypes: true,
        skipTypename: true,
        useTypeImports: true,
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', DateTimeISO: 'string', Decimal: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
