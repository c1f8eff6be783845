import { cssAddress, cssAddresses } from './css-addresses';
import { type Attribute, readElements } from './html-elements';
import type { Span } from './html-scan';
import { MASK, maskLiquid } from './liquid-mask';

/** Attributes whose value is an image, a sound or a film, on whatever element. */
const ASSETS: ReadonlySet<string> = new Set(['src', 'srcset', 'background', 'poster']);
/** In drawings an image names its file as a link does. */
const DRAWN: ReadonlySet<string> = new Set(['href', 'xlink:href']);

/**
 * HTML whose images have whole addresses: what is relative stands at `base`, as in a page there. What begins with Liquid may
 * begin with anything, and stays. HTML that is no template stays as it is: it is refused where it is read.
 */
export const absoluteAssets = (html: string, base: string): string =>
  prefixed(html, relativePlaces, (first) => prefixOf(first, base));

/** The same of addresses in styles, `url(…)`. */
export const absoluteStyles = (html: string, base: string): string =>
  prefixed(html, relativeStyles, (first) => cssAddress(prefixOf(first, base)));

function prefixed(
  html: string,
  placesIn: (masked: string) => readonly number[],
  prefix: (first: string) => string,
): string {
  const masked = maskedOrNothing(html);
  if (masked === undefined) return html;
  let written = '';
  let from = 0;
  for (const begin of placesIn(masked)) {
    written += html.slice(from, begin) + prefix(masked.slice(begin, begin + 1));
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
  readElements(masked, {
    element: (name, attributes) => {
      const own = attributes.filter((one) => ASSETS.has(one.name) || (DRAWN.has(one.name) && name === 'image'));
      places.push(...own.flatMap((attribute) => relativeIn(masked, attribute)));
    },
  });
  return places;
}

/** The same in styles. */
function relativeStyles(masked: string): readonly number[] {
  const places: number[] = [];
  const look = ({ begin, end }: Span) => {
    const css = masked.slice(begin, end);
    places.push(...relativeInCss(css).map((offset) => begin + offset));
  };
  readElements(masked, {
    element: (_, attributes) => attributes.filter(({ name }) => name === 'style').forEach(look),
    sheet: look,
  });
  return places;
}

const relativeInCss = (css: string): readonly number[] =>
  cssAddresses(css).flatMap(({ begin, end }) => (isRelative(css.slice(begin, end)) ? [begin] : []));

/** Whether a text may have a style with a relative address in it. */
export const speaksOfRelativeStyles = (text: string): boolean => relativeInCss(text).length > 0;

// A set has an address and a size for each of its images.
function relativeIn(masked: string, { name, begin, end }: Attribute): readonly number[] {
  const value = masked.slice(begin, end);
  const starts = name === 'srcset' ? [...value.matchAll(/(?<=^\s*|,\s+)[^\s,]/g)] : [...value.matchAll(/^\s*(?=\S)/g)];
  const offsets = starts.map(({ index, 0: { length } }) => (name === 'srcset' ? index : index + length));
  return offsets.filter((offset) => isRelative(value.slice(offset))).map((offset) => begin + offset);
}
