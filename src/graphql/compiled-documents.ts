import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { conditionsOf, withoutConditions } from './compiled-conditions';
import { refusalToCompile } from './compiled-refusals';
import { type AheadDocument, readAhead } from './look-ahead';

/** An operation as it came, parsed and found valid. */
export interface ValidOperation {
  /** Names the text. */
  readonly hash: string;
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null | undefined;
  /** As graphql-js reads them, defaults among them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The function of an operation, and what a resolver may read of it ahead. */
export interface CompiledDocument {
  readonly run: CompiledQuery['query'];
  readonly ahead: AheadDocument;
}

/** What became of an operation; nothing where it is left to the interpreter. */
export type CompiledDocuments = (operation: ValidOperation) => CompiledDocument | undefined;

export interface CompilingLimits {
  /** Operations that are remembered, compiled or refused; past them the one longest unused goes. */
  readonly kept: number;
  /** Compiling costs as much as some ten executions: an operation must have come so often before. */
  readonly worthwhileAfter: number;
}

const presets: CompilingLimits = { kept: 500, worthwhileAfter: 2 };

interface Known {
  times: number;
  compiled?: CompiledDocument | undefined;
}

/** Compiles what comes again and again. Who sends ever new documents gets none compiled, and fills no memory. */
export function createCompiledDocuments(
  schema: GraphQLSchema,
  limits: Partial<CompilingLimits> = {},
): CompiledDocuments {
  const { kept, worthwhileAfter } = { ...presets, ...limits };
  const known = new Map<string, Known>();
  return (wanted) => {
    const key = keyOf(wanted);
    const found = known.get(key) ?? { times: 0 };
    // Set again, it is the newest: the first of the map is always the one longest unused.
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
    if (found.times++ === worthwhileAfter) found.compiled = compile(schema, wanted);
    return found.compiled;
  };
}

/** One function for each case of the conditions. */
function keyOf({ hash, operationName, document, variables }: ValidOperation): string {
  const conditions = conditionsOf(document).map((name) => (variables[name] === true ? 1 : 0));
  return `${hash} ${conditions.join('')} ${operationName ?? ''}`;
}

function compile(schema: GraphQLSchema, { source, document, operation, operationName, variables }: ValidOperation) {
  if (refusalToCompile(document, operation) !== undefined) return undefined;
  // Parsed anew: the compiler writes on the nodes that it reads, and those of the document are shared.
  const own = withoutConditions(parse(source, { noLocation: true }), variables);
  const ahead = readAhead(own, operationName ?? undefined);
  const compiled = compileQuery(schema, own, operationName ?? undefined, { disablingCapturingStackErrors: true });
  return isCompiledQuery(compiled) ? { run: compiled.query, ahead } : undefined;
}
