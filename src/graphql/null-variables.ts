import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Variables that are null where a field must have a value or be left to its default. GraphQL lets a document say so, and
 * graphql-js finds it only while it executes: by then it looks like a fault of ours. Most operations have no such
 * variable, and are not looked through.
 */
export function nullsOutOfPlace(
  schema: GraphQLSchema,
  { document, operation }: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode },
  given: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const nulls = namesOfNulls(operation, given);
  if (nulls.size === 0) return [];
  const mistakes: GraphQLError[] = [];
  const types = new TypeInfo(schema);
  const note = {
    [Kind.VARIABLE]: (node: { readonly name: { readonly value: string } }) => {
      const name = node.name.value;
      if (nulls.has(name) && isNonNullType(types.getInputType())) mistakes.push(mistake(operation, name));
    },
  };
  visit(document, visitWithTypeInfo(types, note));
  return mistakes;
}

function namesOfNulls({ variableDefinitions = [] }: OperationDefinitionNode, given: Readonly<Record<string, unknown>>) {
  // Of a type that has no null, graphql-js finds it by itself before it executes anything.
  const isNull = variableDefinitions.filter(({ variable, type, defaultValue }) => {
    const value = given[variable.name.value];
    if (type.kind === Kind.NON_NULL_TYPE) return false;
    return value === null || (value === undefined && defaultValue?.kind === Kind.NULL);
  });
  return new Set(isNull.map(({ variable }) => variable.name.value));
}

function mistake({ variableDefinitions = [] }: OperationDefinitionNode, name: string): GraphQLError {
  const nodes = variableDefinitions.find(({ variable }) => variable.name.value === name);
  return new GraphQLError(`Variable "$${name}" is null where a value is needed: leave it out to have the default`, {
    ...(nodes && { nodes }),
  });
}
