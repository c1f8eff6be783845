import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A number from 0 up to but not including `sides`. */
export type Dice = (sides: number) => number;

export interface CorpusDocument {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What arguments are filled with, some of it real and some not. */
export interface Pool {
  /** By root field, or by name of the argument: what there is. Given five times of six. */
  readonly real: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
  /** What `_entities` is asked for. */
  readonly references: readonly { readonly __typename: string; readonly id: string }[];
}

/**
 * Writes a query as the schema allows it: nested selections, aliases, merged fields, fragments with and without a name,
 * conditions by value and by variable, arguments by value and by variable, good ones and bad ones.
 */
export function writeDocument(schema: GraphQLSchema, dice: Dice, pool: Pool): CorpusDocument {
  return new DocumentWriter(schema, dice, pool).write();
}

const conditions = { yes: true, no: false } as const;
const samples: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 2, 3, 5, 8, 13, 20, 21, 34, 40, 0],
  Float: [0.95, 1, 2.5],
  Boolean: [true, false],
  Decimal: ['1.00', '12.5'],
  DateTimeISO: ['2026-11-20T10:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  JSON: [{ field: 'country', operator: 'equals', value: 'DE' }, {}],
};

class DocumentWriter {
  private readonly declared = new Map<string, string>();
  private readonly values: Record<string, unknown> = {};
  private readonly fragments: string[] = [];
  private made = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    private readonly pool: Pool,
  ) {}

  write(): CorpusDocument {
    const body = this.selection(this.schema.getQueryType() as GraphQLNamedType, 5, 2);
    const definitions = [...this.declared].map(([name, type]) => `$${name}: ${type}`).join(', ');
    return {
      query: `query ${definitions && `(${definitions})`} ${body}\n${this.fragments.join('\n')}`,
      variables: this.values,
    };
  }

  private selection(type: GraphQLNamedType, levels: number, most = 4): string {
    const parts = Array.from({ length: 1 + this.dice(most) }, () => this.part(type, levels));
    return `{ ${parts.join(' ')} }`;
  }

  private part(type: GraphQLNamedType, levels: number): string {
    if (isUnionType(type)) return this.inUnion(type.getTypes(), levels);
    const shape = levels > 0 ? this.dice(9) : 9;
    if (shape === 0) return `...${this.condition()} ${this.selection(type, levels - 1)}`;
    if (shape === 1) return `... on ${type.name}${this.condition()} ${this.selection(type, levels - 1)}`;
    if (shape === 2) return this.namedFragment(type, levels - 1);
    return this.field(type, levels);
  }

  private inUnion(types: readonly GraphQLNamedType[], levels: number): string {
    const type = this.pick(types);
    return `__typename ... on ${type.name}${this.condition()} ${this.selection(type, levels - 1)}`;
  }

  private namedFragment(type: GraphQLNamedType, levels: number): string {
    const name = `Fragment${++this.made}`;
    this.fragments.push(`fragment ${name} on ${type.name} ${this.selection(type, levels)}`);
    return Array.from({ length: 1 + this.dice(2) }, () => `...${name}${this.condition()}`).join(' ');
  }

  private field(type: GraphQLNamedType, levels: number): string {
    const all = isObjectType(type) ? Object.values(type.getFields()) : [];
    const fields = levels > 1 ? all : all.filter((field) => isLeafType(getNamedType(field.type)));
    if (fields.length === 0 || this.dice(12) === 0) return `${this.dice(2) ? 'kind: ' : ''}__typename`;
    return this.call(this.pick(fields), levels);
  }

  private call(field: GraphQLField<unknown, unknown>, levels: number): string {
    const named = getNamedType(field.type);
    const args = field.args
      .filter((arg) => isRequired(arg) || this.dice(2) === 0)
      .map((arg) => this.argument(field.name, arg));
    const alias =
      args.length > 0 && this.dice(3) > 0 ? `${field.name}${++this.made}: ` : this.pick(['', '', `my_${field.name}: `]);
    const inner = isLeafType(named) ? '' : ` ${this.selection(named, levels - 1)}`;
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.condition()}${inner}`;
  }

  private condition(): string {
    if (this.dice(6) > 0) return '';
    const value = this.pick([() => 'true', () => 'false', () => this.truth('yes'), () => this.truth('no')]);
    return ` @${this.pick(['skip', 'include'])}(if: ${value()})`;
  }

  private truth(name: keyof typeof conditions): string {
    this.declared.set(name, 'Boolean!');
    this.values[name] = conditions[name];
    return `$${name}`;
  }

  private argument(field: string, { name, type }: GraphQLArgument): string {
    const value = this.value(type, name === 'id' ? field : name);
    const plain = ['number', 'boolean'].includes(typeof value) || value === null || isEnumType(getNamedType(type));
    if (plain && !Array.isArray(value) && this.dice(2) === 0) return `${name}: ${value}`;
    const variable = `v${++this.made}`;
    this.declared.set(variable, String(type));
    this.values[variable] = value;
    return `${name}: $${variable}`;
  }

  private value(type: GraphQLInputType, name: string): unknown {
    if (isNonNullType(type)) return this.value(type.ofType, name);
    if (name === 'representations') return Array.from({ length: this.dice(4) }, () => this.pick(this.pool.references));
    if (isListType(type)) return Array.from({ length: this.dice(3) }, () => this.value(type.ofType, name));
    if (isEnumType(type)) return this.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || this.dice(3) === 0);
      return Object.fromEntries(fields.map((field) => [field.name, this.value(field.type, field.name)]));
    }
    const real = this.pool.real[name];
    if (real !== undefined && this.dice(6) > 0) return real;
    return this.pick(samples[type.name] ?? (/after|cursor/i.test(name) ? this.pool.cursors : this.pool.ids));
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.dice(items.length)] as Item;
  }
}

const isRequired = ({ type, defaultValue }: GraphQLArgument): boolean =>
  isNonNullType(type) && defaultValue === undefined;
