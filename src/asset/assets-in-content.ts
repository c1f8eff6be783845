import { assetIdOf, namesAsset } from '../content/asset-reference';
import { withAddresses, withAssets } from '../medium/asset-fields';
import { localePath, partsOf, type WholeContent, withBlocks } from '../medium/whole-content';
import { DomainError } from '../shared/errors';
import { isStorable } from '../shared/storable-text';
import { type WantedImage, wantedImage } from './image-question';

/** Content whose blocks are beside it, and where in the input it stands. */
export interface PlacedContent {
  readonly content: Readonly<Record<string, unknown>>;
  readonly path: string;
}

/** An asset that content names, and where. */
export interface NamedAsset {
  readonly id: string;
  readonly path: string;
}

/** Every asset that the content names, in each of its languages and blocks. Throws CONTENT_INVALID for what is no name. */
export const assetsIn = (placed: PlacedContent): readonly NamedAsset[] =>
  addressesIn(placed).flatMap(({ address, path }) => {
    const id = assetIdOf(address);
    if (id !== undefined) return [{ id, path }];
    if (!namesAsset(address) && !CHOSEN.test(address)) return [];
    const named = address.slice(0, 100).replace(/[\uE000-\uF8FF]+/g, '…');
    const message = `${named} names no asset: that is asset: and 1 to 200 letters, digits and ._~/%@+:-, with no Liquid beside it`;
    throw new DomainError('CONTENT_INVALID', message, path);
  });

/** A field is one address: which asset it is cannot depend on the person. */
const CHOSEN = /^\{%[\s\S]*asset:/i;

/** The pictures in it that are the same for everybody, each once; in the largest width that it is shown in. */
export function imagesIn(placed: PlacedContent): readonly WantedImage[] {
  const widths = new Map<string, number>();
  for (const { address, image, width = Number.POSITIVE_INFINITY } of addressesIn(placed))
    if (image && isPicture(address)) widths.set(address, Math.max(width, widths.get(address) ?? 0));
  return [...widths].map(([url, width]) => wantedImage(url, Number.isFinite(width) ? width : undefined));
}

const LONGEST = 2_000;

const isPicture = (address: string): boolean =>
  /^https?:\/\//i.test(address) &&
  isStorable(address) &&
  !/\{[{%]/.test(address) &&
  Buffer.byteLength(address) <= LONGEST &&
  URL.canParse(address);

interface PlacedAddress {
  readonly address: string;
  readonly image: boolean;
  readonly width?: number;
  readonly path: string;
}

function addressesIn(placed: PlacedContent): readonly PlacedAddress[] {
  const found: PlacedAddress[] = [];
  for (const { fields, path } of languagesOf(placed))
    withAddresses(fields, (address, field) => {
      found.push({ ...address, path: `${path}.${field}` });
      return undefined;
    });
  return found;
}

/** The content in each of its languages, as it is sent. */
export function languagesOf({
  content,
  path,
}: PlacedContent): readonly (Pick<WholeContent, 'fields'> & { path: string })[] {
  const { fields, locales, pinned } = partsOf(content);
  const others = locales.map((one, index) => ({ fields: one.content, path: `${localePath(path, index)}.content` }));
  return [{ fields, path }, ...others].map((own) => ({
    ...own,
    fields: withAssets(withBlocks(own.fields, pinned, own.path), pinned),
  }));
}
