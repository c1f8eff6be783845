/** What a service is asked for: words in a language, or what something costs somewhere. */
export const LOCALIZED = { strings: 1, prices: 2 } as const;
export type LocalizedKind = keyof typeof LOCALIZED;

/** Keys by kind, as the variables of templates name them. */
export type LocalizedKeys = Readonly<Record<LocalizedKind, readonly string[]>>;

// What a variable makes of another one's value cannot be known before it is rendered.
const STRING = /^strings((?:\.[\w-]+)+)/;
const PRICE = /^prices\.([\w-]+)/;
/** Keys of one kind in one content. */
export const MOST_KEYS = 500;

/** `strings.checkout.title` → `checkout.title`; `prices.basic.formatted` → `basic`. */
export function keysIn(variables: Iterable<string>): LocalizedKeys {
  const strings = new Set<string>();
  const prices = new Set<string>();
  for (const variable of variables) {
    const string = STRING.exec(variable)?.[1]?.slice(1);
    const price = PRICE.exec(variable)?.[1];
    if (string !== undefined) strings.add(string);
    if (price !== undefined) prices.add(price);
  }
  return { strings: some(strings), prices: some(prices) };
}

const some = (keys: ReadonlySet<string>): string[] => [...keys].sort().slice(0, MOST_KEYS);

/** The kinds of which there are keys. */
export const kindsIn = (keys: LocalizedKeys): LocalizedKind[] =>
  (['strings', 'prices'] as const).filter((kind) => keys[kind].length > 0);

/** The key that a variable of a template stands for; nothing where it is no such variable. */
export function localizedKeyOf(variable: string): { readonly kind: LocalizedKind; readonly key: string } | undefined {
  const { strings, prices } = keysIn([variable]);
  const [string] = strings;
  const [price] = prices;
  if (string !== undefined) return { kind: 'strings', key: string };
  return price === undefined ? undefined : { kind: 'prices', key: price };
}
