import { type ApolloServerPlugin, type GraphQLRequestListener, HeaderMap } from '@apollo/server';
import { type ExecutionResult, type GraphQLSchema, getVariableValues } from 'graphql';
import { type CompiledDocuments, createCompiledDocuments } from './compiled-documents';
import { type GraphContext, NobodysContext } from './context';
import { LookAhead } from './look-ahead';

type Asked = Parameters<NonNullable<GraphQLRequestListener<GraphContext>['responseForOperation']>>[0];

/**
 * Answers queries that come often by compiled functions. Parsing, validation, limits and rights are as before: this
 * only takes the place of the execution, and only of one that succeeds. Whatever fails is executed once more by
 * graphql-js from the start, whose errors, order and nulls are then the answer.
 */
export function executeCompiled(
  schema: GraphQLSchema,
  documents: CompiledDocuments = createCompiledDocuments(schema),
): ApolloServerPlugin<GraphContext> {
  const answer = createAnswer(schema, documents);
  return {
    async requestDidStart() {
      return {
        async responseForOperation(asked) {
          // Whatever the types say: of several operations, none was named.
          if (!asked.operation) return null;
          const data = await answer(asked);
          if (data === undefined) return startAgain(asked);
          const http = { status: undefined, headers: new HeaderMap() };
          return { http, body: { kind: 'single', singleResult: { data } } };
        },
      };
    },
  };
}

/** What was read already would change the order in which things fail, and with it what an answer says of that. */
function startAgain({ contextValue }: Asked): null {
  if (!(contextValue instanceof NobodysContext)) contextValue.loaders.forget();
  return null;
}

type Data = Record<string, unknown>;

/** Nothing where there is any error, in the variables or further on: what it then says is for graphql-js. */
function createAnswer(
  schema: GraphQLSchema,
  documents: CompiledDocuments,
): (asked: Asked) => Promise<Data | undefined> {
  return async ({ request, source, document, operation, operationName, queryHash, contextValue }) => {
    const given = request.variables ?? {};
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    if (coerced === undefined) return undefined;
    const hash = queryHash ?? source;
    const wanted = { hash, source, document, operation, operationName, variables: coerced };
    const compiled = documents(wanted);
    if (compiled === undefined) return undefined;
    const context = lookingAhead(contextValue, new LookAhead(schema, compiled.ahead, coerced));
    return dataOf(async () => compiled.run(undefined, context, given));
  };
}

/** Of this attempt alone: the interpreter's, after it, reads as it always does. */
const lookingAhead = (context: GraphContext, ahead: LookAhead): GraphContext =>
  context instanceof NobodysContext ? context : { ...context, ahead };

async function dataOf(run: () => Promise<ExecutionResult | undefined>): Promise<Data | undefined> {
  try {
    const { data, errors } = (await run()) ?? {};
    return errors === undefined && data != null ? data : undefined;
  } catch {
    return undefined;
  }
}
