import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** The size of a selection, its fragments spread. */
export interface Shape {
  readonly depth: number;
  /** Levels under `__schema` and `__type`. */
  readonly introspectionDepth: number;
  readonly fields: number;
  /** Fields of the selection itself. */
  readonly width: number;
  readonly circular: boolean;
}
const nothing: Shape = { depth: 0, introspectionDepth: 0, fields: 0, width: 0, circular: false };

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const operationsOf = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);

export const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );

/** Each fragment is measured once, however often it is spread: the work stays linear in the document. */
export function createShapeReader(fragments: Fragments): (set: SelectionSetNode | undefined) => Shape {
  const measured = new Map<string, Shape>();
  const measure = (set: SelectionSetNode | undefined): Shape =>
    (set?.selections ?? []).map(measureSelection).reduce(besides, nothing);
  const measureSelection = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value);
    const inside = measure(selection.selectionSet);
    return selection.kind === Kind.FIELD ? around(inside, selection) : inside;
  };
  const measureFragment = (name: string): Shape => {
    const known = measured.get(name);
    if (known) return known;
    // Set first: whoever comes by while it is measured is inside of it.
    measured.set(name, { ...nothing, circular: true });
    const fragment = fragments.get(name);
    // A name that leads nowhere counts as a field: spread twice by each of a hundred fragments it is 2^100 places.
    const shape = fragment ? measure(fragment.selectionSet) : { ...nothing, fields: 1 };
    measured.set(name, shape);
    return shape;
  };
  return measure;
}

// By name, never by alias. Where introspection is off another rule refuses these.
const isIntrospection = ({ name }: FieldNode): boolean => name.value === '__schema' || name.value === '__type';

function around(inside: Shape, field: FieldNode): Shape {
  const deep = inside.depth + 1;
  const looksAtSchema = isIntrospection(field);
  return {
    depth: looksAtSchema ? 1 : deep,
    introspectionDepth: looksAtSchema ? deep : inside.introspectionDepth,
    fields: inside.fields + 1,
    width: 1,
    circular: inside.circular,
  };
}

const besides = (one: Shape, other: Shape): Shape => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  fields: one.fields + other.fields,
  width: one.width + other.width,
  circular: one.circular || other.circular,
});

/**
 * How often one place of the answer is asked for, at most: the language compares each pair of these. Only for a
 * document whose fields are known to be few, for it visits each of them, fragments spread.
 */
export function mostRepeats(selections: SelectionSetNode, fragments: Fragments): number {
  const times = new Map<string, number>();
  const look = (set: SelectionSetNode | undefined, place: string): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) look(fragments.get(selection.name.value)?.selectionSet, place);
      if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet, place);
      if (selection.kind !== Kind.FIELD) continue;
      const own = `${place}.${(selection.alias ?? selection.name).value}`;
      times.set(own, (times.get(own) ?? 0) + 1);
      look(selection.selectionSet, own);
    }
  };
  look(selections, '');
  return Math.max(0, ...times.values());
}

/** Aliases, directives and zero bytes of a whole document. */
export function countMarks(document: DocumentNode): { aliases: number; directives: number; zeroBytes: number } {
  const marks = { aliases: 0, directives: 0, zeroBytes: 0 };
  visit(document, {
    Field: ({ alias }) => {
      if (alias) marks.aliases += 1;
    },
    Directive: () => {
      marks.directives += 1;
    },
    StringValue: ({ value }) => {
      if (value.includes('\0')) marks.zeroBytes += 1;
    },
  });
  return marks;
}
