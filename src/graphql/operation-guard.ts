import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import type { Viewer } from '../shared/viewer';
import { forbidden, unauthenticated } from './errors';

/**
 * Before any resolver: nobody's operation may only look at the schema, and only where that is open. What each role may
 * use is in front of the resolvers themselves, so that no way of executing goes round it. A subscription is refused:
 * executed as a query it would only look like a fault of ours.
 */
export function guardOperation(operation: OperationDefinitionNode, viewer: Viewer | undefined): void {
  if (viewer === undefined && !looksAtSchemaOnly(operation)) throw unauthenticated();
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw onlyOverWebSocket();
}

/**
 * In production only a gateway that asks for itself reads the SDL: introspection is off, and this would be the same.
 * Anywhere in the document, for no other type has a field of this name.
 */
export function keepSchemaFrom(document: DocumentNode): void {
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      if (name.value === '_service') throw forbidden('the schema is for gateways');
    },
  });
}

const onlyOverWebSocket = () =>
  new GraphQLError('subscriptions go over WebSocket', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });

const openFields = new Set(['__schema', '__type', '__typename', '_service']);

// Fragments at the root count as more than a look: nobody needs them for it.
function looksAtSchemaOnly({ operation, selectionSet }: OperationDefinitionNode): boolean {
  const isOpen = (field: FieldNode) => openFields.has(field.name.value);
  return (
    operation === OperationTypeNode.QUERY &&
    selectionSet.selections.every((selection) => selection.kind === Kind.FIELD && isOpen(selection))
  );
}
