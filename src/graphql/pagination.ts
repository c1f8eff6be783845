import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { GraphQLError } from 'graphql';
import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { isStorable } from '../shared/storable-text';

/** The most items that one page may hold. */
export const PAGE_LIMIT = 100;
const PAGE_DEFAULT = 20;

@ObjectType({ description: 'Where a page stands in its list.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'True when there is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True when the page was asked for after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item.' })
  startCursor?: string;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item: ask for what comes after it.' })
  endCursor?: string;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: PAGE_DEFAULT, description: 'How many items, at most 100.' })
  first: number = PAGE_DEFAULT;

  @Field(() => String, { nullable: true, description: 'Continue after this cursor.' })
  after?: string;
}

/** One page as resolvers return it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
}

/** The page a caller asks for: its size, and the keyset it continues after. */
export interface Page<Key = number> {
  readonly first: number;
  readonly after?: readonly Key[];
}

/** What a list is ordered by, of one of its items. */
export type Keyset = readonly (number | string)[];

/** What the keys of a list are, in their order. */
export type KeyKinds = readonly ('number' | 'string')[];

/** Checks `first` and opens the cursor of a list by so many numbers; a broken one is the caller's mistake, typed. */
export const pageOf = (args: PageArgs, keys = 1): Page => openPage<number>(args, Array(keys).fill('number'));

/** The same for a list by keys of several kinds. */
export function openPage<Key = number | string>({ first, after }: PageArgs, keys: KeyKinds): Page<Key> {
  if (first < 1 || first > PAGE_LIMIT) throw badInput(`first must be between 1 and ${PAGE_LIMIT}, not ${first}`);
  return after == null ? { first } : { first, after: openCursor(after, keys) };
}

/** Builds a page from up to `first + 1` rows read in order: the row too many only tells that there is more. */
export function connectionOf<Row, Node>(
  rows: readonly Row[],
  page: Page<unknown>,
  cursorOf: (row: Row) => Keyset,
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const edges = rows.slice(0, page.first).map((row) => ({ cursor: sealCursor(cursorOf(row)), node: nodeOf(row) }));
  const pageInfo = Object.assign(new PageInfo(), {
    hasNextPage: rows.length > page.first,
    hasPreviousPage: page.after !== undefined,
    startCursor: edges[0]?.cursor,
    endCursor: edges.at(-1)?.cursor,
  });
  return { edges, pageInfo };
}

const sealCursor = (keys: Keyset): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

// `Key` is what `keys` says: each one is looked at.
function openCursor<Key>(cursor: string, keys: KeyKinds): Key[] {
  const parsed = parseJson(Buffer.from(cursor, 'base64url').toString());
  const fits = (key: unknown, index: number) =>
    keys[index] === 'number' ? Number.isSafeInteger(key) : typeof key === 'string' && isStorable(key);
  if (Array.isArray(parsed) && parsed.length === keys.length && parsed.every(fits)) return parsed;
  throw badInput('after is not a cursor of this list');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** The connection and edge types of a noun, e.g. `const CampaignConnection = connectionType('Campaign', () => CampaignType)`. */
export function connectionType<Node extends object>(
  name: string,
  node: () => ClassType<Node>,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `One place in a list of ${name}.` })
  class Edge {
    @Field(() => String, { description: 'Marks this place in the list.' })
    cursor!: string;

    @Field(() => node(), { description: 'What stands at this place.' })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class NounConnection implements Connection<Node> {
    @Field(() => [Edge], { description: 'The items, each with its cursor.' })
    edges!: readonly Edge[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;
  }
  return NounConnection;
}
