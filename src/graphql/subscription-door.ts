import { randomUUID } from 'node:crypto';
import { type DocumentNode, type ExecutionArgs, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Viewer } from '../shared/viewer';
import type { Documents } from './documents';
import { clientError, isFault } from './errors';
import { nullsOutOfPlace } from './null-variables';
import type { Charger } from './operation-charges';
import type { Gate } from './operation-gate';

export interface SubscriptionDoorParts {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly gate: Gate;
  readonly charge: Charger;
  readonly onFault: (error: unknown, requestId: string) => void;
}

/** Who asks. */
export interface Subscriber {
  readonly viewer: Viewer;
  readonly address: string;
}

/**
 * Reads one subscription as HTTP reads an operation, with the same limits. Whatever is wrong is an answer to this one
 * subscription: it never throws, for that would close the socket of the others.
 */
export async function readSubscription(
  parts: SubscriptionDoorParts,
  subscriber: Subscriber,
  asked: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  try {
    return await admitted(parts, subscriber, asked);
  } catch (error) {
    const requestId = randomUUID();
    if (isFault(error)) parts.onFault(error, requestId);
    return [clientError(error, requestId)];
  }
}

async function admitted(
  { schema, documents, gate, charge }: SubscriptionDoorParts,
  { viewer, address }: Subscriber,
  { query, operationName, variables }: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const measured = gate({ query, operationName, variables });
  // What the gate cannot read, the parser says why; what it can has an operation to run, but for a wrong name.
  const document = measured?.document ?? readAgain(documents, query);
  const mistakes = documents.validate(schema, document);
  if (mistakes.length > 0) return mistakes.map((mistake) => coded(mistake, 'GRAPHQL_VALIDATION_FAILED'));
  if (measured?.operation.operation !== OperationTypeNode.SUBSCRIPTION) throw onlySubscriptions();
  const nulls = nullsOutOfPlace(schema, { document, operation: measured.operation }, variables ?? {});
  if (nulls.length > 0) return nulls.map((mistake) => coded(mistake, 'BAD_USER_INPUT'));
  await charge({ ...viewer, address }, measured);
  const { hideSuggestions } = documents;
  return { schema, document, operationName, variableValues: variables, hideSuggestions };
}

function readAgain(documents: Documents, query: string): DocumentNode {
  try {
    return documents.parse(query);
  } catch (error) {
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

const coded = ({ message }: GraphQLError, code: string) => new GraphQLError(message, { extensions: { code } });

const onlySubscriptions = () =>
  new GraphQLError('queries and mutations go over HTTP', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
