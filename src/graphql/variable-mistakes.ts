import { inspect } from 'node:util';
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  coerceInputValue,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  type OperationDefinitionNode,
  type TypeNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import type { GraphContext } from './context';
import { nullsOutOfPlace } from './null-variables';

type Values = Readonly<Record<string, unknown>>;

/** These are enough to go on with. */
const MOST_MISTAKES = 3;

/**
 * Answers an operation whose variables do not fit, before anything executes it. graphql-js tells up to fifty mistakes,
 * each with the whole value that it is in: of a megabyte that makes fifty. Here a value is only hinted at. What is
 * missing altogether is left to graphql-js.
 */
export function refuseMistakenVariables(
  schema: GraphQLSchema,
  format: (error: GraphQLError) => GraphQLFormattedError,
): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ request, document, operation }) {
          const given = request.variables ?? {};
          const nulls = operation ? nullsOutOfPlace(schema, { document, operation }, given) : [];
          const mistakes = [...mistakesIn(schema, operation, given), ...nulls].slice(0, MOST_MISTAKES);
          if (mistakes.length === 0) return null;
          const http = { status: 400, headers: new HeaderMap() };
          return { http, body: { kind: 'single', singleResult: { errors: mistakes.map(format) } } };
        },
      };
    },
  };
}

// Whatever the types say: of several operations, none may have been named.
function mistakesIn(schema: GraphQLSchema, operation: OperationDefinitionNode | undefined, given: Values) {
  const mistakes: GraphQLError[] = [];
  for (const definition of operation?.variableDefinitions ?? []) {
    const value = given[definition.variable.name.value];
    const type = inputType(schema, definition.type);
    if (type === undefined || value == null || mistakes.length === MOST_MISTAKES) continue;
    mistakes.push(...mistakesOf(definition, type, value).slice(0, MOST_MISTAKES - mistakes.length));
  }
  return mistakes;
}

function inputType(schema: GraphQLSchema, node: TypeNode): GraphQLInputType | undefined {
  const type = typeFromAST(schema, node);
  return isInputType(type) ? type : undefined;
}

function mistakesOf(definition: VariableDefinitionNode, type: GraphQLInputType, value: unknown): GraphQLError[] {
  const mistakes: GraphQLError[] = [];
  const note = (path: readonly (string | number)[], wrong: unknown, { message }: GraphQLError) => {
    const { value: name } = definition.variable.name;
    const place = path.length > 0 ? ` at "${name}${path.map(step).join('')}"` : '';
    const text = `Variable "$${name}" got invalid value ${hint(wrong)}${place}; ${message}`;
    mistakes.push(new GraphQLError(text, { nodes: definition }));
    if (mistakes.length === MOST_MISTAKES) throw enough;
  };
  try {
    coerceInputValue(value, type, note);
  } catch (error) {
    if (error !== enough) throw error;
  }
  return mistakes;
}

/** Ends the search. */
const enough = new Error('enough mistakes');

const step = (key: string | number): string => (typeof key === 'number' ? `[${key}]` : `.${key}`);

const hint = (value: unknown): string =>
  inspect(value, { depth: 1, maxStringLength: 60, maxArrayLength: 5, breakLength: Number.POSITIVE_INFINITY });
