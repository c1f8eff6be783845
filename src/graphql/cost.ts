import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import type { Fragments } from './document-shape';
import type { EdgeLimits } from './edge-settings';

/** What an operation may be worth at most, and how it is read. */
export interface CostParts {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly limits: EdgeLimits;
}

/** Lists that have no size of their own are short by nature: arms, reasons, goals. */
const SHORT_LIST = 3;

/** Each may have 256 KB: an answer full of them must fit into memory as well. */
const largeTexts: ReadonlySet<string> = new Set(['html', 'text', 'payloadTemplate']);
const LARGE_TEXT = 40;

/** Of the page that the connection around asks for, if there is one around. */
interface Place {
  readonly type: string;
  readonly page: number | undefined;
}

/**
 * The worth of an operation: each field once for each item of the lists that it is in, large texts for more. Throws when a list or the
 * whole is larger than allowed. For documents that are known to have few fields and no circle.
 */
export function costOf(operation: OperationDefinitionNode, parts: CostParts): number {
  const root = parts.schema.getRootType(operation.operation);
  const definitions = variableDefaults(operation);
  const cost = costOfSet(
    operation.selectionSet,
    { type: root?.name ?? '', page: undefined },
    {
      ...parts,
      variables: { ...definitions, ...parts.variables },
    },
  );
  const { queryCost } = parts.limits;
  if (cost > queryCost) throw refusal(`the operation is worth ${cost} points of cost, and may be worth ${queryCost}`);
  return cost;
}

function variableDefaults({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, literal(defaultValue)]),
  );
}

// Of literals only numbers and the lengths of lists matter here.
function literal(node: ValueNode | undefined): unknown {
  if (node?.kind === Kind.INT) return Number(node.value);
  return node?.kind === Kind.LIST ? node.values : undefined;
}

function costOfSet(set: SelectionSetNode, place: Place, parts: CostParts): number {
  return set.selections.reduce((sum, selection) => {
    if (selection.kind === Kind.FIELD) return sum + costOfField(selection, place, parts);
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return sum + costOfSet(selection.selectionSet, within(place, selection.typeCondition?.name.value), parts);
    const fragment = parts.fragments.get(selection.name.value);
    return fragment
      ? sum + costOfSet(fragment.selectionSet, within(place, fragment.typeCondition.name.value), parts)
      : sum;
  }, 0);
}

const within = (place: Place, type: string | undefined): Place => (type === undefined ? place : { ...place, type });

function costOfField(node: FieldNode, place: Place, parts: CostParts): number {
  const field = fieldOf(node.name.value, place.type, parts.schema);
  if (field === undefined || node.selectionSet === undefined) return largeTexts.has(node.name.value) ? LARGE_TEXT : 1;
  const size = sizeOf(node, field, parts);
  const isList = holdsList(field.type);
  const items = isList ? (size ?? place.page ?? SHORT_LIST) : 1;
  const inside = { type: getNamedType(field.type).name, page: isList ? undefined : size };
  return 1 + items * costOfSet(node.selectionSet, inside, parts);
}

function fieldOf(name: string, type: string, schema: GraphQLSchema): GraphQLField<unknown, unknown> | undefined {
  if (name === '__schema') return SchemaMetaFieldDef;
  if (name === '__type') return TypeMetaFieldDef;
  const parent = schema.getType(type);
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

const holdsList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** How many items the arguments ask for: `first`, or as many as there are references. */
function sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>, parts: CostParts): number | undefined {
  const argument = (name: string): unknown => {
    const given = node.arguments?.find((each) => each.name.value === name)?.value;
    const value = given?.kind === Kind.VARIABLE ? parts.variables[given.name.value] : literal(given);
    return value ?? field.args.find((each) => each.name === name)?.defaultValue;
  };
  const { queryPageSize, queryEntities } = parts.limits;
  const references = argument('representations');
  if (Array.isArray(references)) return atMost(references.length, queryEntities, 'representations');
  const first = argument('first');
  return typeof first === 'number' ? Math.max(1, atMost(first, queryPageSize, 'items on a page')) : undefined;
}

function atMost(found: number, most: number, what: string): number {
  if (found > most) throw refusal(`at most ${most} ${what}, not ${found}`);
  return found;
}

const refusal = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
