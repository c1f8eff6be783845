import type { Span } from './html-scan';

/** An address in `url(…)`, by offsets. */
export interface CssAddress extends Span {
  /** Whether a picture is what stands there: a font or another sheet is none. */
  readonly image: boolean;
}

// What ends a declaration, what says that no picture follows, and what an address begins with. Quotes of a style attribute
// may be entities.
const TOKEN = /[;{}]|@import\b|\bsrc\s*:|url\(\s*(?:&quot;|&#39;|["'])?\s*/gi;
const ADDRESS = /[^"'()\s]*/y;
const QUOTE = /&(?:quot|#39);/;

/** An address as it may stand between the brackets of `url(…)`, with whatever quotes. */
export const cssAddress = (address: string): string =>
  address.replace(/[()'"]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);

/** The addresses in a sheet or in a style attribute, in their order. */
export function cssAddresses(css: string): readonly CssAddress[] {
  const found: CssAddress[] = [];
  let image = true;
  for (const { 0: token, index } of css.matchAll(TOKEN)) {
    if (!/^url/i.test(token)) {
      image = /^[;{}]/.test(token);
      continue;
    }
    const begin = index + token.length;
    ADDRESS.lastIndex = begin;
    const written = ADDRESS.exec(css)?.[0] ?? '';
    const quote = written.search(QUOTE);
    found.push({ begin, end: begin + (quote < 0 ? written.length : quote), image });
  }
  return found;
}
