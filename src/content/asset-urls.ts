import { Parser } from 'htmlparser2';
import { DEEPEST, type Span, valueAt } from './html-scan';
import { MASK, maskLiquid } from './liquid-mask';

/** Attributes whose value is an image, a sound or a film, on whatever element. */
const ASSETS: ReadonlySet<string> = new Set(['src', 'srcset', 'background', 'poster']);
/** In drawings an image names its file as a link does. */
const DRAWN: ReadonlySet<string> = new Set(['href', 'xlink:href']);

/**
 * HTML whose images have whole addresses: what is relative stands at `base`, as in a page there. What begins with Liquid may
 * begin with anything, and stays. HTML that is no template stays as it is: it is refused where it is read.
 */
export function absoluteAssets(html: string, base: string): string {
  const masked = maskedOrNothing(html);
  if (masked === undefined) return html;
  const places = relativePlaces(masked);
  let written = '';
  let from = 0;
  for (const begin of places) {
    written += html.slice(from, begin) + prefixOf(masked.slice(begin, begin + 1), base);
    from = begin;
  }
  return written + html.slice(from);
}

/** An address that is no part of HTML; what is whole or begins with Liquid stays. */
export const absoluteAsset = (address: string, base: string): string =>
  isRelative(address) ? prefixOf(address.slice(0, 1), base) + address : address;

const isRelative = (address: string): boolean =>
  address !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/\/|[#?]|\{[{%])/i.test(address) && !address.startsWith(MASK);

function prefixOf(first: string, base: string): string {
  const { origin } = new URL(base);
  return first === '/' ? origin : new URL('.', base).href;
}

function maskedOrNothing(html: string): string | undefined {
  try {
    return maskLiquid(html);
  } catch {
    return undefined;
  }
}

/** Where relative addresses begin, in their order. */
function relativePlaces(masked: string): readonly number[] {
  const places: number[] = [];
  let depth = 0;
  let pending: (Span & { readonly name: string })[] = [];
  const parser = new Parser(
    {
      onopentagname: () => {
        pending = [];
      },
      onattribute: (name) => {
        const span = ASSETS.has(name) || DRAWN.has(name) ? valueAt(masked, parser.startIndex) : undefined;
        if (span) pending.push({ ...span, name });
      },
      onopentag: (element) => {
        // Nested so deeply it is refused where its links are looked for.
        if (++depth > DEEPEST) parser.pause();
        for (const span of pending)
          if (ASSETS.has(span.name) || element === 'image') places.push(...relativeIn(masked, span));
      },
      onclosetag: () => {
        depth--;
      },
    },
    { decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(masked);
  parser.end();
  return places;
}

// A set has an address and a size for each of its images.
function relativeIn(masked: string, { name, begin, end }: Span & { readonly name: string }): readonly number[] {
  const value = masked.slice(begin, end);
  const starts = name === 'srcset' ? [...value.matchAll(/(?<=^\s*|,\s+)[^\s,]/g)] : [...value.matchAll(/^\s*(?=\S)/g)];
  const offsets = starts.map(({ index, 0: { length } }) => (name === 'srcset' ? index : index + length));
  return offsets.filter((offset) => isRelative(value.slice(offset))).map((offset) => begin + offset);
}
