import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** What a document asks of the things at one place, whatever it calls them: fields of one name are one. */
export class Selection {
  readonly #fields = new Map<string, FieldNode[]>();
  readonly #beneath = new Map<string, Selection>();

  constructor(
    nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {
    for (const { selectionSet } of nodes) if (selectionSet) this.#collect(selectionSet, fragments);
    for (const [name, asked] of this.#fields) this.#beneath.set(name, new Selection(asked, fragments));
  }

  /** The places where a field is asked for. Types of fragments are not heeded: rather too much than too little. */
  asked(name: string): readonly FieldNode[] {
    return this.#fields.get(name) ?? [];
  }

  /** What is asked beneath fields of this name; nothing where there is none. */
  beneath(name: string): Selection | undefined {
    return this.#beneath.get(name);
  }

  names(): string[] {
    return [...this.#fields.keys()];
  }

  /** The names of all fields here and beneath, each as often as it is asked for. */
  allNames(): string[] {
    const here = [...this.#fields].flatMap(([name, nodes]) => nodes.map(() => name));
    return [...here, ...[...this.#beneath.values()].flatMap((selection) => selection.allNames())];
  }

  #collect({ selections }: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) this.#add(node);
      else if (node.kind === Kind.INLINE_FRAGMENT) this.#collect(node.selectionSet, fragments);
      else {
        const fragment = fragments.get(node.name.value);
        if (fragment) this.#collect(fragment.selectionSet, fragments);
      }
    }
  }

  #add(node: FieldNode): void {
    const known = this.#fields.get(node.name.value);
    if (known) known.push(node);
    else this.#fields.set(node.name.value, [node]);
  }
}

/** What is the same each time an operation runs. */
export interface AheadDocument {
  readonly root: Selection;
  /** How often each name is asked for. */
  readonly places: ReadonlyMap<string, number>;
}

/** Reads an operation once. The document is valid, so its fragments end. */
export function readAhead(document: DocumentNode, operationName: string | undefined): AheadDocument {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = getOperationAST(document, operationName);
  const root = new Selection(operation ? [operation] : [], fragments);
  const places = new Map<string, number>();
  for (const name of root.allNames()) places.set(name, (places.get(name) ?? 0) + 1);
  return { root, places };
}

/**
 * What a running operation will ask further on, for a resolver that can read it together with its own rows. It is known
 * for compiled operations only. Who does not heed it is right as well: whatever was not read ahead is read when asked for.
 */
export class LookAhead {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: AheadDocument,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  /** In how many places of the whole operation a field of this name is asked for. */
  places(name: string): number {
    return this.document.places.get(name) ?? 0;
  }

  /** What is asked beneath a root field; nothing where it is asked for in several places, which may be unlike. */
  beneathRoot(name: string): Selection | undefined {
    const { root } = this.document;
    return root.asked(name).length === 1 ? root.beneath(name) : undefined;
  }

  /** The arguments of a field, at the first place that asks for it; nothing where they are not valid. */
  argumentsOf(type: string, name: string, selection: Selection): Readonly<Record<string, unknown>> | undefined {
    const [node] = selection.asked(name);
    const field = this.#objectType(type)?.getFields()[name];
    if (!node || !field) return undefined;
    try {
      return getArgumentValues(field, node, this.variables);
    } catch {
      return undefined;
    }
  }

  #objectType(name: string): GraphQLObjectType | undefined {
    const type = this.schema.getType(name);
    return isObjectType(type) ? type : undefined;
  }
}
