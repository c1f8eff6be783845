import { type DocumentNode, GraphQLError, type SelectionSetNode } from 'graphql';
import { countMarks, createShapeReader, fragmentsOf, mostRepeats, operationsOf, type Shape } from './document-shape';
import { type EdgeLimits, fixedLimits } from './edge-settings';

/**
 * What is too large about a document, or nothing. Asked before the rules of the language, some of which take time
 * that grows with the square of what they are given; this takes time linear in the document.
 */
export function oversizeOf(document: DocumentNode, limits: EdgeLimits): GraphQLError | undefined {
  const { aliases, directives, zeroBytes } = countMarks(document);
  if (zeroBytes > 0) return zeroByte();
  if (aliases > limits.queryAliases) return tooMuch('aliases', limits.queryAliases);
  if (directives > limits.queryDirectives) return tooMuch('directives', limits.queryDirectives);
  const fragments = fragmentsOf(document);
  const measure = createShapeReader(fragments);
  const faultOf = (set: SelectionSetNode, rootFields: number): GraphQLError | undefined =>
    shapeFault(measure(set), { ...limits, queryRootFields: rootFields }) ??
    repeatFault(mostRepeats(set, fragments), limits);
  // Fragments by themselves as well: the language compares the fields of one that nobody spreads, too.
  return (
    firstFault(operationsOf(document), (set) => faultOf(set, limits.queryRootFields)) ??
    firstFault([...fragments.values()], (set) => faultOf(set, limits.queryFields))
  );
}

function firstFault(
  definitions: readonly { readonly selectionSet: SelectionSetNode }[],
  faultOf: (set: SelectionSetNode) => GraphQLError | undefined,
): GraphQLError | undefined {
  for (const { selectionSet } of definitions) {
    const fault = faultOf(selectionSet);
    if (fault) return fault;
  }
  return undefined;
}

function shapeFault(shape: Shape, limits: EdgeLimits): GraphQLError | undefined {
  // The language has a rule for this, but it comes later, and no measure of a circle is true.
  if (shape.circular) return refusal('a fragment spreads itself');
  const bounds: [string, number, number][] = [
    ['levels', shape.depth, limits.queryDepth],
    ['levels of introspection', shape.introspectionDepth, fixedLimits.introspectionDepth],
    ['fields', shape.fields, limits.queryFields],
    ['root fields', shape.width, limits.queryRootFields],
  ];
  const passed = bounds.find(([, found, most]) => found > most);
  return passed && tooMuch(passed[0], passed[2]);
}

const repeatFault = (repeats: number, { queryRepeats }: EdgeLimits) =>
  repeats > queryRepeats ? tooMuch('repetitions of a field', queryRepeats) : undefined;

/** No text of ours may hold one. */
export const zeroByte = (): GraphQLError =>
  new GraphQLError('a text has a zero byte', { extensions: { code: 'BAD_USER_INPUT' } });

/** As bad: it is no text in any encoding. */
export const brokenText = (): GraphQLError =>
  new GraphQLError('a text has half a character', { extensions: { code: 'BAD_USER_INPUT' } });

const tooMuch = (what: string, limit: number) => refusal(`the operation has more ${what} than ${limit}`);
const refusal = (message: string) => new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
