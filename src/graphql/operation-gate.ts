import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { costOf } from './cost';
import { fragmentsOf } from './document-shape';
import type { Documents } from './documents';
import { type EdgeLimits, fixedLimits } from './edge-settings';
import { tooLarge } from './errors';
import { brokenText, oversizeOf, zeroByte } from './limits';

/** What a caller asks, as it came. */
export interface Asked {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** An operation that is small enough to be looked at any closer; nothing says yet that it is valid. */
export interface Measured {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly cost: number;
}

/**
 * The one gate of HTTP and WebSocket. Throws what is too large; gives nothing for what is no operation at all, which
 * is the next one's to say.
 */
export type Gate = (asked: Asked) => Measured | undefined;

/** Each document is judged once; its cost depends on the variables. */
export function createGate(schema: GraphQLSchema, documents: Documents, limits: EdgeLimits): Gate {
  const small = new WeakSet<DocumentNode>();
  const judge = (document: DocumentNode, query: string): void => {
    const oversize = small.has(document) ? undefined : oversizeOf(document, limits);
    if (oversize === undefined) return void small.add(document);
    documents.forget(query);
    throw oversize;
  };
  return ({ query, operationName, variables }) => {
    if (typeof query !== 'string') return undefined;
    refuseLong(query);
    refuseManyValues(variables, limits.queryVariables);
    refuseUnkeepableText(variables);
    const document = readDocument(documents, query);
    if (document === undefined) return undefined;
    judge(document, query);
    const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
    if (!operation) return undefined;
    const given = isRecord(variables) ? variables : {};
    const cost = costOf(operation, { schema, fragments: fragmentsOf(document), variables: given, limits });
    return { document, operation, cost };
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseLong(query: string): void {
  const { documentCharacters } = fixedLimits;
  if (query.length > documentCharacters) throw tooLarge(`a query may have ${documentCharacters} characters`);
}

function readDocument(documents: Documents, query: string): DocumentNode | undefined {
  try {
    return documents.parse(query);
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === 'QUERY_TOO_LARGE') throw error;
    // What the parser says is for whoever answers the caller: each transport has its own way.
    return undefined;
  }
}

/** Level by level, not by recursion: a hostile value would exhaust the stack here as it would further in. */
function refuseManyValues(variables: unknown, most: number): void {
  let level: unknown[] = [variables];
  for (let depth = 0, values = 0; level.length > 0; depth++, values += level.length) {
    if (depth > fixedLimits.variableDepth) throw tooLarge(`variables may have ${fixedLimits.variableDepth} levels`);
    if (values > most) throw tooLarge(`variables may have ${most} values`);
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
}

/**
 * PostgreSQL's text has neither zero bytes nor halves of characters: what holds one can be neither kept nor found. Of
 * all characters beyond ASCII, JSON escapes the halves alone.
 */
function refuseUnkeepableText(variables: unknown): void {
  const json = JSON.stringify(variables) ?? '';
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(json)) throw zeroByte();
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json)) throw brokenText();
}
