import { namesAsset } from './asset-reference';
import { cssAddresses } from './css-addresses';
import { type Attribute, readElements } from './html-elements';
import { decodeEntities } from './html-entities';
import type { Span } from './html-scan';
import { MASK, piecesOf } from './liquid-mask';
import { srcsetAddresses } from './srcset-addresses';

/** What an address has to heed where it stands: quotes of an attribute, brackets of a sheet, or both. */
export type Spelling = 'attribute' | 'style' | 'sheet';

/** An address in HTML that names an asset, or a picture that is the same for everybody. */
export interface AssetPlace extends Span {
  /** As it reads there. */
  readonly address: string;
  readonly spelling: Spelling;
  /** A picture that is looked at: no link, no font, and no pixel that counts. */
  readonly image: boolean;
  /** How wide it is shown, in pixels, where its element says so. */
  readonly width?: number;
}

/** Liquid that writes something: what stands beside it is only a part of an address. A tag parts addresses. */
const OUTPUT = '\uE001';
const LIQUID = new RegExp(`[${MASK}${OUTPUT}]`);

/** The places of a page in their order. Throws where the page is no template. */
export function assetPlaces(html: string): readonly AssetPlace[] {
  const masked = piecesOf(html)
    .map(({ liquid, begin, end }) =>
      liquid ? (html[begin + 1] === '%' ? MASK : OUTPUT).repeat(end - begin) : html.slice(begin, end),
    )
    .join('');
  return placesIn(masked).toSorted((a, b) => a.begin - b.begin);
}

function placesIn(masked: string): AssetPlace[] {
  const places: AssetPlace[] = [];
  readElements(masked, {
    element: (name, attributes) => places.push(...inElement(masked, name, attributes)),
    sheet: (span) => places.push(...inCss(masked, span, 'sheet')),
    comment: (comment, begin) => places.push(...inConditional(comment, begin)),
  });
  return places;
}

/** What only Outlook reads. It shows few kinds of pictures: they stay as they were chosen. */
const inConditional = (comment: string, offset: number): AssetPlace[] =>
  (/^\s*\[if\b/i.test(comment) ? placesIn(comment) : [])
    .filter(({ address }) => namesAsset(address))
    .map((place) => ({ ...place, image: false, begin: place.begin + offset, end: place.end + offset }));

const PICTURES: Readonly<Record<string, ReadonlySet<string>>> = {
  src: new Set(['img', 'input']),
  srcset: new Set(['img', 'source']),
  href: new Set(['image']),
  'xlink:href': new Set(['image']),
};
const ADDRESSED: ReadonlySet<string> = new Set([...Object.keys(PICTURES), 'background', 'poster']);

function inElement(masked: string, element: string, attributes: readonly Attribute[]): AssetPlace[] {
  const values = new Map(attributes.map(({ name, begin, end }) => [name, masked.slice(begin, end)]));
  const pixel = element === 'img' && isPixel(values);
  const width = widthOf(values);
  return attributes.flatMap((attribute) => {
    const { name, begin, end } = attribute;
    if (name === 'style') return inCss(masked, attribute, 'style');
    if (!ADDRESSED.has(name)) return [];
    const image = !pixel && (PICTURES[name]?.has(element) ?? true);
    const spans = name === 'srcset' ? srcsetAddresses(masked.slice(begin, end)) : [{ begin: 0, end: end - begin }];
    const shown = { spelling: 'attribute', image, ...(name === 'src' && width && { width }) } as const;
    return spans.flatMap((span) => inSpan(masked, { begin: begin + span.begin, end: begin + span.end }, shown));
  });
}

const inCss = (masked: string, { begin, end }: Span, spelling: Spelling): AssetPlace[] =>
  cssAddresses(masked.slice(begin, end)).flatMap((address) =>
    inSpan(masked, { begin: begin + address.begin, end: begin + address.end }, { spelling, image: address.image }),
  );

/** Each address between the tags of a value, `{% if a %}asset:a{% else %}asset:b{% endif %}`. */
function inSpan(masked: string, { begin, end }: Span, shown: Pick<AssetPlace, 'spelling' | 'image' | 'width'>) {
  const value = masked.slice(begin, end);
  const personal = LIQUID.test(value);
  return [...value.matchAll(BETWEEN_TAGS)].flatMap(({ 0: written, index }): AssetPlace[] => {
    const address = shown.spelling === 'sheet' ? written : decodeEntities(written);
    const picture = shown.image && !personal && /^https?:\/\//i.test(address);
    if (!picture && !namesAsset(address)) return [];
    return [{ ...shown, address, begin: begin + index, end: begin + index + written.length }];
  });
}

const BETWEEN_TAGS = new RegExp(`[^\\s${MASK}](?:[^${MASK}]*[^\\s${MASK}])?`, 'g');

const COUNTS =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:width|height)\s*:\s*[01](?:px)?\s*(?:!|;|$))/i;

/** Whether an image is there to be fetched rather than looked at. */
const isPixel = (values: ReadonlyMap<string, string>): boolean =>
  ['width', 'height'].some((name) => /^\s*[01](?:px)?\s*$/.test(values.get(name) ?? '')) ||
  values.has('hidden') ||
  COUNTS.test(values.get('style') ?? '');

function widthOf(values: ReadonlyMap<string, string>): number | undefined {
  const [, digits] = /^\s*(\d{1,4})(?:px)?\s*$/.exec(values.get('width') ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}
