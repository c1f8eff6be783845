import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, visit } from 'graphql';

/**
 * Why an operation is left to the interpreter; nothing when it may be compiled.
 *
 * Text in a document never reaches the compiler: it writes literals into the source of a function, and its own marks
 * for dates and infinities, sent as text, would be code. Names are letters, digits and underscores, so what is left
 * cannot be. Clients that are asked often pass their text in variables anyway.
 */
export function refusalToCompile(document: DocumentNode, operation: OperationDefinitionNode): string | undefined {
  if (operation.operation !== OperationTypeNode.QUERY) return 'only queries: a second attempt must change nothing';
  let refusal: string | undefined;
  visit(document, {
    [Kind.STRING]: () => {
      refusal = 'text in the document';
    },
    [Kind.NAME]: ({ value }) => {
      if (looks.has(value)) refusal = 'a look at the schema';
      if (value.startsWith(compilersMark)) refusal = "a mark of the compiler's own";
    },
  });
  return refusal;
}

const looks: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);
const compilersMark = '__MAGIC_';
