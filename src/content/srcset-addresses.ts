import type { Span } from './html-scan';

/** The addresses of a `srcset`: one begins it, and one stands after each comma that ends a size or an address. */
export function srcsetAddresses(srcset: string): readonly Span[] {
  const found: Span[] = [];
  let begins = true;
  for (const { 0: word, index } of srcset.matchAll(/\S+/g)) {
    // `1x,b.png` is the size of one and the address of the next.
    const skipped = begins ? 0 : word.indexOf(',') + 1;
    const address = begins || skipped > 0 ? word.slice(skipped).replace(/,$/, '') : '';
    if (address !== '') found.push({ begin: index + skipped, end: index + skipped + address.length });
    begins = word.endsWith(',');
  }
  return found;
}
