import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A field that an operation starts with. */
export interface RootField {
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly field: GraphQLField<unknown, unknown>;
}

export interface GeneratedDocument {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** A place in the arguments where an id, a cursor or a list of them goes: `input.variants.id`. */
export type Place = string;

/** Every root field of the schema except federation's own two. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const roots = [
    { operation: 'query' as const, type: schema.getQueryType() },
    { operation: 'mutation' as const, type: schema.getMutationType() },
    { operation: 'subscription' as const, type: schema.getSubscriptionType() },
  ];
  return roots.flatMap(({ operation, type }) =>
    Object.values(type?.getFields() ?? {})
      .filter(({ name }) => !name.startsWith('_'))
      .map((field) => ({ operation, field })),
  );
}

export function entityTypes(schema: GraphQLSchema): string[] {
  const union = schema.getType('_Entity');
  return isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
}

/** Where a root field takes an id or a cursor. */
export const placesOf = ({ field }: RootField): Place[] => field.args.flatMap((arg) => placesIn(arg, ''));

function placesIn({ name, type }: GraphQLArgument | GraphQLInputField, parent: string): Place[] {
  const place = parent === '' ? name : `${parent}.${name}`;
  const named = getNamedType(type);
  // A rule holds rules without end; none of them names a thing of ours.
  if (isInputObjectType(named)) return Object.values(named.getFields()).flatMap((field) => placesIn(field, place));
  return named.name === 'ID' || /(Id|Ids|after|cursor)$/i.test(name) ? [place] : [];
}

/** The field with all that is required, `given` at its place, and as much of the answer as one operation may ask. */
export function documentOf(
  { operation, field }: RootField,
  given: Readonly<Record<Place, string>> = {},
): GeneratedDocument {
  const values = field.args.map((arg) => ({ arg, value: valueAt(arg.type, arg.name, given) }));
  const present = values.filter(({ value }) => value !== undefined);
  const declared = present.map(({ arg }) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = present.map(({ arg }) => `${arg.name}: $${arg.name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`} ${largestSelection(field.type)}`;
  return {
    query: `${operation} ${declared && `(${declared})`} { ${call} }`,
    variables: Object.fromEntries(present.map(({ arg, value }) => [arg.name, value])),
  };
}

/** Everything of entities, fetched as a gateway does it. */
export function referenceTo(schema: GraphQLSchema, type: string, ...ids: string[]): GeneratedDocument {
  const entity = schema.getType(type);
  if (!isObjectType(entity)) throw new Error(`${type} is no entity`);
  const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename ... on ${type} ${largestSelection(entity)} } }`;
  return { query, variables: { refs: ids.map((id) => ({ __typename: type, id })) } };
}

let made = 0;

/** Undefined where nothing is needed: neither required nor on the way to a given place. */
function valueAt(type: GraphQLInputType, place: Place, given: Readonly<Record<Place, string>>): unknown {
  const wanted = Object.keys(given).some((path) => path === place || path.startsWith(`${place}.`));
  if (!wanted && !isNonNullType(type)) return undefined;
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return [valueAt(bare.ofType, place, given) ?? sampleOf(getNamedType(bare).name, place)];
  if (given[place] !== undefined) return given[place];
  if (isEnumType(bare)) return bare.getValues()[0]?.value;
  if (!isInputObjectType(bare)) return sampleOf(bare.toString(), place);
  const fields = Object.values(bare.getFields()).map((field) => [
    field.name,
    field.defaultValue !== undefined && given[`${place}.${field.name}`] === undefined
      ? undefined
      : valueAt(field.type, `${place}.${field.name}`, given),
  ]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

const samples: Readonly<Record<string, (place: Place) => unknown>> = {
  Int: () => 1,
  Float: () => 1,
  Boolean: () => true,
  DateTimeISO: () => '2027-01-01T00:00:00.000Z',
  Decimal: () => '1.00',
  JSON: () => ({ field: 'country', operator: 'equals', value: 'DE' }),
  ID: () => 'id_never',
  String: (place) => (place.endsWith('name') ? `generated-${++made}` : 'text'),
};

function sampleOf(type: string, place: Place): unknown {
  const sample = samples[type];
  if (sample === undefined) throw new Error(`no sample of the scalar ${type} at ${place}`);
  return sample(place);
}

/** An operation may visit 500 fields and go ten levels down; less leaves room for tighter limits. */
const mostFields = 150;

function largestSelection(type: GraphQLOutputType): string {
  const selections = [5, 4, 3, 2, 1].map((levels) => selectionOf(type, levels));
  return selections.find((selection) => (selection.match(/\w+/g) ?? []).length <= mostFields) ?? '';
}

/** All fields without required arguments, down to `levels`; a type within itself is not entered again. */
function selectionOf(type: GraphQLOutputType, levels: number, above: readonly string[] = []): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return [];
    if (!isObjectType(inner)) return [field.name];
    if (levels <= 1 || above.includes(inner.name)) return [];
    return [`${field.name} ${selectionOf(inner, levels - 1, [...above, named.name])}`];
  });
  return `{ ${fields.length > 0 ? fields.join(' ') : '__typename'} }`;
}
