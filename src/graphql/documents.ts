import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  type Source,
  specifiedRules,
  validate,
} from 'graphql';
import { limitRules, queryLimits } from './limits';

/** Parses and validates once per text: ten thousand sockets with the same subscription share one document. */
export interface Documents {
  parse(source: string | Source): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
  /** Names a document by its text; the same text, the same name. */
  nameOf(document: DocumentNode): string;
}

const kept = 500;

/** Texts are few (a client's own); past the cap the oldest goes. */
export function createDocuments(introspection: boolean): Documents {
  const rules = [...specifiedRules, ...limitRules(), ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const documents = new Map<string, DocumentNode>();
  const names = new WeakMap<DocumentNode, string>();
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const read = (text: string): DocumentNode => {
    const document = parse(text, { maxTokens: queryLimits.tokens });
    names.set(document, createHash('sha256').update(text).digest('base64url'));
    documents.set(text, document);
    const [oldest] = documents.keys();
    if (documents.size > kept && oldest !== undefined) documents.delete(oldest);
    return document;
  };
  return {
    parse: (source) => {
      const text = typeof source === 'string' ? source : source.body;
      return documents.get(text) ?? read(text);
    },
    validate: (schema, document) => {
      const verdict = verdicts.get(document) ?? validate(schema, document, rules);
      verdicts.set(document, verdict);
      return verdict;
    },
    nameOf: (document) => names.get(document) ?? '',
  };
}
