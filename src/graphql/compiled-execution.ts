import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type ExecutionResult, type GraphQLSchema, getVariableValues } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { type CompiledDocuments, createCompiledDocuments } from './compiled-documents';
import type { GraphContext } from './context';

interface Asked {
  readonly schema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly contextValue: GraphContext;
}

/**
 * Answers queries that come often by compiled functions. Parsing, validation, limits and rights are as before: this
 * only takes the place of the execution, and only of one that succeeds. Whatever fails is executed once more by
 * graphql-js, whose errors, order and nulls are then the answer; its loaders remember what was read.
 */
export function executeCompiled(
  schema: GraphQLSchema,
  documents: CompiledDocuments = createCompiledDocuments(schema),
): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ request, source, document, operation, operationName, queryHash, contextValue }) {
          const run = documents({ hash: queryHash ?? source, source, document, operation, operationName });
          const asked = { schema, variables: request.variables ?? {}, contextValue };
          const data = run && (await dataOf(run, asked, operation.variableDefinitions ?? []));
          if (data === undefined) return null;
          const http = { status: undefined, headers: new HeaderMap() };
          return { http, body: { kind: 'single', singleResult: { data } } };
        },
      };
    },
  };
}

type Definitions = Parameters<typeof getVariableValues>[1];

/** Nothing where there is any error: what it then says is for graphql-js. */
async function dataOf(
  run: CompiledQuery['query'],
  { schema, variables, contextValue }: Asked,
  definitions: Definitions,
): Promise<Record<string, unknown> | undefined> {
  if (getVariableValues(schema, definitions, variables).errors) return undefined;
  try {
    const { data, errors }: ExecutionResult = await run(undefined, contextValue, variables);
    return errors === undefined && data != null ? data : undefined;
  } catch {
    return undefined;
  }
}
