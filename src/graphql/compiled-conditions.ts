import { type ASTNode, type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

type Values = Readonly<Record<string, unknown>>;
type Conditional = ASTNode & { readonly directives?: readonly DirectiveNode[] };

const remembered = new WeakMap<DocumentNode, readonly string[]>();

/** The variables that decide, in `@skip` and `@include`, what an operation asks for. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const known = remembered.get(document) ?? findConditions(document);
  remembered.set(document, known);
  return known;
}

function findConditions(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    [Kind.DIRECTIVE]: (directive) => {
      const value = directive.arguments?.[0]?.value;
      if (isCondition(directive) && value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/**
 * The document as it is with these values, free of conditions. The compiler's own reading of conditions loses fields
 * that are asked for in several places; and a function for each case is the faster one.
 */
export function withoutConditions(document: DocumentNode, values: Values): DocumentNode {
  const decide = (node: Conditional) => {
    const directives = node.directives?.filter((directive) => !isCondition(directive));
    return node.directives?.every((directive) => holds(directive, values)) ? { ...node, directives } : null;
  };
  return visit(document, { [Kind.FIELD]: decide, [Kind.INLINE_FRAGMENT]: decide, [Kind.FRAGMENT_SPREAD]: decide });
}

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

function holds(directive: DirectiveNode, values: Values): boolean {
  const value = directive.arguments?.[0]?.value;
  if (!isCondition(directive) || value === undefined) return true;
  const given = value.kind === Kind.VARIABLE ? values[value.name.value] : value.kind === Kind.BOOLEAN && value.value;
  return (given === true) === (directive.name.value === 'include');
}
