import { type FieldNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { mayActAs, type Viewer } from '../shared/viewer';
import { forbidden, unauthenticated } from './errors';

/**
 * Default deny, before any resolver: nobody's operation may only look at the schema, and only where that is open;
 * every mutation needs an editor. Finer roles are the services' to check.
 */
export function guardOperation(operation: OperationDefinitionNode, viewer: Viewer | undefined): void {
  if (viewer === undefined) {
    if (!looksAtSchemaOnly(operation)) throw unauthenticated();
    return;
  }
  if (operation.operation === OperationTypeNode.MUTATION && !mayActAs(viewer, 'editor')) {
    throw forbidden(`the role ${viewer.role} may not change anything`);
  }
}

const openFields = new Set(['__schema', '__type', '__typename', '_service']);

// Fragments at the root count as more than a look: nobody needs them for it.
function looksAtSchemaOnly({ operation, selectionSet }: OperationDefinitionNode): boolean {
  const isOpen = (field: FieldNode) => openFields.has(field.name.value);
  return (
    operation === OperationTypeNode.QUERY &&
    selectionSet.selections.every((selection) => selection.kind === Kind.FIELD && isOpen(selection))
  );
}
