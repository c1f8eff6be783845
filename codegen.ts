import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents for tests and demo, from the subgraph's SDL as it is checked in. */
const config: CodegenConfig = {
  schema: ['schema/campaign.graphql', 'schema/federation.graphql'],
  documents: 'schema/operations/*.graphql',
  generates: {
    'schema/generated/operations.ts': {
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        immutableTypes: true,
        skipTypename: true,
        useTypeImports: true,
        onlyOperationTypes: true,
        defaultScalarType: 'unknown',
        scalars: { DateTimeISO: 'string', Decimal: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
