import { randomUUID } from 'node:crypto';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Viewer } from '../shared/viewer';
import type { Documents } from './documents';
import type { EdgeLimits } from './edge-settings';
import { clientError, isFault } from './errors';
import type { Charger } from './operation-charges';
import type { Gate } from './operation-gate';

export interface SubscriptionDoorParts {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly gate: Gate;
  readonly charge: Charger;
  readonly limits: EdgeLimits;
  readonly onFault: (error: unknown, requestId: string) => void;
}

/** Who asks, and what they hold already. */
export interface Subscriber {
  readonly viewer: Viewer;
  readonly address: string;
  /** Subscriptions of the socket, the one that is asked for among them. */
  readonly held: number;
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
    const { subscriptionsPerSocket } = parts.limits;
    if (subscriber.held > subscriptionsPerSocket) throw tooManySubscriptions('a socket', subscriptionsPerSocket);
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
  const document = measured?.document ?? documents.parse(query);
  const mistakes = documents.validate(schema, document);
  if (mistakes.length > 0) return mistakes;
  if (measured?.operation.operation !== OperationTypeNode.SUBSCRIPTION) throw onlySubscriptions();
  await charge({ ...viewer, address }, measured);
  return { schema, document, operationName, variableValues: variables };
}

/** Names who holds as many subscriptions as it may. */
export const tooManySubscriptions = (who: string, most: number): GraphQLError =>
  new GraphQLError(`${who} may hold ${most} subscriptions`, { extensions: { code: 'RATE_LIMITED' } });

const onlySubscriptions = () =>
  new GraphQLError('queries and mutations go over HTTP', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
