import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { PAGE_LIMIT } from './pagination';

/** The most that one operation may ask for; the same over HTTP and WebSocket. */
export interface QueryLimits {
  readonly documentCharacters: number;
  readonly tokens: number;
  readonly depth: number;
  /** Fields after fragments are spread: what execution really visits for one row. */
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly entityRepresentations: number;
  /** Levels of JSON in variables; rules of an audience have ten at most. */
  readonly variableDepth: number;
}

export const queryLimits: QueryLimits = {
  documentCharacters: 65_536,
  tokens: 2_000,
  depth: 10,
  fields: 500,
  rootFields: 10,
  aliases: 30,
  directives: 20,
  entityRepresentations: 200,
  variableDepth: 40,
};

/** Validation rules that refuse an operation by its shape, before anything of it runs. */
export function limitRules(limits: QueryLimits = queryLimits): ValidationRule[] {
  return [(context) => measureOperations(context, limits), (context) => countNodes(context, limits), pageSizes];
}

const refuse = (context: ValidationContext, what: string, limit: number) =>
  context.reportError(new GraphQLError(`the operation has more ${what} than ${limit}`));

interface Shape {
  readonly depth: number;
  readonly fields: number;
}
const nothing: Shape = { depth: 0, fields: 0 };

function measureOperations(context: ValidationContext, limits: QueryLimits): ASTVisitor {
  const measure = shapeReader(context.getDocument());
  return {
    OperationDefinition(operation: OperationDefinitionNode) {
      const { depth, fields } = measure(operation.selectionSet);
      if (depth > limits.depth) refuse(context, 'levels', limits.depth);
      if (fields > limits.fields) refuse(context, 'fields', limits.fields);
      if (operation.selectionSet.selections.length > limits.rootFields)
        refuse(context, 'root fields', limits.rootFields);
    },
  };
}

/** Each fragment is measured once, however often it is spread: the work stays linear in the document. */
function shapeReader(document: DocumentNode): (set: SelectionSetNode | undefined) => Shape {
  const fragments = new Map(document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
  const measured = new Map<string, Shape>();
  const measure = (set: SelectionSetNode | undefined): Shape =>
    (set?.selections ?? []).map(measureSelection).reduce(besides, nothing);
  const measureSelection = (selection: SelectionSetNode['selections'][number]): Shape => {
    if (selection.kind === Kind.FIELD)
      return isIntrospection(selection) ? nothing : below(measure(selection.selectionSet));
    if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet);
    return measureFragment(selection.name.value);
  };
  const measureFragment = (name: string): Shape => {
    const known = measured.get(name);
    if (known) return known;
    // Set first: a cycle of fragments (refused by another rule) ends here.
    measured.set(name, nothing);
    const shape = measure(fragments.get(name)?.selectionSet);
    measured.set(name, shape);
    return shape;
  };
  return measure;
}

const isFragment = (node: { kind: string }): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION;
// By name, never by alias. Where introspection is off another rule refuses these.
const isIntrospection = (field: FieldNode): boolean => field.name.value === '__schema' || field.name.value === '__type';
const below = ({ depth, fields }: Shape): Shape => ({ depth: depth + 1, fields: fields + 1 });
const besides = (one: Shape, other: Shape): Shape => ({
  depth: Math.max(one.depth, other.depth),
  fields: one.fields + other.fields,
});

function countNodes(context: ValidationContext, limits: QueryLimits): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  return {
    Field(field) {
      if (field.alias && ++aliases === limits.aliases + 1) refuse(context, 'aliases', limits.aliases);
    },
    Directive() {
      if (++directives === limits.directives + 1) refuse(context, 'directives', limits.directives);
    },
  };
}

function pageSizes(context: ValidationContext): ASTVisitor {
  return {
    Argument(argument) {
      if (argument.name.value !== 'first' || argument.value.kind !== Kind.INT) return;
      if (Number(argument.value.value) > PAGE_LIMIT) refuse(context, 'items on a page', PAGE_LIMIT);
    },
  };
}
