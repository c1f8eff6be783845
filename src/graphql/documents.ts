import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Lexer,
  NoSchemaIntrospectionCustomRule,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql';
import { tooLarge } from './errors';

/** Parses and validates once per text: ten thousand sockets with the same subscription share one document. */
export interface Documents {
  /** Throws what the parser says, or QUERY_TOO_LARGE before it begins. */
  parse(text: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
  /** True where the schema is not to be looked at: a mistake then does not say what else there is. */
  readonly hideSuggestions: boolean;
  /** Names a document by its text; the same text, the same name. */
  nameOf(document: DocumentNode): string;
  /** A document that is not worth its place. */
  forget(text: string): void;
}

const kept = 200;

/** Levels of brackets: the parser goes one call deeper for each, and the stack ends somewhere. */
const nesting = 200;

/** Texts are few (a client's own); past the cap the oldest goes. */
export function createDocuments(introspection: boolean, maxTokens: number): Documents {
  const hideSuggestions = !introspection;
  const rules = [...specifiedRules, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const documents = new Map<string, DocumentNode>();
  const names = new WeakMap<DocumentNode, string>();
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const read = (text: string): DocumentNode => {
    refuseLarge(text, maxTokens);
    // Places in the text would be three quarters of the memory; whoever names them in an error parses for itself.
    const document = parse(text, { noLocation: true });
    names.set(document, createHash('sha256').update(text).digest('base64url'));
    documents.set(text, document);
    const [oldest] = documents.keys();
    if (documents.size > kept && oldest !== undefined) documents.delete(oldest);
    return document;
  };
  return {
    hideSuggestions,
    parse: (text) => documents.get(text) ?? read(text),
    validate: (schema, document) => {
      const verdict = verdicts.get(document) ?? validate(schema, document, rules, { hideSuggestions });
      verdicts.set(document, verdict);
      return verdict;
    },
    nameOf: (document) => names.get(document) ?? '',
    forget: (text) => void documents.delete(text),
  };
}

function refuseLarge(text: string, maxTokens: number): void {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  for (let words = 0; lexer.advance().kind !== TokenKind.EOF; words++) {
    if (words >= maxTokens) throw tooLarge(`a query may have ${maxTokens} words and signs`);
    depth += levelsOf(lexer.token.kind);
    if (depth > nesting) throw tooLarge(`a query may have ${nesting} levels of brackets`);
  }
}

function levelsOf(kind: TokenKind): number {
  if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) return 1;
  return kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R ? -1 : 0;
}
