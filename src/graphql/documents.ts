import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

/** Parses and validates once per text: ten thousand sockets with the same subscription share one document. */
export interface Documents {
  /** Throws what the parser says. */
  parse(text: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
  /** Names a document by its text; the same text, the same name. */
  nameOf(document: DocumentNode): string;
  /** A document that is not worth its place. */
  forget(text: string): void;
}

const kept = 200;

/** Texts are few (a client's own); past the cap the oldest goes. */
export function createDocuments(introspection: boolean, maxTokens: number): Documents {
  const rules = [...specifiedRules, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const documents = new Map<string, DocumentNode>();
  const names = new WeakMap<DocumentNode, string>();
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const read = (text: string): DocumentNode => {
    // Places in the text would be three quarters of the memory; whoever names them in an error parses for itself.
    const document = parse(text, { maxTokens, noLocation: true });
    names.set(document, createHash('sha256').update(text).digest('base64url'));
    documents.set(text, document);
    const [oldest] = documents.keys();
    if (documents.size > kept && oldest !== undefined) documents.delete(oldest);
    return document;
  };
  return {
    parse: (text) => documents.get(text) ?? read(text),
    validate: (schema, document) => {
      const verdict = verdicts.get(document) ?? validate(schema, document, rules);
      verdicts.set(document, verdict);
      return verdict;
    },
    nameOf: (document) => names.get(document) ?? '',
    forget: (text) => void documents.delete(text),
  };
}
