import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { DomainError } from '../shared/errors';
import { may, RIGHTS, type Right, ROLES, type Viewer } from '../shared/viewer';
import type { PermissionTable } from './permission-table';

interface Asked {
  readonly viewer: Viewer;
}
type Field = GraphQLField<unknown, Asked>;
type Resolve = GraphQLFieldResolver<unknown, Asked>;

/**
 * Puts the table in front of every resolver of the schema, in place. A field without a row answers FORBIDDEN to
 * everybody; a field that every role may use stays as it is, so that the table costs nothing per row.
 */
export function authorize(schema: GraphQLSchema, table: PermissionTable): GraphQLSchema {
  for (const type of objectTypes(schema)) for (const field of fieldsOf(type)) guard(type, field, table);
  return schema;
}

/** The fields that have no row, as `Type.field`: with any of these a schema must not be served. */
export function unlisted(schema: GraphQLSchema, table: PermissionTable): string[] {
  return objectTypes(schema).flatMap((type) =>
    fieldsOf(type)
      .filter(({ name }) => table.rightFor(type.name, name) === undefined)
      .map(({ name }) => `${type.name}.${name}`),
  );
}

/** Throws FORBIDDEN unless the viewer has the right; without a right nobody may. */
export function demand(viewer: Viewer, right: Right | undefined, what: string): void {
  if (right !== undefined && may(viewer, right)) return;
  throw new DomainError('FORBIDDEN', `the role ${viewer.role} may not use ${what}`);
}

function guard(type: GraphQLObjectType, field: Field, table: PermissionTable): void {
  const right = table.rightFor(type.name, field.name);
  if (right !== undefined && RIGHTS[right].length === ROLES.length) return;
  const guarded =
    (resolve: Resolve): Resolve =>
    (source, args, context, info) => {
      demand(context.viewer, right, `${type.name}.${field.name}`);
      return resolve(source, args, context, info);
    };
  field.resolve = guarded(field.resolve ?? defaultFieldResolver);
  // An event is resolved with the rights of its subscriber; who may not subscribe never gets to one.
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
}

const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'));

const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());
