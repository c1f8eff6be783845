import {
  buildASTSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { printSubgraph } from '../../src/graphql/schema';

/** Something that a reader of the schema sees, and what it says of itself. */
interface Described {
  readonly place: string;
  readonly name: string;
  readonly text: string | null | undefined;
}

const elementsOf = (schema: GraphQLSchema): Described[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap((type) => [{ place: type.name, name: type.name, text: type.description }, ...partsOf(type)]);

function partsOf(type: GraphQLNamedType): Described[] {
  const part = ({ name, description }: { name: string; description?: string | null | undefined }, inside = type.name) =>
    ({ place: `${inside}.${name}`, name, text: description }) satisfies Described;
  if (isEnumType(type)) return type.getValues().map((value) => part(value));
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => part(field));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    part(field),
    ...field.args.map((argument) => part(argument, `${type.name}.${field.name}`)),
  ]);
}

const fillers = new Set(['a', 'an', 'the', 'it', 'its', 'of', 'this', 'their']);

/** Plural and singular are one, `campaignId` is two words, and CANCELLED is a word like any other. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word !== '' && !fillers.has(word));

function saysNothing({ name, text }: Described): boolean {
  const known = new Set(wordsOf(name));
  return wordsOf(text ?? '').every((word) => known.has(word));
}

const undescribed = (sdl: string): string[] =>
  elementsOf(buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true }))
    .filter(saysNothing)
    .map(({ place, text }) => `${place}: ${text ?? 'nothing'}`);

test('every type, field, argument and enum value says more of itself than its name', () => {
  expect(undescribed(printSubgraph())).toEqual([]);
});

test('a missing description and one that repeats the name are found, wherever they are', () => {
  const sdl = `
    type Query { "Its campaign id." campaignId("The first." first: Int): Status }
    "The status." enum Status { DONE "It is over." OVER }
    "What one looks for." input Wish { names: String }`;
  expect(undescribed(sdl).sort()).toEqual([
    'Query.campaignId.first: The first.',
    'Query.campaignId: Its campaign id.',
    'Query: nothing',
    'Status.DONE: nothing',
    'Status: The status.',
    'Wish.names: nothing',
  ]);
});
