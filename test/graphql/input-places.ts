import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** A field of an input, or the first item of a list in one. */
export interface InputPlace {
  readonly path: readonly (string | number)[];
  readonly type: GraphQLInputType;
}

/** As clients and `userErrors` write it: `variants[0].name`. */
export const written = (path: InputPlace['path']): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`)).join('');

/** Every place of an input, those inside other places included; a type within itself is entered once. */
export function placesOfInput(
  type: GraphQLInputObjectType,
  path: InputPlace['path'] = [],
  within: readonly string[] = [],
): InputPlace[] {
  if (within.includes(type.name)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const here = { path: [...path, field.name], type: field.type };
    return [here, ...placesBelow(here, [...within, type.name])];
  });
}

function placesBelow({ path, type }: InputPlace, within: readonly string[]): InputPlace[] {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const item = { path: [...path, 0], type: bare.ofType };
    return [item, ...placesBelow(item, within)];
  }
  return isInputObjectType(bare) ? placesOfInput(bare, path, within) : [];
}

/** A copy of `input` with `value` at a place; what is missing on the way there is filled with what is required. */
export function withValueAt(
  type: GraphQLInputType,
  input: unknown,
  [step, ...rest]: InputPlace['path'],
  value: unknown,
): unknown {
  if (step === undefined) return value;
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const [first, ...others] = Array.isArray(input) ? input : [];
    return [withValueAt(bare.ofType, first, rest, value), ...others];
  }
  if (!isInputObjectType(bare)) throw new Error(`${bare} has nothing called ${step}`);
  const present = isObject(input) ? input : requiredOf(bare);
  const field = bare.getFields()[step];
  if (field === undefined) throw new Error(`${bare} has no ${step}`);
  return { ...present, [step]: withValueAt(field.type, present[step], rest, value) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const requiredOf = (type: GraphQLInputObjectType): Record<string, unknown> =>
  Object.fromEntries(
    Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
      .map((field) => [field.name, plainValue(field.type, field.name)]),
  );

let made = 0;

/** Something that the type takes; whether it makes sense there is not said. */
function plainValue(type: GraphQLInputType, name: string): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [plainValue(bare.ofType, name)];
  if (isInputObjectType(bare)) return requiredOf(bare);
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  return plain[getNamedType(bare).name] ?? `${name} ${++made}`;
}

const plain: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTimeISO: '2027-01-01T00:00:00.000Z',
  Decimal: '1.00',
  JSON: { field: 'country', operator: 'equals', value: 'DE' },
};
