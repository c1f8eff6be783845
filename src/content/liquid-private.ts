// biome-ignore-all lint/complexity/useLiteralKeys: TypeScript lets private members be read in no other way
import type { Context, EchoTag, Filter, Token, Value } from 'liquidjs';

// What liquidjs declares private and its tree cannot be read without. Its version is pinned, and the differential test
// fails when one of these is no longer there.

/** The function behind a filter. */
export type FilterHandler = (this: FilterSelf, value: unknown, ...args: unknown[]) => unknown;

/** `this` of a filter. */
export interface FilterSelf {
  readonly context: Context;
  readonly token: Token;
  readonly liquid: unknown;
}

/** The function of a filter. */
export const handlerOf = (filter: Filter): FilterHandler => filter['handler'];

/** What the tag `echo` shows; of an empty one nothing. */
export const echoedBy = (tag: EchoTag): Value | undefined => tag['value'];

/** Where a filter stands in its template. */
export const filterTokenOf = (filter: Filter): Token => filter['token'];

/** The innermost scope that has a name. */
export const findScope = (context: Context, name: unknown): unknown => context['findScope'](name);

/** One step of a path. Its declaration is narrower than a template: `a[b]` takes any value. */
export const readProperty = (context: Context, value: unknown, key: unknown): unknown =>
  context.readProperty(value as object, key as string);
